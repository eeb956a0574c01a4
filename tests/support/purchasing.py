"""Buying in one line: an order of a supplier's goods at any point of its way."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.support.catalog import a_product
from tests.support.matrix import Firm
from tests.support.partners import a_supplier
from tests.support.world import a_member, act, look
from webapp.catalog.models import Product
from webapp.inventory.models import Warehouse
from webapp.kernel import calendar
from webapp.kernel.db import db, leave
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor, enter_as
from webapp.partners import Partner
from webapp.planning import plan
from webapp.purchasing import (
    Counted,
    Offer,
    Packed,
    Part,
    Reply,
    Wanted,
    add_supply,
    answer_order,
    draft_order,
    notify_shipment,
    orders_of,
    receipts_of,
    receive,
    reverse_receipt,
    send_order,
    settle,
    shipments_of,
)
from webapp.purchasing.models import (
    LineAnswer,
    PurchaseLine,
    PurchaseOrder,
    Receipt,
    ReceiptLine,
    Shipment,
    ShipmentLine,
)

Line = tuple[Product, int | str, int | str]
"""A product, how many, at which price."""


def today(owner: Actor) -> date:
    return calendar.today(owner)


def soon(owner: Actor, days: int = 3) -> date:
    return calendar.today(owner) + timedelta(days=days)


def main_warehouse(actor: Actor) -> UUID:
    return actor.session.scalars(select(Warehouse.id).order_by(Warehouse.code)).first()  # type: ignore[return-value]


def an_offer(owner: Actor, supplier: Partner, product: Product, price: int | str, **known: Any) -> None:
    """The supplier offers the product."""
    terms = {"lead_days": 3} | known
    act(owner, lambda actor: add_supply(actor, supplier, product.id, Offer(Decimal(price), **terms)))


def a_draft(owner: Actor, supplier: Partner, *lines: Line, wanted_on: date | None = None) -> UUID:
    """An order not yet sent."""

    def write(actor: Actor) -> UUID:
        wanted = [Wanted(product.id, Decimal(q), Decimal(price)) for product, q, price in lines]
        mine = actor.session.get_one(Partner, (actor.company_id, supplier.id))
        return draft_order(actor, mine, main_warehouse(actor), wanted_on or soon(actor), wanted).id

    return act(owner, write)


def sent(owner: Actor, supplier: Partner, *lines: Line, wanted_on: date | None = None) -> UUID:
    """An order the supplier has before them."""
    order_id = a_draft(owner, supplier, *lines, wanted_on=wanted_on)
    act(owner, lambda actor: send_order(orders_of(actor).locked(order_id), actor=actor))
    return order_id


def _lines(actor: Actor, order_id: UUID) -> list[PurchaseLine]:
    statement = select(PurchaseLine).where(PurchaseLine.order_id == order_id).order_by(PurchaseLine.line)
    return list(actor.session.scalars(statement.execution_options(populate_existing=True)))


def lines_of_order(owner: Actor, order_id: UUID) -> list[PurchaseLine]:
    """The lines as they stand, to be read outside the wall."""

    def ask(actor: Actor) -> list[PurchaseLine]:
        found = _lines(actor, order_id)
        actor.session.expunge_all()
        return found

    return look(owner, ask)


def order_now(owner: Actor, order_id: UUID) -> PurchaseOrder:
    """The order as it stands, to be read outside the wall."""

    def ask(actor: Actor) -> PurchaseOrder:
        found = orders_of(actor).get(order_id)
        actor.session.refresh(found)
        actor.session.expunge(found)
        return found

    return look(owner, ask)


def answered(supplier_user: Actor, order_id: UUID, *answers: Sequence[Part] | None, reason: str | None = None) -> None:
    """The supplier answers each line by its parts: None takes it as ordered, an empty list refuses it."""

    def work(actor: Actor) -> None:
        order = orders_of(actor).locked(order_id)
        lines = list(
            actor.session.scalars(
                select(PurchaseLine).where(PurchaseLine.order_id == order_id).order_by(PurchaseLine.line)
            )
        )
        replies = [
            Reply(line.id, [Part(line.quantity - line.accepted - line.refused)] if parts is None else parts, reason)
            for line, parts in zip(lines, answers, strict=False)
        ]
        answer_order(order, replies, actor=actor)

    act(supplier_user, work)


def answers_of(owner: Actor, order_id: UUID) -> list[LineAnswer]:
    """All rows of the supplier's answers, oldest first."""

    def ask(actor: Actor) -> list[LineAnswer]:
        lines = select(PurchaseLine.id).where(PurchaseLine.order_id == order_id)
        statement = select(LineAnswer).where(LineAnswer.line_id.in_(lines)).order_by(LineAnswer.round, LineAnswer.split)
        found = list(actor.session.scalars(statement.execution_options(populate_existing=True)))
        actor.session.expunge_all()
        return found

    return look(owner, ask)


def decided(owner: Actor, order_id: UUID, decision: str) -> None:
    """The buyer decides alike on all that the supplier asks."""
    waiting = {a.id: decision for a in answers_of(owner, order_id) if a.verdict == "countered" and not a.settled}
    act(owner, lambda actor: settle(orders_of(actor).locked(order_id), waiting, actor=actor))


def shipped(
    supplier_user: Actor,
    order_id: UUID,
    quantities: Sequence[int | str],
    lots: Mapping[int, tuple[str, date]] | None = None,
) -> UUID:
    """The supplier announces so many of each line, on their way until tomorrow."""
    lots = lots or {}

    def work(actor: Actor) -> UUID:
        order = orders_of(actor).locked(order_id)
        lines = actor.session.scalars(
            select(PurchaseLine).where(PurchaseLine.order_id == order_id).order_by(PurchaseLine.line)
        ).all()
        packed = [
            Packed(line.id, Decimal(q), *lots.get(n, ()))
            for n, (line, q) in enumerate(zip(lines, quantities, strict=False))
        ]
        return notify_shipment(order, packed, expected_on=soon(actor, 1), actor=actor).id

    return act(supplier_user, work)


