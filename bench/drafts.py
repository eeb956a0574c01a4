"""Five-line drafts, written ahead: what an order's confirmation, shipment and invoice are measured on."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import psycopg

from webapp.finance import line_amounts
from webapp.kernel.types import new_id

from .firm import Firm
from .stage import Stage

LINES = 5
VAT = Decimal("0.13")


class Shelf(NamedTuple):
    """A product where it lies, with its price (with tax) and its cost."""

    product: uuid.UUID
    lot: uuid.UUID
    home: uuid.UUID
    warehouse: uuid.UUID
    price: Decimal
    cost: Decimal


SHELVES = """
SELECT m.product_id, m.lot_id, m.to_id, l.warehouse_id, p.price, round(m.value / m.quantity, 2)
FROM move m JOIN product p ON p.company_id = m.company_id AND p.id = m.product_id
JOIN location l ON l.company_id = m.company_id AND l.id = m.to_id
WHERE m.company_id = %s AND m.kind = 'inventory.opening' ORDER BY p.sku"""


@dataclass
class Draft:
    """An order on file: a piece each of five products, each line with its id."""

    id: uuid.UUID
    partner: uuid.UUID
    shelves: Sequence[Shelf]
    lines: Sequence[uuid.UUID]

    def amounts(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        """Net, VAT and gross of each line."""
        return [
            line_amounts(Decimal(1), shelf.price, VAT, with_tax=True, discount=Decimal(0)) for shelf in self.shelves
        ]


HEADS = """
INSERT INTO sales_order (company_id, id, number, state, created_by, partner_id, rep_id, day, wanted_on,
  prices_with_tax, split, net, vat, gross)
SELECT %(company)s, o.id, 'SO-' || right(o.id::text, 16), 'draft', %(user)s, o.partner, %(user)s,
  current_date, current_date, true, true, o.net, o.vat, o.gross
FROM unnest(%(ids)s::uuid[], %(partners)s::uuid[], %(nets)s::numeric[], %(vats)s::numeric[], %(grosses)s::numeric[])
  AS o(id, partner, net, vat, gross)"""
ROWS = """
INSERT INTO sales_line (company_id, id, order_id, line, product_id, quantity, price, vat_rate, net, vat, gross)
SELECT %(company)s, l.id, l.order_id, l.line, l.product, 1, l.price, 0.13, l.net, l.vat, l.gross
FROM unnest(%(ids)s::uuid[], %(orders)s::uuid[], %(numbers)s::integer[], %(products)s::uuid[], %(prices)s::numeric[],
  %(nets)s::numeric[], %(vats)s::numeric[], %(grosses)s::numeric[])
  AS l(id, order_id, line, product, price, net, vat, gross)"""


class Shop:
    """Where drafts are written: the seeded products and customers."""

    def __init__(self, stage: Stage, house: Firm) -> None:
        self.stage, self.house = stage, house
        with self.opened() as connection:
            self.shelves = [Shelf(*row) for row in connection.execute(SHELVES, [house.id])]
            rows = connection.execute("SELECT id FROM partner WHERE company_id = %s AND is_customer", [house.id])
            self.partners = sorted(row[0] for row in rows)

    def opened(self) -> psycopg.Connection[Any]:
        connection = self.stage.connect()
        connection.execute("SELECT set_config('app.company', %s, false)", [str(self.house.id)])
        return connection

    def drafts(self, number: int, seed: str, *, hot: bool) -> list[Draft]:
        """`number` drafts by the dice of `seed`; hot: all of the one product that everybody wants."""
        dice = random.Random(seed)
        made = [
            Draft(
                new_id(),
                dice.choice(self.partners),
                self.shelves[:1] * LINES if hot else dice.sample(self.shelves[1:], LINES),
                [new_id() for _ in range(LINES)],
            )
            for _ in range(number)
        ]
        with self.opened() as connection:
            write(connection, self.house, made)
        return made


def write(connection: psycopg.Connection[Any], house: Firm, drafts: Sequence[Draft]) -> None:
    """All of them in two statements."""
    totals = [[sum(part) for part in zip(*draft.amounts(), strict=True)] for draft in drafts]
    common = {"company": house.id, "user": house.reps[0]}
    heads = [(draft.id, draft.partner, *total) for draft, total in zip(drafts, totals, strict=True)]
    connection.execute(HEADS.encode(), common | columns("ids partners nets vats grosses", heads))
    rows = [
        (key, draft.id, n, shelf.product, shelf.price, *amount)
        for draft in drafts
        for n, (key, shelf, amount) in enumerate(zip(draft.lines, draft.shelves, draft.amounts(), strict=True), 1)
    ]
    connection.execute(ROWS.encode(), common | columns("ids orders numbers products prices nets vats grosses", rows))


def columns(names: str, rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Rows as one list a column, for `unnest`."""
    return {name: list(values) for name, values in zip(names.split(), zip(*rows, strict=True), strict=True)}
