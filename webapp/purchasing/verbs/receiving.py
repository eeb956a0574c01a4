"""Goods at the dock: counted, booked in with moves and voucher, kept for who waits for them; and taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from webapp import finance, inventory
from webapp.finance import Fact
from webapp.inventory import Movement
from webapp.inventory.models import Location
from webapp.kernel import calendar, numbering, search, timeline
from webapp.kernel.money import ZERO
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing.models import PurchaseLine, PurchaseOrder, Receipt, ReceiptLine, Shipment, ShipmentLine
from webapp.purchasing.states import ORDER, SHIPMENT

from .counting import Counted, check_counts, difference_of, lots_of, posted_values, receiving_place, value_of
from .heads import answers_to, locked_lines, settle_head, tell_buyer
from .record import keep_record
from .shipments import settle_shipment, shipment_lines

KIND = "purchasing.receipt"
NONE = Decimal(0)


@dataclass(slots=True)
class _Receiving:
    """What a receipt is made from."""

    order: PurchaseOrder
    lines: dict[uuid.UUID, PurchaseLine]
    shipment: Shipment | None
    notices: dict[uuid.UUID, ShipmentLine]
    location: Location
    day: date


def receive(
    order: PurchaseOrder,
    counted: Sequence[Counted],
    *,
    actor: Actor,
    shipment: Shipment | None = None,
    location_id: uuid.UUID | None = None,
    on: date | None = None,
    accepted: frozenset[str] = frozenset(),
) -> Receipt:
    """Book counted goods in: moves from the supplier at the order's net cost, the voucher, and what waits is reserved.

    Good goods go to `location_id` (the warehouse's receiving place where None). Damaged and wrong ones are counted and
    stay outside the stock; more than was expected is kept, and the buyer is told. The value of a line over all its
    receipts sums to its net amount to the cent. Posted on `on`, or the first open day after it.
    Refused where nothing was counted, or for a lot that is missing; Warned about expired goods (`receipt.expired`),
    about more than twice what is expected (`receipt.over`), and where others booked in what may be the same goods after
    these were counted (`receipt.meanwhile`), until `accepted`. Raises NotFound for foreign lines.
    What was taken in without a network stands there: neither its age nor its number is asked about, and a notice that
    was withdrawn or used up meanwhile does not keep it out.
    """
    ORDER.check("receive", order.state)
    if shipment is not None and actor.queued and shipment.state == "withdrawn":
        shipment, counted = None, [replace(count, shipment_line_id=None) for count in counted]
    if shipment is not None and not (actor.queued and shipment.state == "received"):
        SHIPMENT.check("receive", shipment.state)
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    notices = {line.id: line for line in shipment_lines(actor, shipment.id, lock=True)} if shipment else {}
    counted = check_counts(actor, lines, notices, counted, accepted)
    location = receiving_place(actor, order.warehouse_id, location_id)
    day = finance.posting_day(actor, on or calendar.today(actor))
    work = _Receiving(order, lines, shipment, notices, location, day)
    receipt = _head(actor, work)
    rows = _rows(actor, work, receipt, counted)
    keep_record(actor, order.partner_id, [(day - row.promised_on).days for row in rows if row.quantity])
    _post(actor, work, receipt, rows)
    covered = inventory.reserve_waiting(actor, sorted({row.product_id for row in rows if row.quantity}))
    _store(actor, work, receipt, rows)
    _say(actor, work, receipt, rows, [key for key, reserved in covered.items() if reserved])
    return receipt


def _head(actor: Actor, work: _Receiving) -> Receipt:
    return Receipt(
        id=new_id(),
        company_id=actor.company_id,
        state="posted",
        version=1,
        partner_id=work.order.partner_id,
        order_id=work.order.id,
        shipment_id=work.shipment.id if work.shipment else None,
        location_id=work.location.id,
        day=work.day,
        value=ZERO,
        created_by=actor.user.id,
    )


def _rows(actor: Actor, work: _Receiving, receipt: Receipt, counted: Sequence[Counted]) -> list[ReceiptLine]:
    """The receipt's lines, and their quantities counted onto the order's and the notice's lines."""
    answers = answers_to(actor, work.lines)
    posted = posted_values(actor, work.order.id)
    lots = lots_of(actor, work.lines, counted)
    rows = []
    for line_counted, lot_id in zip(counted, lots, strict=True):
        line = work.lines[line_counted.order_line_id]
        notice = work.notices.get(line_counted.shipment_line_id) if line_counted.shipment_line_id else None
        missing = _missing(line, notice, line_counted)
        difference = difference_of(line, notice, line_counted, missing)
        value, promised_on = value_of(work.order, line, answers[line.id], posted.get(line.id, ZERO), line_counted.good)
        posted[line.id] = posted.get(line.id, ZERO) + value
        line.received += line_counted.good
        line.rejected += line_counted.damaged + line_counted.wrong
        if notice:
            notice.received += line_counted.good
            notice.damaged += line_counted.damaged + line_counted.wrong
            notice.missing += missing
        rows.append(
            ReceiptLine(
                id=new_id(),
                company_id=actor.company_id,
                receipt_id=receipt.id,
                order_line_id=line.id,
                shipment_line_id=notice.id if notice else None,
                product_id=line.product_id,
                lot_id=lot_id,
                quantity=line_counted.good,
                damaged=line_counted.damaged,
                wrong=line_counted.wrong,
                missing=missing,
                value=value,
                difference=difference,
                promised_on=promised_on,
            )
        )
    receipt.value = sum((row.value for row in rows), ZERO)
    return rows


def _missing(line: PurchaseLine, notice: ShipmentLine | None, counted: Counted) -> Decimal:
    if not counted.short:
        return NONE
    seen = counted.good + counted.damaged + counted.wrong
    if notice:
        return max(notice.quantity - notice.received - notice.damaged - notice.missing - seen, NONE)
    return max(line.quantity - line.refused - line.received - seen, NONE)


def _post(actor: Actor, work: _Receiving, receipt: Receipt, rows: Sequence[ReceiptLine]) -> None:
    good = [row for row in rows if row.quantity]
    if not good:
        return
    supplier = inventory.virtual(actor, "supplier")
    movements = [
        Movement(row.product_id, row.lot_id, supplier, work.location.id, row.quantity, row.value, row.id)
        for row in good
    ]
    inventory.move(
        actor,
        movements,
        on=work.day,
        kind=KIND,
        document_id=receipt.id,
        done_at=actor.done_at,
        offline=actor.queued,
    )
    finance.post(
        actor,
        "purchasing.received",
        on=work.day,
        kind=KIND,
        document_id=receipt.id,
        facts=[Fact({"cost": row.value}, row.product_id, work.location.warehouse_id, row.quantity) for row in good],
        partner_id=receipt.partner_id,
        params={"order": work.order.number},
    )


def _store(actor: Actor, work: _Receiving, receipt: Receipt, rows: Sequence[ReceiptLine]) -> None:
    if work.shipment:
        settle_shipment(actor, work.shipment, list(work.notices.values()))
        for row in rows:  # goods that were announced and did not come are left to ship again
            work.lines[row.order_line_id].shipped -= row.missing + row.damaged + row.wrong
    settle_head(actor, work.order, list(work.lines.values()))
    receipt.number = numbering.take(actor, "GR", work.day)
    actor.session.add(receipt)
    actor.session.flush()  # the lines' foreign key needs the head
    actor.session.add_all(rows)
    search.add(actor, KIND, [(receipt.id, (receipt.number,))])


def _say(
    actor: Actor,
    work: _Receiving,
    receipt: Receipt,
    rows: Sequence[ReceiptLine],
    covered: Sequence[uuid.UUID],
) -> None:
    differences = sum(1 for row in rows if row.difference)
    params = {"number": receipt.number, "order": work.order.number, "lines": len(rows), "differences": differences}
    facts = {"product_ids": sorted({row.product_id for row in rows if row.quantity}), "demand_ids": list(covered)}
    timeline.record(
        actor, "purchasing.received", KIND, receipt.id, partner_id=receipt.partner_id, facts=facts, **params
    )
    code = "purchasing.receipt.differs" if differences else "purchasing.received"
    tell_buyer(actor, work.order, code, KIND, receipt.id, **params)
