"""What waits for the buyer and the dock, one query a kind."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from webapp.catalog.models import Product, Unit
from webapp.kernel.i18n import display_name
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder, Shipment, ShipmentLine
from webapp.purchasing.states import COMING, ON_THE_WAY, OPEN

from .orders import late_since

MOST = 20
"""Cards of one kind on Today; the lists have all."""


@dataclass(slots=True, frozen=True)
class Asked:
    """A change the supplier asks for on a line."""

    answer_id: uuid.UUID
    order_id: uuid.UUID
    number: str
    partner: str
    total: Decimal
    product: str
    unit: str
    quantity: Decimal
    price: Decimal
    price_was: Decimal
    day: date
    day_was: date


def asked_changes(actor: Actor) -> list[Asked]:
    """What suppliers ask and nobody has decided, oldest first."""
    statement = (
        select(LineAnswer, PurchaseLine, PurchaseOrder, Product, Unit, Partner)
        .join(
            PurchaseLine,
            (PurchaseLine.company_id == LineAnswer.company_id) & (PurchaseLine.id == LineAnswer.line_id),
        )
        .join(
            PurchaseOrder,
            (PurchaseOrder.company_id == LineAnswer.company_id) & (PurchaseOrder.id == PurchaseLine.order_id),
        )
        .join(Product, (Product.company_id == LineAnswer.company_id) & (Product.id == PurchaseLine.product_id))
        .join(Unit, (Unit.company_id == LineAnswer.company_id) & (Unit.id == Product.unit_id))
        .join(Partner, (Partner.company_id == LineAnswer.company_id) & (Partner.id == PurchaseOrder.partner_id))
        .where(
            PurchaseOrder.state.in_(OPEN),
            PurchaseLine.waiting > 0,
            LineAnswer.verdict == "countered",
            LineAnswer.settled.is_(None),
        )
        .order_by(LineAnswer.id)
        .limit(MOST)
    )
    return [
        Asked(
            *(answer.id, order.id, order.number, display_name(partner), order.total, display_name(product)),
            *(display_name(unit), answer.quantity, answer.price, line.price, answer.day, line.wanted_on),
        )
        for answer, line, order, product, unit, partner in actor.session.execute(statement)
    ]


@dataclass(slots=True, frozen=True)
class WaitingOrder:
    """An order that somebody should look at."""

    id: uuid.UUID
    number: str
    partner: str
    total: Decimal
    late_since: Any


def late_orders(actor: Actor, today: date) -> list[WaitingOrder]:
    """Orders whose promised day is past and whose goods are not all here, the latest first."""
    late = late_since(actor).label("late_since")
    statement = _orders(late).where(PurchaseOrder.state.in_(COMING), late.is_not(None)).order_by(late)
    return [_waiting(row) for row in actor.session.execute(statement.limit(MOST)) if row.late_since < today]


def refused_orders(actor: Actor) -> list[WaitingOrder]:
    """Orders the supplier will not deliver, until they are closed or cancelled."""
    statement = _orders(PurchaseOrder.wanted_on.label("late_since")).where(PurchaseOrder.state == "refused")
    return [_waiting(row) for row in actor.session.execute(statement.order_by(PurchaseOrder.id).limit(MOST))]


def drafts(actor: Actor) -> list[WaitingOrder]:
    """Orders written and not sent, the actor's own."""
    statement = _orders(PurchaseOrder.wanted_on.label("late_since")).where(
        PurchaseOrder.state == "draft", PurchaseOrder.created_by == actor.user.id
    )
    return [_waiting(row) for row in actor.session.execute(statement.order_by(PurchaseOrder.id).limit(MOST))]


def _orders(late: Any) -> Any:
    return select(PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.total, Partner.name, Partner.name2, late).join(
        Partner, (Partner.company_id == PurchaseOrder.company_id) & (Partner.id == PurchaseOrder.partner_id)
    )


def _waiting(row: Any) -> WaitingOrder:
    return WaitingOrder(row.id, row.number, display_name(row), row.total, row.late_since)


@dataclass(slots=True, frozen=True)
class ExpectedShipment:
    """A shipment that is here, or should be."""

    id: uuid.UUID
    number: str
    partner: str
    state: str
    expected_on: date
    lines: int


def expected_shipments(actor: Actor, today: date) -> list[ExpectedShipment]:
    """Shipments not booked in that are here or expected by tomorrow, those here first."""
    lines = (
        select(func.count())
        .where(ShipmentLine.company_id == Shipment.company_id, ShipmentLine.shipment_id == Shipment.id)
        .correlate(Shipment)
        .scalar_subquery()
    )
    columns = (Shipment.id, Shipment.number, Shipment.state, Shipment.expected_on, Partner.name, Partner.name2)
    statement = (
        select(*columns, lines.label("lines"))
        .join(Partner, (Partner.company_id == Shipment.company_id) & (Partner.id == Shipment.partner_id))
        .where(Shipment.state.in_(ON_THE_WAY), Shipment.expected_on <= today + timedelta(days=1))
        .order_by(Shipment.state == "shipped", Shipment.expected_on, Shipment.id)
        .limit(MOST)
    )
    return [
        ExpectedShipment(row.id, row.number, display_name(row), row.state, row.expected_on, row.lines)
        for row in actor.session.execute(statement)
    ]
