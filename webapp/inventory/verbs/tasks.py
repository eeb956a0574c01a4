"""Places to count again: opened by what phones without a network did, in the same transaction; closed by the count."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from webapp.kernel.money import ZERO
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .books import Key

OPEN = """
INSERT INTO count_task AS t (company_id, id, location_id, product_id, lot_id, quantity, value)
SELECT %(company)s, k.* FROM unnest(%(ids)s::uuid[], %(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[],
  %(quantities)s::numeric[], %(values)s::numeric[]) AS k(id, location_id, product_id, lot_id, quantity, value)
ORDER BY k.location_id, k.product_id, k.lot_id
ON CONFLICT (company_id, location_id, product_id, lot_id) WHERE closed_at IS NULL
DO UPDATE SET quantity = t.quantity + excluded.quantity, value = t.value + excluded.value"""
CLOSE = """
UPDATE count_task SET closed_at = now(), count_id = %(count)s
WHERE company_id = %(company)s AND location_id = %(location)s AND product_id = %(product)s AND lot_id = %(lot)s
  AND closed_at IS NULL RETURNING quantity, value"""
CLOSED_BY = """
SELECT quantity, value FROM count_task WHERE company_id = %(company)s AND count_id = %(count)s"""
COUNTED_SINCE = """
SELECT DISTINCT k.location_id, k.product_id, k.lot_id
FROM unnest(%(locations)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[]) AS k(location_id, product_id, lot_id)
JOIN stock_count c ON c.company_id = %(company)s AND c.location_id = k.location_id AND c.product_id = k.product_id
  AND c.lot_id = k.lot_id AND c.done_at > %(at)s
WHERE NOT EXISTS (SELECT FROM count_undone u WHERE u.company_id = c.company_id AND u.count_id = c.id)"""


@dataclass(slots=True, frozen=True)
class Short:
    """How much more was moved away than the books had, and what that much was worth then."""

    quantity: Decimal = Decimal(0)
    value: Decimal = ZERO


def open_tasks(actor: Actor, short: Mapping[Key, Short], touched: Iterable[Key], done_at: datetime) -> None:
    """Ask for a count where goods were short, and where a count had been done after `done_at`: it knew of this."""
    keys = sorted(touched)
    rows = actor.db.ask(
        COUNTED_SINCE,
        company=actor.company_id,
        locations=[key.location_id for key in keys],
        products=[key.product_id for key in keys],
        lots=[key.lot_id for key in keys],
        at=done_at,
    )
    wanted = {Key(row.location_id, row.product_id, row.lot_id): Short() for row in rows} | dict(short)
    if wanted:
        _open(actor, wanted)


def reopen_task(actor: Actor, key: Key, count_id: uuid.UUID) -> None:
    """Ask for what a count had settled once more: it was taken back."""
    for row in actor.db.ask(CLOSED_BY, company=actor.company_id, count=count_id):
        _open(actor, {key: Short(row.quantity, row.value)})


def _open(actor: Actor, wanted: Mapping[Key, Short]) -> None:
    actor.db.run(
        OPEN,
        company=actor.company_id,
        ids=[new_id() for _ in wanted],
        locations=[key.location_id for key in wanted],
        products=[key.product_id for key in wanted],
        lots=[key.lot_id for key in wanted],
        quantities=[each.quantity for each in wanted.values()],
        values=[each.value for each in wanted.values()],
    )


def close_task(actor: Actor, key: Key, count_id: uuid.UUID) -> Short | None:
    """The open task of these goods has been done. Returns what was short, None where nobody had asked for a count."""
    place = {"location": key.location_id, "product": key.product_id, "lot": key.lot_id}
    row = actor.db.one(CLOSE, company=actor.company_id, count=count_id, **place)
    return Short(row.quantity, row.value) if row else None
