"""Stock transfers a second, 1 and 4 clients, spread over the products and all on one, beside bare SQL."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import psycopg
from psycopg.types.json import Jsonb

from bench.bare import Work, bare_rate
from bench.client import Answer
from bench.figure import Figure
from bench.firm import Firm, firm
from bench.load import measure
from bench.posting import Poster
from bench.stage import Stage
from webapp.kernel.types import new_id

KINDS = ((1, False), (4, False), (4, True))
ONE = Decimal(1)


class Goods(NamedTuple):
    """Where a product lies, and where else it may go."""

    product: uuid.UUID
    lot: uuid.UUID
    home: uuid.UUID
    away: uuid.UUID


GOODS = """
SELECT m.product_id, m.lot_id, m.to_id, (SELECT l.id FROM location l WHERE l.company_id = m.company_id
  AND l.kind = 'stock' AND l.id <> m.to_id ORDER BY l.code DESC LIMIT 1)
FROM move m JOIN product p ON p.company_id = m.company_id AND p.id = m.product_id
WHERE m.company_id = %s AND m.kind = 'inventory.opening' ORDER BY p.sku"""


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    goods = goods_of(stage, house)
    for clients, hot in KINDS:
        chosen = goods[:1] if hot else goods[1:]
        bare = bare_rate(stage, house, clients, lambda number, of=chosen: bare_transfers(house, Course(of, number)))
        figure = measure(
            stage, "transfer", clients, lambda number, of=chosen: transfers(stage, house, Course(of, number)), hot=hot
        )
        figure.bare_sql_per_s = bare
        figure.size = house.size.moves
        figure.words = figure.where_the_time_goes("transfer")
        yield figure


def goods_of(stage: Stage, house: Firm) -> list[Goods]:
    """The seeded products, the one everybody wants first."""
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        return [Goods(*row) for row in connection.execute(GOODS, [house.id])]


class Course:
    """What a client moves next: a piece of a product by the dice, away and back again."""

    def __init__(self, goods: Sequence[Goods], number: int) -> None:
        self.goods, self.dice = goods, random.Random(number)
        self.back: Goods | None = None

    def next(self) -> Goods:
        if self.back:
            there, self.back = self.back, None
            return there._replace(home=there.away, away=there.home)
        self.back = self.dice.choice(self.goods)
        return self.back


def transfers(stage: Stage, house: Firm, course: Course) -> Callable[[], list[Answer]]:
    first = course.goods[0]
    page = f"stock/transfers/new?product={first.product}&lot={first.lot}&source={first.home}"
    poster = Poster(house.signed_in(stage.port, "warehouse"), house.path(page))
    path = house.path("stock/transfers")

    def act() -> list[Answer]:
        one = course.next()
        fields = {"product_id": one.product, "lot_id": one.lot, "from_id": one.home, "to_id": one.away, "quantity": 1}
        return [poster.post(path, **fields)]

    return act


CLAIM = """
INSERT INTO operation (company_id, op_id, user_id, membership_id, verb, fingerprint, done_at, status, outcome)
VALUES (%(company)s, %(op)s, %(user)s, %(user)s, 'bare', '', now(), 'running', NULL)"""
TAKE = """
WITH held AS MATERIALIZED (
  SELECT location_id, product_id, lot_id FROM balance WHERE company_id = %(company)s AND product_id = %(product)s
    AND lot_id = %(lot)s AND location_id IN (%(home)s, %(away)s) ORDER BY location_id FOR UPDATE)
UPDATE balance b SET quantity = b.quantity - 1 FROM held
WHERE b.company_id = %(company)s AND b.location_id = held.location_id AND b.product_id = held.product_id
  AND b.lot_id = held.lot_id AND b.location_id = %(home)s"""
PUT = """
INSERT INTO balance AS b (company_id, location_id, product_id, lot_id, quantity)
VALUES (%(company)s, %(away)s, %(product)s, %(lot)s, 1)
ON CONFLICT (company_id, location_id, product_id, lot_id) DO UPDATE SET quantity = b.quantity + 1"""
MOVE = """
INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, user_id, op_id,
  kind, document_id)
SELECT %(company)s, %(id)s, %(product)s, %(lot)s, %(home)s, %(away)s, 1, round(value / quantity, 2), current_date,
  now(), %(user)s, %(op)s, 'inventory.transfer', %(id)s
FROM valuation WHERE company_id = %(company)s AND product_id = %(product)s"""
TELL = """
INSERT INTO timeline (company_id, id, at, user_id, op_id, code, kind, document_id, params)
VALUES (%(company)s, %(event)s, now(), %(user)s, %(op)s, 'inventory.transferred', 'inventory.transfer', %(id)s,
  %(params)s)"""
FINISH = """
UPDATE operation SET status = 'applied', outcome = %(params)s WHERE company_id = %(company)s AND op_id = %(op)s"""


def bare_transfers(house: Firm, course: Course) -> Work:
    def work(connection: psycopg.Connection[Any]) -> None:
        params = {
            **course.next()._asdict(),
            **dict(zip(("op", "id", "event"), iter(new_id, None), strict=False)),
            "company": house.id,
            "user": house.owner,
            "params": Jsonb({"quantity": "1"}),
        }
        for statement in (CLAIM, TAKE, PUT, MOVE, TELL, FINISH):
            connection.execute(statement.encode(), params)

    return work
