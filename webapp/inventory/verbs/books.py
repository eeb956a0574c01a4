"""The rows under a move: locked and read in one statement, then written in three or four."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from webapp.inventory.models import VIRTUAL
from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .valuing import Held


class Key(NamedTuple):
    """A balance: goods of a lot at a location. Sorts as locks are taken."""

    location_id: uuid.UUID
    product_id: uuid.UUID
    lot_id: uuid.UUID


@dataclass(slots=True, frozen=True)
class Movement:
    """Goods to move: `quantity` in the stock unit, `value` in money where it is known from outside.

    `value` None is valued at the average. `quantity` 0 with a value changes the value alone (an invoice's price
    difference). `line_id` is the document's line, `reverses_id` the move this one takes back.
    """

    product_id: uuid.UUID
    lot_id: uuid.UUID
    from_id: uuid.UUID
    to_id: uuid.UUID
    quantity: Decimal
    value: Decimal | None = None
    line_id: uuid.UUID | None = None
    reverses_id: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=new_id)

    @property
    def source(self) -> Key:
        """Where it is taken from."""
        return Key(self.from_id, self.product_id, self.lot_id)

    @property
    def target(self) -> Key:
        """Where it is put."""
        return Key(self.to_id, self.product_id, self.lot_id)


@dataclass(slots=True)
class Stock:
    """A balance as it stands."""

    quantity: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)


@dataclass(slots=True)
class Books:
    """What the locked rows say, before anything is written."""

    kinds: dict[uuid.UUID, str] = field(default_factory=dict)
    expired: dict[uuid.UUID, date] = field(default_factory=dict)
    negative: set[uuid.UUID] = field(default_factory=set)
    stock: dict[Key, Stock] = field(default_factory=dict)
    held: dict[uuid.UUID, Held] = field(default_factory=dict)

    def own(self, location_id: uuid.UUID) -> bool:
        """Whether goods there are the company's. Raises NotFound for a location that is not there."""
        kind = self.kinds.get(location_id)
        if kind is None:
            raise NotFound
        return kind not in VIRTUAL

    def shelves(self, line: Movement) -> bool:
        """Whether goods of the house go to a place from which they may be sold."""
        return self.own(line.from_id) and self.own(line.to_id) and self.kinds[line.to_id] != "blocked"

    def unblocks(self, line: Movement) -> bool:
        """Whether blocked goods may be sold from now on."""
        return self.shelves(line) and self.kinds[line.from_id] == "blocked"

    def at(self, key: Key) -> Stock:
        """What lies there; nothing where nothing ever lay."""
        return self.stock.get(key) or Stock()


# Balances are locked before valuations, both sorted: the arms of UNION ALL run in order.
LOOK = """
WITH b AS MATERIALIZED (
  SELECT b.location_id, b.product_id, b.lot_id, b.quantity, b.reserved
  FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[]) AS k(location_id, product_id, lot_id)
  JOIN balance b ON b.company_id = %(company)s AND b.location_id = k.location_id
    AND b.product_id = k.product_id AND b.lot_id = k.lot_id
  ORDER BY b.location_id, b.product_id, b.lot_id FOR UPDATE OF b),
v AS MATERIALIZED (
  SELECT product_id, quantity, value FROM valuation
  WHERE company_id = %(company)s AND product_id = ANY(%(crossing)s) ORDER BY product_id FOR UPDATE)
SELECT 'b' AS of, location_id, product_id, lot_id, quantity, reserved, NULL::numeric AS value, NULL::text AS kind,
  false AS negative, NULL::date AS expires_on FROM b
UNION ALL SELECT 'v', NULL, product_id, NULL, quantity, NULL, value, NULL, false, NULL FROM v
UNION ALL SELECT 'v', NULL, product_id, NULL, quantity, NULL, value, NULL, false, NULL FROM valuation
  WHERE company_id = %(company)s AND product_id = ANY(%(inside)s)
UNION ALL SELECT 'l', id, NULL, NULL, NULL, NULL, NULL, kind, may_go_negative, NULL FROM location
  WHERE company_id = %(company)s AND id = ANY(%(places)s)
UNION ALL SELECT 'e', NULL, NULL, id, NULL, NULL, NULL, NULL, false, expires_on FROM lot
  WHERE company_id = %(company)s AND id = ANY(%(lots)s) AND expires_on < %(today)s"""
CHANGE = """
UPDATE balance b SET quantity = b.quantity + k.quantity, reserved = b.reserved + k.reserved
FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(quantities)s::numeric[],
  %(reserved)s::numeric[]) AS k(location_id, product_id, lot_id, quantity, reserved)
WHERE b.company_id = %(company)s AND b.location_id = k.location_id AND b.product_id = k.product_id
  AND b.lot_id = k.lot_id"""
