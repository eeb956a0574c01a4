"""Reservations that end or change place: released, used up by shipping, following their goods, or lost."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.kernel.wall import Actor

from .books import Key, Stock
from .promises import reserve_waiting

ZERO = Decimal(0)


@dataclass(slots=True, frozen=True)
class Filled:
    """Goods going out for a document's line, from a place."""

    line_id: uuid.UUID
    location_id: uuid.UUID
    lot_id: uuid.UUID
    quantity: Decimal


@dataclass(slots=True, frozen=True)
class Following:
    """So much of what is promised at `source` goes to `target` with the goods."""

    source: Key
    target: Key
    quantity: Decimal


HOLD_DEMANDS = """
SELECT id, product_id FROM demand WHERE company_id = %(company)s AND (id = ANY(%(ids)s) OR line_id = ANY(%(lines)s))
ORDER BY id FOR UPDATE"""
HOLD_BALANCES = """
SELECT 1 FROM balance b WHERE b.company_id = %(company)s AND (b.location_id, b.product_id, b.lot_id) IN (
  SELECT r.location_id, r.product_id, r.lot_id FROM reservation r
  JOIN demand d ON d.company_id = r.company_id AND d.id = r.demand_id
  WHERE r.company_id = %(company)s AND (d.id = ANY(%(ids)s) OR d.line_id = ANY(%(lines)s)))
ORDER BY b.location_id, b.product_id, b.lot_id FOR UPDATE"""
GIVE_BACK = """
WITH gone AS (
  DELETE FROM reservation WHERE company_id = %(company)s AND demand_id = ANY(%(ids)s)
  RETURNING location_id, product_id, lot_id, quantity),
k AS (SELECT location_id, product_id, lot_id, sum(quantity) AS quantity FROM gone GROUP BY 1, 2, 3)
UPDATE balance b SET reserved = b.reserved - k.quantity FROM k
WHERE b.company_id = %(company)s AND b.location_id = k.location_id AND b.product_id = k.product_id
  AND b.lot_id = k.lot_id"""
END = """
UPDATE demand SET reserved = 0, cancelled_at = CASE WHEN %(ended)s THEN coalesce(cancelled_at, now()) END
WHERE company_id = %(company)s AND id = ANY(%(ids)s)"""
CUT_SHORT = """
UPDATE demand SET reserved = 0, quantity = CASE WHEN filled > 0 THEN filled ELSE quantity END,
       cancelled_at = CASE WHEN filled > 0 THEN cancelled_at ELSE coalesce(cancelled_at, now()) END
WHERE company_id = %(company)s AND id = ANY(%(ids)s)"""
KEPT = """
SELECT d.id, d.line_id, d.product_id, d.quantity AS wanted, d.reserved, d.filled, r.location_id, r.lot_id,
  coalesce(r.quantity, 0) AS kept
FROM demand d LEFT JOIN reservation r ON r.company_id = d.company_id AND r.demand_id = d.id
WHERE d.company_id = %(company)s AND d.line_id = ANY(%(lines)s) ORDER BY d.id, r.location_id, r.lot_id"""
CUT = """
WITH k AS (SELECT * FROM unnest(%(demands)s::uuid[], %(locations)s::uuid[], %(lots)s::uuid[], %(quantities)s::numeric[])
    AS k(demand_id, location_id, lot_id, quantity)),
gone AS (
  DELETE FROM reservation r USING k WHERE r.company_id = %(company)s AND r.demand_id = k.demand_id
    AND r.location_id = k.location_id AND r.lot_id = k.lot_id AND r.quantity = k.quantity)
UPDATE reservation r SET quantity = r.quantity - k.quantity FROM k
WHERE r.company_id = %(company)s AND r.demand_id = k.demand_id AND r.location_id = k.location_id
  AND r.lot_id = k.lot_id AND r.quantity <> k.quantity"""
LOWER = """
UPDATE balance b SET reserved = b.reserved - k.quantity
FROM (SELECT location_id, product_id, lot_id, sum(quantity) AS quantity
  FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(quantities)s::numeric[])
    AS k(location_id, product_id, lot_id, quantity) GROUP BY 1, 2, 3) k
WHERE b.company_id = %(company)s AND b.location_id = k.location_id AND b.product_id = k.product_id
  AND b.lot_id = k.lot_id"""
