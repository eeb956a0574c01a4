"""Finding deliveries: a warehouse sees all, a rep those of the orders they see, a customer their own."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share

from .named import Named
from .orders import SEEN, sight

HOLD_ORDER = """
SELECT 1 FROM sales_order WHERE company_id = %(company)s
  AND id = (SELECT order_id FROM delivery WHERE company_id = %(company)s AND id = %(id)s) FOR NO KEY UPDATE"""
HOLD = "SELECT 1 FROM delivery WHERE company_id = %(company)s AND id = %(id)s FOR NO KEY UPDATE"
READ = f"""
SELECT d.id, d.number, d.state, d.version, d.order_id, d.partner_id, d.day, d.net, d.vat, d.gross, d.cost,
       d.carrier, d.plate, d.driver_phone, d.reverses_id, d.created_at, o.number AS order_number, o.wanted_on, o.rep_id,
       o.note, p.name AS partner_name, p.name2 AS partner_name2, p.payment_days,
       x.id AS line_id, x.order_line_id, x.product_id, x.lot_id, x.location_id, x.quantity, x.picked, x.net AS line_net,
       x.vat AS line_vat, x.gross AS line_gross, x.cost AS line_cost, g.name AS product_name, g.name2 AS product_name2,
       g.sku, g.least_days, u.name AS unit_name, u.name2 AS unit_name2, t.code AS lot_code, t.expires_on,
       c.code AS location_code, l.price, l.discount
FROM delivery d
JOIN sales_order o ON o.company_id = d.company_id AND o.id = d.order_id
JOIN partner p ON p.company_id = d.company_id AND p.id = d.partner_id
LEFT JOIN delivery_line x ON x.company_id = d.company_id AND x.delivery_id = d.id
LEFT JOIN sales_line l ON l.company_id = x.company_id AND l.id = x.order_line_id
LEFT JOIN product g ON g.company_id = x.company_id AND g.id = x.product_id
LEFT JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
LEFT JOIN lot t ON t.company_id = x.company_id AND t.id = x.lot_id
LEFT JOIN location c ON c.company_id = x.company_id AND c.id = x.location_id
WHERE d.company_id = %(company)s AND d.id = %(id)s {SEEN}
ORDER BY l.line, t.expires_on NULLS LAST, t.code, c.code, x.id"""  # noqa: S608 - a constant


@dataclass(slots=True)
class DeliveryLine:
    """Goods of one lot from one place, on a delivery."""

    id: uuid.UUID
    order_line_id: uuid.UUID
    product_id: uuid.UUID
    product: Named
    sku: str
    unit: Named
    least_days: int
    lot_id: uuid.UUID
    lot_code: str
    expires_on: date | None
    location_id: uuid.UUID
    location_code: str
    quantity: Decimal
    picked: Decimal
    amount: Share
    cost: Decimal

    @property
    def to_pick(self) -> Decimal:
        """What is still to be picked."""
        return self.quantity - self.picked


@dataclass(slots=True)
class DeliveryNote:
    """A delivery with its lines."""

    id: uuid.UUID
    number: str
    state: str
    version: int
    order_id: uuid.UUID
    order_number: str
    rep_id: uuid.UUID | None
    wanted_on: date
    note: str | None
    partner_id: uuid.UUID
    partner: Named
    payment_days: int
    day: date
    amount: Share
    cost: Decimal
    carrier: str | None
    plate: str | None
    driver_phone: str | None
    reverses_id: uuid.UUID | None
    lines: list[DeliveryLine]

    @property
    def picked(self) -> Decimal:
        """What was picked, over all lines."""
        return sum((line.picked for line in self.lines), Decimal(0))

    @property
    def quantity(self) -> Decimal:
        """What is on it, over all lines."""
        return sum((line.quantity for line in self.lines), Decimal(0))


class Deliveries:
    """The deliveries an actor sees."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get(self, delivery_id: uuid.UUID) -> DeliveryNote:
        """The delivery. Raises NotFound."""
        actor = self.actor
        rows = actor.db.ask(READ, company=actor.company_id, id=delivery_id, **sight(actor))
        if not rows:
            raise NotFound
        return _delivery(rows)

    def locked(self, delivery_id: uuid.UUID) -> DeliveryNote:
        """The same, its order and itself held until the verb is done; read after the locks."""
        self.actor.db.run(HOLD_ORDER, company=self.actor.company_id, id=delivery_id)
        self.actor.db.run(HOLD, company=self.actor.company_id, id=delivery_id)
        return self.get(delivery_id)


def deliveries_of(actor: Actor) -> Deliveries:
    """The deliveries `actor` sees."""
    return Deliveries(actor)


def _delivery(rows: Sequence[Any]) -> DeliveryNote:
    head = rows[0]
    return DeliveryNote(
        id=head.id,
        number=head.number,
        state=head.state,
        version=head.version,
        order_id=head.order_id,
        order_number=head.order_number,
        rep_id=head.rep_id,
        wanted_on=head.wanted_on,
        note=head.note,
        partner_id=head.partner_id,
        partner=Named(head.partner_name, head.partner_name2),
        payment_days=head.payment_days,
        day=head.day,
        amount=Share(head.net, head.vat, head.gross),
        cost=head.cost,
        carrier=head.carrier,
        plate=head.plate,
        driver_phone=head.driver_phone,
        reverses_id=head.reverses_id,
        lines=[_line(row) for row in rows if row.line_id is not None],
    )


def _line(row: Any) -> DeliveryLine:
    return DeliveryLine(
        id=row.line_id,
        order_line_id=row.order_line_id,
        product_id=row.product_id,
        product=Named(row.product_name, row.product_name2),
        sku=row.sku,
        unit=Named(row.unit_name, row.unit_name2),
        least_days=row.least_days,
        lot_id=row.lot_id,
        lot_code=row.lot_code,
        expires_on=row.expires_on,
        location_id=row.location_id,
        location_code=row.location_code,
        quantity=row.quantity,
        picked=row.picked,
        amount=Share(row.line_net, row.line_vat, row.line_gross),
        cost=row.line_cost,
    )
