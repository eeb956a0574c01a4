"""Taking a receipt back: the same goods at the same value go out again, the voucher is reversed, counts return."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp import finance, inventory
from webapp.inventory import Movement
from webapp.kernel import calendar, constraints, numbering, search, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing.models import PurchaseOrder, Receipt, ReceiptLine, Shipment
from webapp.purchasing.states import RECEIPT

from .heads import locked_lines, settle_head, tell_buyer
from .receiving import KIND
from .record import keep_record
from .shipments import settle_shipment, shipment_lines

constraints.say(
    "uq_receipt_reverses",
    "receipt.reversed",
    N_("This receipt has been reversed already. Open it again to see by which."),
)
MOVES = """
SELECT line_id, id FROM move WHERE company_id = %(company)s AND document_id = %(document)s AND quantity > 0"""


KEPT = """
SELECT DISTINCT demand_id AS id FROM reservation WHERE company_id = %(company)s AND location_id = %(location)s
  AND (product_id, lot_id) IN (SELECT * FROM unnest(%(products)s::uuid[], %(lots)s::uuid[])) ORDER BY demand_id"""


def reverse_receipt(
    receipt: Receipt,
    order: PurchaseOrder,
    *,
    actor: Actor,
    shipment: Shipment | None = None,
    on: date | None = None,
) -> Receipt:
    """Take a posted receipt back by a reversing one: moves at the original value, the red voucher, the counts.

    Order and shipment must be locked. Refused once it was reversed, where goods are no longer at the place they were
    put, or where their value has been used up by what was sold since. Returns the reversing receipt.
    """
    RECEIPT.check("reverse_receipt", receipt.state)
    rows = receipt_lines(actor, receipt.id)
    _take_back_counts(actor, order, shipment, rows)
    day = finance.posting_day(actor, on or calendar.today(actor))
    receipt.state = "reversed"
    receipt.version += 1
    keep_record(actor, receipt.partner_id)
    red = _red(actor, receipt, day)
    mirrored = [_mirror(row, red.id) for row in rows]
    _post(actor, receipt, red, rows, mirrored)
    red.number = numbering.take(actor, "GR", day)
    actor.session.add(red)
    actor.session.flush()  # the lines' foreign key needs the head
    actor.session.add_all(mirrored)
    search.add(actor, KIND, [(red.id, (red.number,))])
    params: dict[str, Any] = {"number": receipt.number, "by": red.number, "order": order.number}
    code = "purchasing.receipt.reversed"
    timeline.record(actor, code, KIND, receipt.id, partner_id=receipt.partner_id, **params)
    tell_buyer(actor, order, code, KIND, receipt.id, **params)
    return red


def receipt_lines(actor: Actor, receipt_id: uuid.UUID) -> list[ReceiptLine]:
    """The lines of a receipt."""
    statement = select(ReceiptLine).where(ReceiptLine.receipt_id == receipt_id).order_by(ReceiptLine.id)
    return list(actor.session.scalars(statement))


def _take_back_counts(
    actor: Actor, order: PurchaseOrder, shipment: Shipment | None, rows: Sequence[ReceiptLine]
) -> None:
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    notices = {line.id: line for line in shipment_lines(actor, shipment.id, lock=True)} if shipment else {}
    for row in rows:
        line = lines[row.order_line_id]
        line.received -= row.quantity
        line.rejected -= row.damaged + row.wrong
        notice = notices.get(row.shipment_line_id) if row.shipment_line_id else None
        if notice:
            notice.received -= row.quantity
            notice.damaged -= row.damaged + row.wrong
            notice.missing -= row.missing
            line.shipped += row.missing + row.damaged + row.wrong
    if shipment:
        settle_shipment(actor, shipment, list(notices.values()))
    settle_head(actor, order, list(lines.values()))


def _red(actor: Actor, receipt: Receipt, day: date) -> Receipt:
    return Receipt(
        id=new_id(),
        company_id=actor.company_id,
        state="reversal",
        version=1,
        partner_id=receipt.partner_id,
        order_id=receipt.order_id,
        shipment_id=receipt.shipment_id,
        location_id=receipt.location_id,
        day=day,
        value=-receipt.value,
        reverses_id=receipt.id,
        created_by=actor.user.id,
    )


COPIED = (
    *("company_id", "order_line_id", "shipment_line_id", "product_id", "lot_id", "quantity", "damaged", "wrong"),
    *("missing", "value", "difference", "promised_on"),
)


def _mirror(row: ReceiptLine, receipt_id: uuid.UUID) -> ReceiptLine:
    return ReceiptLine(id=new_id(), receipt_id=receipt_id, **{name: getattr(row, name) for name in COPIED})


def _post(
    actor: Actor, receipt: Receipt, red: Receipt, rows: Sequence[ReceiptLine], mirrored: Sequence[ReceiptLine]
) -> None:
    moved = {row.line_id: row.id for row in actor.db.ask(MOVES, company=actor.company_id, document=receipt.id)}
    supplier = inventory.virtual(actor, "supplier")
    pairs = [(row, copy) for row, copy in zip(rows, mirrored, strict=True) if row.quantity]
    movements = [
        Movement(
            row.product_id,
            row.lot_id,
            receipt.location_id,
            supplier,
            row.quantity,
            row.value,
            copy.id,
            moved.get(row.id),
        )
        for row, copy in pairs
    ]
    promised = _free(actor, receipt, rows)
    values = inventory.move(actor, movements, on=red.day, kind=KIND, document_id=red.id) if movements else []
    inventory.reserve(actor, promised)
    if any(value != row.value for value, (row, _copy) in zip(values, pairs, strict=True)):
        raise Refused(
            "receipt.used_up",
            N_("The value of these goods has gone with what was sold since. Return them to the supplier instead."),
        )
    finance.reverse_document(actor, receipt.id, red.day, kind=KIND, document_id=red.id)


def _free(actor: Actor, receipt: Receipt, rows: Sequence[ReceiptLine]) -> list[uuid.UUID]:
    """Let go of what is kept of these goods for others; they wait again, and other goods are kept for them."""
    kept = actor.db.ask(
        KEPT,
        company=actor.company_id,
        location=receipt.location_id,
        products=[row.product_id for row in rows],
        lots=[row.lot_id for row in rows],
    )
    demands = [row.id for row in kept]
    if demands:
        inventory.release(actor, demands, ended=False)
    return demands