FILL = """
UPDATE demand d SET reserved = d.reserved - k.cut, filled = d.filled + k.filled
FROM unnest(%(demands)s::uuid[], %(cuts)s::numeric[], %(fills)s::numeric[]) AS k(demand_id, cut, filled)
WHERE d.company_id = %(company)s AND d.id = k.demand_id"""
OF_PLACE = """
SELECT demand_id, quantity FROM reservation
WHERE company_id = %(company)s AND location_id = %(location)s AND product_id = %(product)s AND lot_id = %(lot)s
ORDER BY demand_id DESC"""
FOLLOW = """
INSERT INTO reservation AS r (company_id, demand_id, location_id, lot_id, product_id, quantity)
SELECT %(company)s, k.demand_id, %(location)s, %(lot)s, %(product)s, k.quantity
FROM unnest(%(demands)s::uuid[], %(quantities)s::numeric[]) AS k(demand_id, quantity)
ON CONFLICT (company_id, demand_id, location_id, lot_id) DO UPDATE SET quantity = r.quantity + excluded.quantity"""


def release(actor: Actor, demand_ids: Sequence[uuid.UUID], *, ended: bool = True) -> None:
    """Give back what is kept for demands. They end with it, as when an order is cancelled, and the goods go to whoever
    waits longest. With `ended=False` they go on waiting, as when a reservation runs out, and the goods are free.
    """
    ids = sorted(set(demand_ids))
    held = actor.db.ask(HOLD_DEMANDS, company=actor.company_id, ids=ids, lines=[])
    actor.db.run(HOLD_BALANCES, company=actor.company_id, ids=ids, lines=[])
    actor.db.run(GIVE_BACK, company=actor.company_id, ids=ids)
    actor.db.run(END, company=actor.company_id, ids=ids, ended=ended)
    if ended and held:
        reserve_waiting(actor, {row.product_id for row in held})


def cut_short(actor: Actor, demand_ids: Sequence[uuid.UUID]) -> None:
    """Demands want no more than has gone out for them; what is kept for their rest goes to whoever waits longest.

    One for which nothing went ends. What comes back of the others is waited for again.
    """
    ids = sorted(set(demand_ids))
    held = actor.db.ask(HOLD_DEMANDS, company=actor.company_id, ids=ids, lines=[])
    actor.db.run(HOLD_BALANCES, company=actor.company_id, ids=ids, lines=[])
    actor.db.run(GIVE_BACK, company=actor.company_id, ids=ids)
    actor.db.run(CUT_SHORT, company=actor.company_id, ids=ids)
    if held:
        reserve_waiting(actor, {row.product_id for row in held})


def fill(actor: Actor, goods: Sequence[Filled]) -> None:
    """Goods go out for their lines: reservations are used up, at that place first, and the demands count them filled.

    Call it before `move`. What is kept elsewhere for a line beyond what it still lacks is given back. More than was
    ordered is refused by the database (`demand.covered`). A line without a demand is left alone.
    """
    lines = sorted({good.line_id for good in goods})
    for statement in (HOLD_DEMANDS, HOLD_BALANCES):
        actor.db.run(statement, company=actor.company_id, ids=[], lines=lines)
    rows = actor.db.ask(KEPT, company=actor.company_id, lines=lines)
    cuts: list[tuple[uuid.UUID, Key, Decimal]] = []
    filled: dict[uuid.UUID, Decimal] = {}
    for line_id in lines:
        mine = [row for row in rows if row.line_id == line_id]
        if mine:
            going = [good for good in goods if good.line_id == line_id]
            filled[mine[0].id] = sum((good.quantity for good in going), ZERO)
            cuts += _used_up(mine, going)
    _cut(actor, cuts, filled)


