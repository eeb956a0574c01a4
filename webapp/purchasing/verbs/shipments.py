"""Shipment notices (ASN): what the supplier sends, with lots and expiry. Their number is what the dock scans."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from webapp.catalog.models import Product
from webapp.kernel import calendar, numbering, search, steps, timeline
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.show import quantity as shown
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing.models import PurchaseLine, PurchaseOrder, Shipment, ShipmentLine
from webapp.purchasing.queries.orders import on_way
from webapp.purchasing.states import ORDER, SHIPMENT, expected, shipment_state

from .heads import locked_lines, settle_head, steps_taken, tell_buyer
from .pallets import add_pallets

KIND = "purchasing.shipment"
ORDER_KIND = "purchasing.order"


@dataclass(slots=True, frozen=True)
class Packed:
    """Goods of one order line and one lot on the way."""

    order_line_id: uuid.UUID
    quantity: Decimal
    lot_code: str = ""
    expires_on: date | None = None


def left_to_ship(line: PurchaseLine, coming: Decimal) -> Decimal:
    """What the supplier may still announce of a line, `coming` being on its way already."""
    return max(expected(line) - line.waiting - line.received - coming, Decimal(0))


def notify_shipment(
    order: PurchaseOrder,
    packed: Sequence[Packed],
    *,
    expected_on: date,
    actor: Actor,
    shipped_on: date | None = None,
    carrier: str | None = None,
    shipment_id: uuid.UUID | None = None,
    pallets: Sequence[str] = (),
) -> Shipment:
    """Announce goods that have left, with lot and expiry where the product keeps lots. Takes the number ASN-yymm-nnnn.
    They left on the day it was done, also where it waited on a phone; `shipment_id` was made there. `pallets` are the
    numbers that `pallets_in` gave.

    Refused beyond what is left to ship, without a lot or expiry where the product needs one, for goods that expire
    before they arrive, and for an arrival before the departure. Raises NotFound for a line of another order.
    """
    ORDER.check("notify_shipment", order.state)
    shipped_on = shipped_on or calendar.today(actor)
    if expected_on < shipped_on:
        raise Refused("shipment.day", N_("It cannot arrive before it leaves."), field="expected_on")
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    packed = [line for line in packed if line.quantity]
    _check(actor, order, lines, packed, expected_on)
    shipment = Shipment(
        id=shipment_id or new_id(),
        company_id=actor.company_id,
        state="shipped",
        version=1,
        partner_id=order.partner_id,
        order_id=order.id,
        shipped_on=shipped_on,
        expected_on=expected_on,
        carrier=carrier or None,
        created_by=actor.user.id,
    )
    for line in packed:
        lines[line.order_line_id].shipped += line.quantity
    settle_head(actor, order, list(lines.values()))
    shipment.number = numbering.take(actor, "ASN", shipped_on)
    actor.session.add(shipment)
    actor.session.flush()  # the lines' foreign key needs the head
    actor.session.add_all(_lines(shipment, packed, lines))
    search.add(actor, KIND, [(shipment.id, (shipment.number,))])
    add_pallets(shipment, pallets, actor=actor)
    _say(actor, order, shipment, "purchasing.shipment.notified")
    return shipment


def _lines(shipment: Shipment, packed: Sequence[Packed], lines: dict[uuid.UUID, PurchaseLine]) -> list[ShipmentLine]:
    return [
        ShipmentLine(
            id=new_id(),
            company_id=shipment.company_id,
            shipment_id=shipment.id,
            line=number,
            order_line_id=line.order_line_id,
            product_id=lines[line.order_line_id].product_id,
            quantity=line.quantity,
            lot_code=line.lot_code.strip(),
            expires_on=line.expires_on,
            **dict.fromkeys(("received", "damaged", "missing"), Decimal(0)),
        )
        for number, line in enumerate(packed, 1)
    ]


def _check(
    actor: Actor,
    order: PurchaseOrder,
    lines: dict[uuid.UUID, PurchaseLine],
    packed: Sequence[Packed],
    expected_on: date,
) -> None:
    if not packed:
        raise Refused("shipment.empty", N_("Nothing is on this shipment. Give at least one line a quantity."))
    if any(line.order_line_id not in lines for line in packed):
        raise NotFound
    coming = on_way(actor, order.id)
    totals: dict[uuid.UUID, Decimal] = defaultdict(Decimal)
    for line in packed:
        totals[line.order_line_id] += line.quantity
    for line_id, total in totals.items():
        left = left_to_ship(lines[line_id], coming.get(line_id, Decimal(0)))
        if total > left:
            raise Refused(
                "shipment.too_many",
                N_("Only %(left)s are left to ship, this has %(total)s."),
                field=str(line_id),
                left=shown(left),
                total=shown(total),
            )
    _check_lots(actor, lines, packed, expected_on)


def _check_lots(
    actor: Actor, lines: dict[uuid.UUID, PurchaseLine], packed: Sequence[Packed], expected_on: date
) -> None:
    ids = {lines[line.order_line_id].product_id for line in packed}
    products = {product.id: product for product in actor.session.scalars(select(Product).where(Product.id.in_(ids)))}
    for line in packed:
        product = products[lines[line.order_line_id].product_id]
        field = str(line.order_line_id)
        if line.quantity < 0:
            raise Refused("shipment.figures", N_("A quantity cannot be less than 0."), field=field)
        if product.keeps_lots and not (line.lot_code.strip() and line.expires_on):
            raise Refused(
                "shipment.lot",
                N_("%(name)s needs its lot and expiry. Both are on the carton."),
                field=field,
                name=display_name(product),
            )
        if line.expires_on and line.expires_on < expected_on:
            raise Refused(
                "shipment.expired",
                N_("%(name)s would expire before it arrives. Check the date."),
                field=field,
                name=display_name(product),
            )


def note_arrival(shipment: Shipment, *, actor: Actor) -> Shipment:
    """Say that a shipment stands at the dock, to be counted. Refused where it was said already."""
    SHIPMENT.check("note_arrival", shipment.state)
    steps.take(actor, shipment.id, "arrived")
    shipment.state = "arrived"
    shipment.version += 1
    code = "purchasing.shipment.arrived"
    timeline.record(actor, code, KIND, shipment.id, partner_id=shipment.partner_id, number=shipment.number)
    return shipment


def withdraw_shipment(shipment: Shipment, order: PurchaseOrder, *, actor: Actor) -> Shipment:
    """Take back a notice made by mistake, while nothing of it has arrived; its goods are left to ship again."""
    SHIPMENT.check("withdraw_shipment", shipment.state)
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    steps.take(actor, shipment.id, "withdrawn")
    for line in shipment_lines(actor, shipment.id, lock=True):
        lines[line.order_line_id].shipped -= line.quantity
    shipment.state = "withdrawn"
    shipment.version += 1
    settle_head(actor, order, list(lines.values()))
    _say(actor, order, shipment, "purchasing.shipment.withdrawn")
    return shipment


def shipment_lines(actor: Actor, shipment_id: uuid.UUID, *, lock: bool = False) -> list[ShipmentLine]:
    """The lines of a shipment, in their order."""
    statement = select(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id).order_by(ShipmentLine.line)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return list(actor.session.scalars(statement))


def settle_shipment(actor: Actor, shipment: Shipment, lines: Sequence[ShipmentLine]) -> None:
    """Derive a shipment's state afresh."""
    shipment.state = shipment_state(steps_taken(actor, shipment.id), lines)
    shipment.version += 1


def _say(actor: Actor, order: PurchaseOrder, shipment: Shipment, code: str) -> None:
    params: dict[str, Any] = {
        "number": shipment.number,
        "order": order.number,
        "expected_on": shipment.expected_on.isoformat(),
    }
    timeline.record(actor, code, KIND, shipment.id, partner_id=shipment.partner_id, **params)
    tell_buyer(actor, order, code, KIND, shipment.id, **params)
