"""What of an order lies reserved on the shelves and is on no delivery yet; what a delivery has on it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.kernel.money import ZERO
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share

TAKEN = """
LEFT JOIN LATERAL (
  SELECT sum(x.net) AS net, sum(x.vat) AS vat, sum(x.gross) AS gross FROM delivery_line x
  JOIN delivery v ON v.company_id = x.company_id AND v.id = x.delivery_id
  WHERE x.company_id = l.company_id AND x.order_line_id = l.id AND v.state IN ('shipped', 'delivered')
) taken ON true"""
"""What the parts of a line came to that are gone; what was taken back counts no more."""

COLUMNS = """
l.id AS order_line_id, l.line, l.product_id, t.id AS lot_id, t.code AS lot_code, t.expires_on,
c.id AS location_id, c.code AS location_code, c.warehouse_id, g.least_days,
coalesce(taken.net, 0) AS taken_net, coalesce(taken.vat, 0) AS taken_vat, coalesce(taken.gross, 0) AS taken_gross"""

RESERVED = f"""
SELECT m.id AS demand_id, r.quantity - coalesce(kept.quantity, 0) AS quantity, NULL::uuid AS id, 0::numeric AS picked,
       {COLUMNS}
FROM demand m
JOIN reservation r ON r.company_id = m.company_id AND r.demand_id = m.id
JOIN sales_line l ON l.company_id = m.company_id AND l.id = m.line_id
JOIN lot t ON t.company_id = r.company_id AND t.id = r.lot_id
JOIN location c ON c.company_id = r.company_id AND c.id = r.location_id
JOIN product g ON g.company_id = l.company_id AND g.id = l.product_id
LEFT JOIN LATERAL (
  SELECT sum(x.quantity) AS quantity FROM delivery_line x
  JOIN delivery v ON v.company_id = x.company_id AND v.id = x.delivery_id
  WHERE x.company_id = l.company_id AND x.order_line_id = l.id AND x.lot_id = r.lot_id
    AND x.location_id = r.location_id AND v.state IN ('planned', 'picking', 'packed')
) kept ON true
{TAKEN}
WHERE m.company_id = %(company)s AND m.document_id = %(order)s AND r.quantity > coalesce(kept.quantity, 0)
ORDER BY l.line, t.expires_on NULLS LAST, t.code, c.code"""  # noqa: S608 - a constant
ON_DELIVERY = f"""
SELECT m.id AS demand_id, x.quantity, x.id, x.picked, {COLUMNS}
FROM delivery_line x
JOIN sales_line l ON l.company_id = x.company_id AND l.id = x.order_line_id
LEFT JOIN demand m ON m.company_id = l.company_id AND m.line_id = l.id
JOIN lot t ON t.company_id = x.company_id AND t.id = x.lot_id
JOIN location c ON c.company_id = x.company_id AND c.id = x.location_id
JOIN product g ON g.company_id = l.company_id AND g.id = l.product_id
{TAKEN}
WHERE x.company_id = %(company)s AND x.delivery_id = %(delivery)s
ORDER BY l.line, t.expires_on NULLS LAST, t.code, c.code"""  # noqa: S608 - a constant


@dataclass(slots=True)
class Goods:
    """Goods of one lot at one place, for one line. `taken` is what the line's parts that are gone came to."""

    id: uuid.UUID
    order_line_id: uuid.UUID
    demand_id: uuid.UUID
    product_id: uuid.UUID
    lot_id: uuid.UUID
    lot_code: str
    expires_on: date | None
    location_id: uuid.UUID
    location_code: str
    warehouse_id: uuid.UUID
    least_days: int
    quantity: Decimal
    picked: Decimal
    taken: Share
    amount: Share = Share()  # noqa: RUF009 - it is frozen
    """What these goods come to, once they leave."""
    cost: Decimal = ZERO


def reserved_goods(actor: Actor, order_id: uuid.UUID) -> list[Goods]:
    """What is reserved for an order and on no open delivery, first expiry first."""
    return reserved_goods_later(actor, order_id)()


def reserved_goods_later(actor: Actor, order_id: uuid.UUID) -> Callable[[], list[Goods]]:
    """The same, asked now and read by and by."""
    read = actor.db.later(RESERVED, company=actor.company_id, order=order_id)
    return lambda: _goods(read())


def delivery_goods(actor: Actor, delivery_id: uuid.UUID) -> list[Goods]:
    """What is on a delivery, first expiry first."""
    return _goods(actor.db.ask(ON_DELIVERY, company=actor.company_id, delivery=delivery_id))


def _goods(rows: Sequence[Any]) -> list[Goods]:
    return [
        Goods(
            id=row.id or new_id(),
            order_line_id=row.order_line_id,
            demand_id=row.demand_id,
            product_id=row.product_id,
            lot_id=row.lot_id,
            lot_code=row.lot_code,
            expires_on=row.expires_on,
            location_id=row.location_id,
            location_code=row.location_code,
            warehouse_id=row.warehouse_id,
            least_days=row.least_days,
            quantity=row.quantity,
            picked=row.picked,
            taken=Share(row.taken_net, row.taken_vat, row.taken_gross),
        )
        for row in rows
    ]