APPEAR = """
INSERT INTO balance AS b (company_id, location_id, product_id, lot_id, quantity, reserved, may_go_negative)
SELECT %(company)s, l.id, k.product_id, k.lot_id, k.quantity, k.reserved, l.may_go_negative
FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(quantities)s::numeric[],
  %(reserved)s::numeric[]) AS k(location_id, product_id, lot_id, quantity, reserved)
JOIN location l ON l.company_id = %(company)s AND l.id = k.location_id
ORDER BY l.id, k.product_id, k.lot_id
ON CONFLICT (company_id, location_id, product_id, lot_id) DO UPDATE
SET quantity = b.quantity + excluded.quantity, reserved = b.reserved + excluded.reserved"""
VALUE = """
INSERT INTO valuation AS v (company_id, product_id, quantity, value)
SELECT %(company)s, k.product_id, k.quantity, k.value
FROM unnest(%(products)s::uuid[], %(quantities)s::numeric[], %(values)s::numeric[]) AS k(product_id, quantity, value)
ORDER BY k.product_id
ON CONFLICT (company_id, product_id) DO UPDATE
SET quantity = v.quantity + excluded.quantity, value = v.value + excluded.value"""
MOVES = """
INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, line_id, reverses_id,
  day, done_at, user_id, op_id, kind, document_id)
SELECT %(company)s, m.id, m.product_id, m.lot_id, m.from_id, m.to_id, m.quantity, m.value, m.line_id, m.reverses_id,
  %(day)s, coalesce(%(done_at)s, now()), %(user)s, %(op)s, %(kind)s, %(document)s
FROM unnest(%(ids)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(froms)s::uuid[], %(tos)s::uuid[],
  %(quantities)s::numeric[], %(values)s::numeric[], %(lines)s::uuid[], %(reverses)s::uuid[])
  AS m(id, product_id, lot_id, from_id, to_id, quantity, value, line_id, reverses_id)"""


def look(actor: Actor, movements: Sequence[Movement], virtual_ids: frozenset[uuid.UUID]) -> Books:
    """Lock what the movements touch and read it: one round trip."""
    keys = sorted({key for m in movements for key in (m.source, m.target) if key.location_id not in virtual_ids})
    crossing = {m.product_id for m in movements if (m.from_id in virtual_ids) != (m.to_id in virtual_ids)}
    rows = actor.db.ask(
        LOOK,
        company=actor.company_id,
        **_columns(keys),
        crossing=sorted(crossing),
        inside=sorted({m.product_id for m in movements} - crossing),
        places=sorted({place for m in movements for place in (m.from_id, m.to_id)}),
        today=calendar.today(actor),
    )
    books = Books()
    for row in rows:
        if row.of == "b":
            books.stock[Key(row.location_id, row.product_id, row.lot_id)] = Stock(row.quantity, row.reserved)
        elif row.of == "v":
            books.held[row.product_id] = Held(row.quantity, row.value)
        elif row.of == "e":
            books.expired[row.lot_id] = row.expires_on
        else:
            books.kinds[row.location_id] = row.kind
            if row.negative:
                books.negative.add(row.location_id)
    return books


def change_balances(actor: Actor, net: Mapping[Key, Stock], books: Books) -> None:
    """Add `net` to the balances: those that are there in one statement, new ones in another."""
    changed = {key: stock for key, stock in net.items() if stock.quantity or stock.reserved}
    there = {key: stock for key, stock in changed.items() if key in books.stock}
    for statement, part in ((CHANGE, there), (APPEAR, {key: changed[key] for key in changed.keys() - there.keys()})):
        if part:
            actor.db.run(
                statement,
                company=actor.company_id,
                **_columns(part),
                quantities=[stock.quantity for stock in part.values()],
                reserved=[stock.reserved for stock in part.values()],
            )


def change_valuations(actor: Actor, change: Mapping[uuid.UUID, Held]) -> None:
    """Add `change` to the products' valuations."""
    if change:
        actor.db.run(
            VALUE,
            company=actor.company_id,
            products=list(change),
            quantities=[held.quantity for held in change.values()],
            values=[held.value for held in change.values()],
        )


def write_moves(
    actor: Actor,
    movements: Sequence[Movement],
    values: Sequence[Decimal],
    *,
    on: date,
    kind: str,
    document_id: uuid.UUID,
    done_at: datetime | None,
) -> None:
    """Append to the stock ledger."""
    actor.db.run(
        MOVES,
        company=actor.company_id,
        ids=[m.id for m in movements],
        products=[m.product_id for m in movements],
        lots=[m.lot_id for m in movements],
        froms=[m.from_id for m in movements],
        tos=[m.to_id for m in movements],
        quantities=[m.quantity for m in movements],
        values=list(values),
        lines=[m.line_id for m in movements],
        reverses=[m.reverses_id for m in movements],
        day=on,
        done_at=done_at or actor.done_at or calendar.now(),
        user=actor.user.id,
        op=actor.op_id,
        kind=kind,
        document=document_id,
    )


def _columns(keys: Iterable[Key]) -> dict[str, list[uuid.UUID]]:
    columns = list(keys)
    return {
        "locations": [key.location_id for key in columns],
        "products": [key.product_id for key in columns],
        "lots": [key.lot_id for key in columns],
    }
