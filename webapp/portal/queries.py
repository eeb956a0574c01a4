"""What waits for a supplier: orders to answer, goods to ship. Their own only."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from webapp.kernel.models import Notification
from webapp.kernel.wall import Actor
from webapp.purchasing import orders_of
from webapp.purchasing.models import PurchaseLine, PurchaseOrder, Shipment, ShipmentLine
from webapp.purchasing.states import ON_THE_WAY, OPEN

MOST = 20


@dataclass(slots=True, frozen=True)
class Waiting:
    """An order with something for the supplier to do."""

    id: uuid.UUID
    number: str
    total: Decimal
    wanted_on: date
    answer_by: datetime | None
    lines: int
    unanswered: int
    to_ship: int


def waiting_orders(actor: Actor) -> list[Waiting]:
    """Orders that want an answer or have goods left to ship, oldest first, in one query."""
    coming = (
        select(func.sum(ShipmentLine.quantity - ShipmentLine.received - ShipmentLine.damaged - ShipmentLine.missing))
        .join(Shipment, (Shipment.company_id == ShipmentLine.company_id) & (Shipment.id == ShipmentLine.shipment_id))
        .where(
            ShipmentLine.company_id == PurchaseLine.company_id,
            ShipmentLine.order_line_id == PurchaseLine.id,
            Shipment.state.in_(ON_THE_WAY),
        )
        .correlate(PurchaseLine)
        .scalar_subquery()
    )
    answered = PurchaseLine.accepted + PurchaseLine.waiting + PurchaseLine.refused
    left = PurchaseLine.accepted - PurchaseLine.received - func.coalesce(coming, 0)
    columns = (PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.total, PurchaseOrder.wanted_on)
    statement = (
        select(
            *columns,
            PurchaseOrder.answer_by,
            func.count().label("lines"),
            func.count().filter(answered < PurchaseLine.quantity).label("unanswered"),
            func.count().filter(left > 0).label("to_ship"),
        )
        .join(
            PurchaseLine,
            (PurchaseLine.company_id == PurchaseOrder.company_id) & (PurchaseLine.order_id == PurchaseOrder.id),
        )
        .where(PurchaseOrder.state.in_(OPEN), *orders_of(actor).seen())
        .group_by(*columns, PurchaseOrder.answer_by)
        .order_by(PurchaseOrder.id)
    )
    rows = [Waiting(*row) for row in actor.session.execute(statement)]
    return [row for row in rows if row.unanswered or row.to_ship][:MOST]


def news(actor: Actor) -> list[Notification]:
    """What the person was told and has not seen, newest first."""
    statement = select(Notification).where(Notification.user_id == actor.user.id, Notification.seen_at.is_(None))
    return list(actor.session.scalars(statement.order_by(Notification.id.desc()).limit(MOST)))
