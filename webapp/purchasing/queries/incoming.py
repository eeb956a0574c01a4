"""What is coming: the open quantities of purchase orders, each with its day, for promises and for planning."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from webapp.kernel.i18n import display_name
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.agreed import Split, left_after, splits_of
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder, Shipment, ShipmentLine
from webapp.purchasing.states import ON_THE_WAY, OPEN, expected

ZERO = Decimal(0)


@dataclass(slots=True, frozen=True)
class Incoming:
    """So many of a product, by a day.

    `on` is the supplier's own day moved by `days_late`, their record; goods on a truck keep the day of the notice.
    `promised`: the supplier has said yes; `shipped`: they are on their way.
    """

    product_id: uuid.UUID
    quantity: Decimal
    on: date
    partner_name: str
    days_late: int
    order_id: uuid.UUID
    order_number: str
    promised: bool
    shipped: bool
    partner_id: uuid.UUID


def incoming(actor: Actor, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Incoming]]:
    """What open purchase orders will bring of these products, soonest first. Nothing for a portal user."""
    wanted = list(set(product_ids))
    found: dict[uuid.UUID, list[Incoming]] = {product_id: [] for product_id in wanted}
    if actor.is_portal or not wanted:
        return found
    rows = list(actor.session.execute(_open_lines(wanted)))
    ids = [row.PurchaseLine.id for row in rows]
    answers, notices = _answers(actor, ids), _notices(actor, ids)
    for row in rows:
        line = row.PurchaseLine
        found[line.product_id] += _of_line(row, answers[line.id], notices[line.id])
    for coming in found.values():
        coming.sort(key=lambda one: (one.on, one.order_number))
    return found


def _open_lines(product_ids: list[uuid.UUID]) -> Any:
    return (
        select(PurchaseLine, PurchaseOrder.number, Partner.id, Partner.name, Partner.name2, Partner.days_late)
        .join(
            PurchaseOrder,
            (PurchaseOrder.company_id == PurchaseLine.company_id) & (PurchaseOrder.id == PurchaseLine.order_id),
        )
        .join(Partner, (Partner.company_id == PurchaseOrder.company_id) & (Partner.id == PurchaseOrder.partner_id))
        .where(
            PurchaseLine.product_id.in_(product_ids),
            PurchaseOrder.state.in_(OPEN),
            PurchaseLine.received + PurchaseLine.refused < PurchaseLine.quantity,
        )
    )


def _answers(actor: Actor, line_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[LineAnswer]]:
    found: dict[uuid.UUID, list[LineAnswer]] = defaultdict(list)
    for answer in actor.session.scalars(select(LineAnswer).where(LineAnswer.line_id.in_(line_ids))):
        found[answer.line_id].append(answer)
    return found


def _notices(actor: Actor, line_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[tuple[Decimal, date]]]:
    """What is on the way of each line, and when it is expected."""
    left = ShipmentLine.quantity - ShipmentLine.received - ShipmentLine.damaged - ShipmentLine.missing
    statement = (
        select(ShipmentLine.order_line_id, left.label("left"), Shipment.expected_on)
        .join(Shipment, (Shipment.company_id == ShipmentLine.company_id) & (Shipment.id == ShipmentLine.shipment_id))
        .where(ShipmentLine.order_line_id.in_(line_ids), Shipment.state.in_(ON_THE_WAY), left > 0)
    )
    found: dict[uuid.UUID, list[tuple[Decimal, date]]] = defaultdict(list)
    for row in actor.session.execute(statement):
        found[row.order_line_id].append((row.left, row.expected_on))
    return found


def _of_line(row: Any, answers: list[LineAnswer], notices: list[tuple[Decimal, date]]) -> list[Incoming]:
    line: PurchaseLine = row.PurchaseLine
    on_way = sum((quantity for quantity, _day in notices), ZERO)
    coming = [_incoming(row, Split(quantity, day, line.price), shipped=True) for quantity, day in notices]
    rest = left_after(splits_of(line, answers), line.received + on_way)
    if expected(line) <= line.received + on_way:
        return coming
    return coming + [_incoming(row, split, shipped=False) for split in rest]


def _incoming(row: Any, split: Split, *, shipped: bool) -> Incoming:
    return Incoming(
        product_id=row.PurchaseLine.product_id,
        quantity=split.quantity,
        on=split.day if shipped else split.day + timedelta(days=row.days_late),
        partner_name=display_name(row),
        days_late=row.days_late,
        order_id=row.PurchaseLine.order_id,
        order_number=row.number,
        promised=split.promised,
        shipped=shipped,
        partner_id=row.id,
    )
