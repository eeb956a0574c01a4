"""How long pages and look-ups take in a large company, and in one with ten times its moves."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bench.client import Answer
from bench.drafts import Shop
from bench.figure import Figure
from bench.firm import Firm, firm
from bench.load import measure
from bench.posting import Poster
from bench.stage import Stage

TIMES = 10
FASTEST = 600
"""Confirmations a second there must be drafts for."""
LOOK_UP_MS, PAGE_MS = 5, 25
"""What to aim at: look-ups by their median, whole pages by what 95 of 100 stay under, both at the server."""

SAMPLES = """
SELECT (SELECT array_agg(id) FROM (SELECT id FROM product WHERE company_id = %(c)s ORDER BY sku LIMIT 500) p),
  (SELECT array_agg(code) FROM (SELECT code FROM barcode WHERE company_id = %(c)s ORDER BY code LIMIT 500) b),
  (SELECT array_agg(left(sort_key, 7)) FROM (SELECT sort_key FROM partner WHERE company_id = %(c)s AND is_customer
    ORDER BY code LIMIT 500) p),
  (SELECT array_agg(id) FROM (SELECT id FROM sales_order WHERE company_id = %(c)s AND state = 'confirmed'
    ORDER BY id LIMIT 200) o)"""


@dataclass(frozen=True)
class Samples:
    """What is looked at, by the dice."""

    products: list[uuid.UUID]
    codes: list[str]
    words: list[str]
    orders: list[uuid.UUID]


@dataclass(frozen=True)
class Look:
    """A page or look-up: who asks, for which address of a sample, and whether a phone wants a part of it only."""

    name: str
    role: str
    address: Callable[[Samples, random.Random], str]
    look_up: bool = False
    clients: tuple[int, ...] = (1,)


LOOKS = (
    Look("today", "sales", lambda _s, _d: "today", clients=(1, 4)),
    Look("customer search", "sales", lambda s, d: f"customers?q={d.choice(s.words)}", look_up=True),
    Look("find by barcode", "warehouse", lambda s, d: f"scan?code={d.choice(s.codes)}", look_up=True),
    Look("stock of one product", "sales", lambda s, d: f"stock?q={d.choice(s.codes)}", look_up=True),
    Look("stock list of 50", "warehouse", lambda _s, _d: "stock"),
    Look("product page", "sales", lambda s, d: f"products/{d.choice(s.products)}"),
    Look("order page", "sales", lambda s, d: f"sales/orders/{d.choice(s.orders)}"),
)


def run(stage: Stage) -> Iterator[Figure]:
    many = replace(stage.size, moves=stage.size.moves * TIMES)
    before: dict[str, Figure] = {}
    for size in (stage.size, many):
        house = firm(stage, size)
        samples = samples_of(stage, house)
        for figure in (*looks(stage, house, samples), confirmations(stage, house)):
            name = f"{figure.figure} {figure.clients}"
            figure.size = size.moves
            figure.words = words(figure, before.get(name))
            before.setdefault(name, figure)
            yield figure


def samples_of(stage: Stage, house: Firm) -> Samples:
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        row: tuple[Any, ...] | None = connection.execute(SAMPLES, {"c": house.id}).fetchone()
    assert row
    return Samples(*row)


def looks(stage: Stage, house: Firm, samples: Samples) -> Iterator[Figure]:
    for look in LOOKS:
        for clients in look.clients:
            figure = measure(stage, look.name, clients, lambda n, look=look: looking(stage, house, samples, look, n))
            yield figure


def looking(stage: Stage, house: Firm, samples: Samples, look: Look, number: int) -> Callable[[], list[Answer]]:
    client, dice = house.signed_in(stage.port, look.role), random.Random(number)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if look.look_up else {}

    def act() -> list[Answer]:
        return [client.get(house.path(look.address(samples, dice)), headers)]

    return act


def confirmations(stage: Stage, house: Firm) -> Figure:
    """The post that promises a five-line order."""
    shop = Shop(stage, house)

    def ready(number: int) -> Callable[[], list[Answer]]:
        poster = Poster(
            house.signed_in(stage.port, "sales"), house.path(f"sales/orders/new?partner={shop.partners[0]}")
        )
        drafts = iter(shop.drafts(int((stage.seconds + 2) * FASTEST), f"pages {number}", hot=False))
        return lambda: [poster.post(house.path(f"sales/orders/{next(drafts).id}/confirmation"))]

    return measure(stage, "order confirmation", 1, ready)


def words(figure: Figure, before: Figure | None) -> str:
    """Against what to aim at, and against the company with fewer moves."""
    look_up = any(look.look_up for look in LOOKS if look.name == figure.figure)
    aim, reached = (LOOK_UP_MS, figure.server_p50_ms) if look_up else (PAGE_MS, figure.server_p95_ms)
    assert reached is not None
    kind = "look-up (median)" if look_up else "page (95 of 100)"
    said = f"{figure.figure}: {reached:.1f} ms at the server, aim of a {kind} {aim} ms"
    if before is not None and before.server_p50_ms and figure.server_p50_ms:
        figure.ratio = figure.server_p50_ms / before.server_p50_ms
        said += f"; {figure.ratio:.2f} times its median with a tenth of the moves, aim 1.2"
    return f"{said}; {figure.statements:.1f} statements, {figure.cpu_ms:.1f} ms of the web's processor."
