"""Five-line sales orders a second (confirm, ship, invoice), 1 and 4 clients, spread and all on one product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.bare import bare_rate
from bench.bare_order import bare_orders
from bench.client import Answer
from bench.drafts import Draft, Shop
from bench.figure import Figure
from bench.firm import Firm, firm
from bench.load import measure
from bench.posting import Poster
from bench.stage import Stage

KINDS = ((1, False), (4, False), (4, True))
FASTEST = 250
"""Orders a second that a client could need drafts for."""
CUSTOMER = "SELECT id FROM location WHERE company_id = %s AND kind = 'customer'"


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    shop = Shop(stage, house)
    with shop.opened() as connection:
        row = connection.execute(CUSTOMER, [house.id]).fetchone()
    assert row
    for clients, hot in KINDS:
        file = Files(shop, int((stage.seconds + 2) * FASTEST / clients**0.5), f"{clients} {hot}", hot)
        bare = bare_rate(stage, house, clients, lambda n, file=file: bare_orders(house, row[0], file("bare", n)))
        figure = measure(stage, "order", clients, lambda n, file=file: orders(stage, shop, file("web", n)), hot=hot)
        figure.bare_sql_per_s, figure.size = bare, house.size.moves
        figure.words = figure.where_the_time_goes("order of three posts")
        yield figure
    yield taken(stage, house, shop)


@dataclass(frozen=True)
class Files:
    """Drafts for one measurement: a file of its own for each client."""

    shop: Shop
    number: int
    what: str
    hot: bool

    def __call__(self, whose: str, client: int) -> Iterator[Draft]:
        return iter(self.shop.drafts(self.number, f"{whose} {client} {self.what}", hot=self.hot))


def orders(stage: Stage, shop: Shop, drafts: Iterator[Draft]) -> Callable[[], list[Answer]]:
    """Each time the next draft is confirmed, shipped and billed."""
    house = shop.house
    poster = Poster(house.signed_in(stage.port, "manager"), house.path(f"sales/orders/new?partner={shop.partners[0]}"))

    def act() -> list[Answer]:
        path = house.path(f"sales/orders/{next(drafts).id}")
        return [poster.post(f"{path}/{noun}") for noun in ("confirmation", "shipment", "invoices")]

    return act


def taken(stage: Stage, house: Firm, shop: Shop) -> Figure:
    """The same with the writing down: an order taken and promised in one post, then shipped and billed."""

    def ready(number: int) -> Callable[[], list[Answer]]:
        poster = Poster(
            house.signed_in(stage.port, "manager"), house.path(f"sales/orders/new?partner={shop.partners[0]}")
        )
        shelves = shop.shelves[1:]
        count = iter(range(number, 10**9, 7))

        def act() -> list[Answer]:
            first = next(count)
            fields: dict[str, object] = {"partner_id": shop.partners[first % len(shop.partners)], "then": "confirm"}
            for n in range(5):
                fields[f"lines-{n}-product_id"] = shelves[(first * 5 + n) % len(shelves)].product
                fields[f"lines-{n}-quantity"] = 1
            answers = [poster.post(house.path("sales/orders"), split="split", **fields)]
            path = answers[0].json["location"]
            return [*answers, *(poster.post(f"{path}/{noun}") for noun in ("shipment", "invoices"))]

        return act

    figure = measure(stage, "order-taken", 1, ready, hot=False)
    figure.size = house.size.moves
    figure.words = figure.where_the_time_goes("order written down, promised, shipped and billed")
    return figure