def notices(owner: Actor, shipment_id: UUID) -> list[ShipmentLine]:
    """The lines of a shipment as they stand."""

    def ask(actor: Actor) -> list[ShipmentLine]:
        statement = select(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id).order_by(ShipmentLine.line)
        found = list(actor.session.scalars(statement.execution_options(populate_existing=True)))
        actor.session.expunge_all()
        return found

    return look(owner, ask)


def shipment_now(owner: Actor, shipment_id: UUID) -> Shipment:
    """The shipment as it stands."""

    def ask(actor: Actor) -> Shipment:
        found = shipments_of(actor).get(shipment_id)
        actor.session.refresh(found)
        actor.session.expunge(found)
        return found

    return look(owner, ask)


def received(owner: Actor, order_id: UUID, *good: int | str, **known: Any) -> UUID:
    """So many good ones of each line are taken in, without a notice."""
    lots = known.pop("lots", {})
    counts = [
        Counted(line.id, Decimal(q), lot_code=lots.get(n, ("", None))[0], expires_on=lots.get(n, ("", None))[1])
        for n, (line, q) in enumerate(zip(lines_of_order(owner, order_id), good, strict=False))
    ]
    return act(owner, lambda actor: receive(orders_of(actor).locked(order_id), counts, actor=actor, **known).id)


def received_shipment(owner: Actor, shipment_id: UUID, *counts: Mapping[str, Any]) -> UUID:
    """A shipment is counted: for each of its lines what differs from all being there and good."""

    def work(actor: Actor) -> UUID:
        found = shipments_of(actor).get(shipment_id)
        order = orders_of(actor).locked(found.order_id)
        shipment = shipments_of(actor).locked(shipment_id)
        lines = actor.session.scalars(
            select(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id).order_by(ShipmentLine.line)
        ).all()
        counted = [_counted(line, counts[n] if n < len(counts) else {}) for n, line in enumerate(lines)]
        return receive(order, counted, shipment=shipment, actor=actor).id

    return act(owner, work)


def _counted(line: ShipmentLine, said: Mapping[str, Any]) -> Counted:
    known: dict[str, Any] = {"good": line.quantity, "lot_code": line.lot_code, "expires_on": line.expires_on} | dict(
        said
    )
    for name in ("good", "damaged", "wrong"):
        if name in known:
            known[name] = Decimal(known[name])
    return Counted(line.order_line_id, shipment_line_id=line.id, **known)


def taken_back(owner: Actor, receipt_id: UUID) -> UUID:
    """The receipt is reversed."""

    def work(actor: Actor) -> UUID:
        order = orders_of(actor).locked(receipts_of(actor).get(receipt_id).order_id)
        receipt = receipts_of(actor).locked(receipt_id)
        shipment = shipments_of(actor).locked(receipt.shipment_id) if receipt.shipment_id else None
        return reverse_receipt(receipt, order, shipment=shipment, actor=actor).id

    return act(owner, work)


def receipt_now(owner: Actor, receipt_id: UUID) -> tuple[Receipt, list[ReceiptLine]]:
    """The receipt and its lines as they stand."""

    def ask(actor: Actor) -> tuple[Receipt, list[ReceiptLine]]:
        receipt = receipts_of(actor).get(receipt_id)
        actor.session.refresh(receipt)
        statement = select(ReceiptLine).where(ReceiptLine.receipt_id == receipt_id).order_by(ReceiptLine.id)
        lines = list(actor.session.scalars(statement.execution_options(populate_existing=True)))
        actor.session.expunge_all()
        return receipt, lines

    return look(owner, ask)


def differences(owner: Actor) -> list[str]:
    """What `verify` finds wrong in the company."""
    return look(owner, lambda actor: [f"{c.name}: {d}" for c in registers.checks for d in c.differences(actor)])


def entered(member: Actor) -> Actor:
    """The same member on this thread's own session, for many at once."""
    actor = enter_as(db.session(), member.membership_id)
    leave(actor.session)
    return actor


def a_supplier_with_user(owner: Actor, name: str | None = None) -> tuple[Partner, Actor]:
    """A supplier and somebody there who can sign in."""
    supplier = a_supplier(owner, name)
    return supplier, a_member(owner, "supplier", supplier.id)


def on_its_way(made: Firm, mark: str) -> None:
    """For the matrix: an order of the firm's own supplier, announced and taken in, one more open, one proposed."""
    user, buyer = made.members["supplier"], made.members["buyer"]
    supplier = look(made.owner, lambda actor: actor.session.get_one(Partner, (actor.company_id, user.partner_id)))
    product = a_product(made.owner, f"Bought {mark}", name2=None, reorder_point=Decimal(500))
    an_offer(made.owner, supplier, product, 7)
    first = sent(buyer, supplier, (product, 10, 7))
    answered(user, first, [Part(Decimal(8)), Part(Decimal(2), soon(made.owner, 9))], reason=f"Reason {mark}")
    received_shipment(buyer, shipped(user, first, (5,)), {"good": 4, "short": True})
    shipped(user, first, (2,))
    a_draft(buyer, supplier, (product, 3, 7))
    sent(buyer, supplier, (product, 20, 7))
    act(made.owner, lambda actor: plan(actor, [product.id]))