def _used_up(rows: Sequence[Any], going: Sequence[Filled]) -> list[tuple[uuid.UUID, Key, Decimal]]:
    """What to take off each reservation of one demand."""
    kept = {Key(row.location_id, row.product_id, row.lot_id): row.kept for row in rows if row.kept}
    cut: dict[Key, Decimal] = dict.fromkeys(kept, ZERO)
    for good in going:
        key = Key(good.location_id, rows[0].product_id, good.lot_id)
        if key in kept:
            cut[key] = min(kept[key], cut[key] + good.quantity)
    lacks = rows[0].wanted - rows[0].filled - sum((good.quantity for good in going), ZERO)
    over = sum(kept.values(), ZERO) - sum(cut.values(), ZERO) - max(lacks, ZERO)
    for key, quantity in kept.items():
        if over > 0:
            part = min(over, quantity - cut[key])
            cut[key] += part
            over -= part
    return [(rows[0].id, key, quantity) for key, quantity in cut.items() if quantity]


def _cut(actor: Actor, cuts: Sequence[tuple[uuid.UUID, Key, Decimal]], filled: Mapping[uuid.UUID, Decimal]) -> None:
    """Take `cuts` off reservations, their balances and demands, and count what is `filled`."""
    off: dict[uuid.UUID, Decimal] = dict.fromkeys(filled, ZERO)
    for demand_id, _key, quantity in cuts:
        off[demand_id] = off.get(demand_id, ZERO) + quantity
    if cuts:
        columns = _columns(cuts)
        actor.db.run(CUT, company=actor.company_id, **columns)
        actor.db.run(LOWER, company=actor.company_id, **columns)
    if off:
        actor.db.run(
            FILL,
            company=actor.company_id,
            demands=list(off),
            cuts=list(off.values()),
            fills=[filled.get(demand_id, ZERO) for demand_id in off],
        )


def follow(actor: Actor, following: Sequence[Following], net: dict[Key, Stock]) -> None:
    """Reservations go along with their goods, newest demand first. The balance rows are held already."""
    for each in following:
        parts = _of_place(actor, each.source, each.quantity)
        columns = _columns([(demand_id, each.source, quantity) for demand_id, quantity in parts])
        actor.db.run(CUT, company=actor.company_id, **columns)
        actor.db.run(
            FOLLOW,
            company=actor.company_id,
            **_place(each.target),
            **{k: columns[k] for k in ("demands", "quantities")},
        )
        net[each.source].reserved -= each.quantity
        net[each.target].reserved += each.quantity


def give_up(actor: Actor, lost: Mapping[Key, Decimal], net: dict[Key, Stock]) -> set[uuid.UUID]:
    """Reservations whose goods are gone or blocked end, newest demand first. Returns the demands short again."""
    cuts = [(d, key, q) for key, quantity in lost.items() for d, q in _of_place(actor, key, quantity)]
    if not cuts:
        return set()
    actor.db.run(HOLD_DEMANDS, company=actor.company_id, ids=sorted({cut[0] for cut in cuts}), lines=[])
    columns = _columns(cuts)
    off: dict[uuid.UUID, Decimal] = {}
    for demand_id, key, quantity in cuts:
        off[demand_id] = off.get(demand_id, ZERO) + quantity
        net[key].reserved -= quantity
    actor.db.run(CUT, company=actor.company_id, **columns)
    actor.db.run(FILL, company=actor.company_id, demands=list(off), cuts=list(off.values()), fills=[ZERO for _ in off])
    return set(off)


def _of_place(actor: Actor, key: Key, quantity: Decimal) -> list[tuple[uuid.UUID, Decimal]]:
    parts = []
    for row in actor.db.ask(OF_PLACE, company=actor.company_id, **_place(key)):
        part = min(row.quantity, quantity)
        if part > 0:
            parts.append((row.demand_id, part))
            quantity -= part
    return parts


def _place(key: Key) -> dict[str, uuid.UUID]:
    return {"location": key.location_id, "product": key.product_id, "lot": key.lot_id}


def _columns(cuts: Sequence[tuple[uuid.UUID, Key, Decimal]]) -> dict[str, list[Any]]:
    return {
        "demands": [demand_id for demand_id, _key, _quantity in cuts],
        "locations": [key.location_id for _demand, key, _quantity in cuts],
        "products": [key.product_id for _demand, key, _quantity in cuts],
        "lots": [key.lot_id for _demand, key, _quantity in cuts],
        "quantities": [quantity for _demand, _key, quantity in cuts],
    }
