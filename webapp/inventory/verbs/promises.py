"""Demands and what is kept for them: first expiry first, oldest demand first, never beyond what lies there."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.inventory.models import USABLE
from webapp.kernel import calendar, timeline
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .books import Key

ZERO = Decimal(0)


@dataclass(slots=True, frozen=True)
class Demanded:
    """Goods somebody waits for: a line of a document, in the product's stock unit."""

    line_id: uuid.UUID
    product_id: uuid.UUID
    quantity: Decimal
    wanted_on: date
    kind: str
    document_id: uuid.UUID
    partner_id: uuid.UUID | None = None


@dataclass(slots=True)
class _Waiting:
    """A locked demand and what it still lacks."""

    id: uuid.UUID
    product_id: uuid.UUID
    lacks: Decimal
    kind: str
    document_id: uuid.UUID
    line_id: uuid.UUID


@dataclass(slots=True)
class _Free:
    """A locked place with usable goods nobody was promised."""

    key: Key
    quantity: Decimal


DEMAND = """
INSERT INTO demand (company_id, id, kind, document_id, line_id, product_id, partner_id, wanted_on, quantity)
SELECT %(company)s, d.* FROM unnest(%(ids)s::uuid[], %(kinds)s::text[], %(documents)s::uuid[], %(lines)s::uuid[],
  %(products)s::uuid[], %(partners)s::uuid[], %(wanted)s::date[], %(quantities)s::numeric[]) AS d"""

# Demands are locked before balances, both sorted: the arms of UNION ALL run in order.
CANDIDATES = f"""
WITH d AS MATERIALIZED (
  SELECT id, product_id, quantity - reserved - filled AS lacks, kind, document_id, line_id FROM demand
  WHERE company_id = %(company)s AND id = ANY(%(ids)s) AND cancelled_at IS NULL AND reserved + filled < quantity
  ORDER BY id FOR UPDATE),
b AS MATERIALIZED (
  SELECT b.location_id, b.product_id, b.lot_id, b.quantity - b.reserved AS free, lot.expires_on, l.kind, l.code
  FROM balance b JOIN location l ON l.company_id = b.company_id AND l.id = b.location_id
  JOIN lot ON lot.company_id = b.company_id AND lot.id = b.lot_id
  WHERE b.company_id = %(company)s AND b.product_id IN (SELECT product_id FROM d) AND b.quantity > b.reserved
    AND {USABLE}
  ORDER BY b.location_id, b.product_id, b.lot_id FOR UPDATE OF b)
SELECT true AS demand, id, product_id, lacks AS quantity, kind, document_id, line_id, NULL::uuid AS location_id,
  NULL::uuid AS lot_id, NULL::date AS expires_on, NULL::text AS code FROM d
UNION ALL SELECT false, NULL, product_id, free, kind, NULL, NULL, location_id, lot_id, expires_on, code FROM b"""  # noqa: S608 - a constant
KEEP = """
INSERT INTO reservation AS r (company_id, demand_id, location_id, lot_id, product_id, quantity)
SELECT %(company)s, k.* FROM unnest(%(demands)s::uuid[], %(locations)s::uuid[], %(lots)s::uuid[], %(products)s::uuid[],
  %(quantities)s::numeric[]) AS k
ON CONFLICT (company_id, demand_id, location_id, lot_id) DO UPDATE SET quantity = r.quantity + excluded.quantity"""
ADD_TO_BALANCE = """
UPDATE balance b SET reserved = b.reserved + k.quantity
FROM (SELECT location_id, product_id, lot_id, sum(quantity) AS quantity
  FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(quantities)s::numeric[])
    AS k(location_id, product_id, lot_id, quantity) GROUP BY 1, 2, 3) k
WHERE b.company_id = %(company)s AND b.location_id = k.location_id AND b.product_id = k.product_id
  AND b.lot_id = k.lot_id"""
ADD_TO_DEMAND = """
UPDATE demand d SET reserved = d.reserved + k.quantity
FROM (SELECT demand_id, sum(quantity) AS quantity FROM unnest(%(demands)s::uuid[], %(quantities)s::numeric[])
    AS k(demand_id, quantity) GROUP BY 1) k
WHERE d.company_id = %(company)s AND d.id = k.demand_id"""
WAITING = """
SELECT id FROM demand WHERE company_id = %(company)s AND product_id = ANY(%(products)s)
  AND cancelled_at IS NULL AND reserved + filled < quantity ORDER BY id"""


