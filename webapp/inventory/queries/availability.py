"""How many of a product are there, promised, blocked, free and on their way."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.inventory.models import USABLE
from webapp.kernel import calendar
from webapp.kernel.wall import Actor

ZERO = Decimal(0)


@dataclass(slots=True)
class Available:
    """A product's stock in its stock unit: `free` is on hand, less what is promised and what is expired or blocked."""

    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    blocked: Decimal = ZERO
    free: Decimal = ZERO
    incoming: Decimal = ZERO


@dataclass(slots=True, frozen=True)
class Coming:
    """Goods on their way: how many, when, and by which document."""

    product_id: uuid.UUID
    quantity: Decimal
    day: date | None
    kind: str
    document_id: uuid.UUID
    number: str = ""
    note: str = ""


coming_from: list[Callable[[Actor, Sequence[uuid.UUID]], Iterable[Coming]]] = []
"""Where goods come from: packages above (purchasing, production) add a function each in their `register.py`."""

STOCK = f"""
SELECT b.product_id, sum(b.quantity) AS on_hand, sum(b.reserved) AS reserved,
  sum(b.quantity) FILTER (WHERE NOT ({USABLE})) AS blocked,
  sum(b.quantity - b.reserved) FILTER (WHERE {USABLE}) AS free
FROM balance b JOIN location l ON l.company_id = b.company_id AND l.id = b.location_id
JOIN lot ON lot.company_id = b.company_id AND lot.id = b.lot_id
WHERE b.company_id = %(company)s AND b.product_id = ANY(%(products)s)
GROUP BY b.product_id"""  # noqa: S608 - a constant


def availability(
    actor: Actor, product_ids: Iterable[uuid.UUID], *, incoming: bool = True
) -> dict[uuid.UUID, Available]:
    """What there is of each product; one query, and one more a source of incoming goods unless `incoming=False`."""
    wanted = sorted(set(product_ids))
    found = {key: Available() for key in wanted}
    for row in actor.db.ask(STOCK, company=actor.company_id, products=wanted, today=calendar.today(actor)):
        found[row.product_id] = Available(row.on_hand, row.reserved, row.blocked or ZERO, row.free or ZERO)
    if incoming:
        for coming in coming_of(actor, wanted):
            found[coming.product_id].incoming += coming.quantity
    return found


def coming_of(actor: Actor, product_ids: Sequence[uuid.UUID]) -> list[Coming]:
    """What is on its way of these products, soonest first."""
    rows = [coming for source in coming_from for coming in source(actor, product_ids)]
    return sorted(rows, key=lambda coming: (coming.day or date.max, coming.document_id))