def demand(actor: Actor, *lines: Demanded) -> list[uuid.UUID]:
    """Write that goods are waited for, one demand a line. Returns their ids, in order; older ones sort first."""
    ids = [new_id() for _ in lines]
    actor.db.run(
        DEMAND,
        company=actor.company_id,
        ids=ids,
        kinds=[line.kind for line in lines],
        documents=[line.document_id for line in lines],
        lines=[line.line_id for line in lines],
        products=[line.product_id for line in lines],
        partners=[line.partner_id for line in lines],
        wanted=[line.wanted_on for line in lines],
        quantities=[line.quantity for line in lines],
    )
    return ids


def reserve(actor: Actor, demand_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """Keep free, usable goods for demands: first expiry first, oldest demand first. Never more than lies there.

    Returns what each demand got just now; one that is covered, cancelled or without goods gets 0.
    """
    got, _waiting = _reserve(actor, demand_ids)
    return got


def reserve_waiting(actor: Actor, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """Keep newly free goods for whoever waits longest for these products, and record it on their documents."""
    rows = actor.db.ask(WAITING, company=actor.company_id, products=sorted(set(product_ids)))
    if not rows:
        return {}
    got, waiting = _reserve(actor, [row.id for row in rows])
    for each in waiting:
        if got[each.id]:
            timeline.record(
                actor,
                "inventory.demand.reserved",
                each.kind,
                each.document_id,
                facts={
                    "demand_id": each.id,
                    "line_id": each.line_id,
                    "product_id": each.product_id,
                    "left": each.lacks,
                },
                quantity=f"{got[each.id].normalize():f}",
            )
    return {key: quantity for key, quantity in got.items() if quantity}


def _reserve(actor: Actor, demand_ids: Sequence[uuid.UUID]) -> tuple[dict[uuid.UUID, Decimal], list[_Waiting]]:
    got = dict.fromkeys(demand_ids, ZERO)
    rows = actor.db.ask(CANDIDATES, company=actor.company_id, ids=sorted(set(demand_ids)), today=calendar.today(actor))
    waiting = [
        _Waiting(row.id, row.product_id, row.quantity, row.kind, row.document_id, row.line_id)
        for row in rows
        if row.demand
    ]
    places = sorted(
        (row for row in rows if not row.demand),
        key=lambda row: (row.expires_on or date.max, row.kind != "stock", row.lot_id, row.code),
    )
    free = [_Free(Key(row.location_id, row.product_id, row.lot_id), row.quantity) for row in places]
    kept = _allot(waiting, free)
    for demand_id, _key, quantity in kept:
        got[demand_id] += quantity
    if kept:
        keep(actor, kept)
    return got, waiting


def _allot(waiting: Iterable[_Waiting], free: Sequence[_Free]) -> list[tuple[uuid.UUID, Key, Decimal]]:
    """Give each demand, oldest first, of the places in their order."""
    kept = []
    for each in sorted(waiting, key=lambda one: one.id):
        for place in free:
            if place.key.product_id == each.product_id and place.quantity > 0 and each.lacks > 0:
                part = min(place.quantity, each.lacks)
                place.quantity -= part
                each.lacks -= part
                kept.append((each.id, place.key, part))
    return kept


def keep(actor: Actor, kept: Sequence[tuple[uuid.UUID, Key, Decimal]]) -> None:
    """Reserve so much at these places for these demands; all of them are locked and have so much free, and lack it."""
    columns = {
        "company": actor.company_id,
        "demands": [demand_id for demand_id, _key, _quantity in kept],
        "locations": [key.location_id for _demand, key, _quantity in kept],
        "products": [key.product_id for _demand, key, _quantity in kept],
        "lots": [key.lot_id for _demand, key, _quantity in kept],
        "quantities": [quantity for _demand, _key, quantity in kept],
    }
    actor.db.run(KEEP, **columns)
    actor.db.run(ADD_TO_BALANCE, **columns)
    actor.db.run(ADD_TO_DEMAND, **columns)
