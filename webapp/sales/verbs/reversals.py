"""Taking a delivery back: the goods return at the cost they left with, red vouchers take its postings back."""

import uuid
from datetime import date
from decimal import Decimal

from webapp.finance import posting_day, reverse_document
from webapp.inventory import Filled, Movement, fill, move, reserve, virtual
from webapp.kernel import calendar, steps, timeline
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.queries.deliveries import DeliveryNote
from webapp.sales.queries.goods import Goods, delivery_goods
from webapp.sales.queries.orders import Order
from webapp.sales.states import DELIVERY, OPEN_DELIVERY, state_of

from .deliveries import BRING, BRING_ORDER, OTHERS, write_delivery
from .invoices import credit_order

COUNT_BACK = """
UPDATE sales_line l SET shipped = l.shipped - b.quantity, invoiced = least(l.invoiced, l.shipped - b.quantity)
FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS b(line, quantity)
WHERE l.company_id = %(company)s AND l.id = b.line"""
MOVES = """
SELECT line_id, id, value FROM move
WHERE company_id = %(company)s AND document_id = %(delivery)s AND kind = 'sales.delivery'"""


def reverse_delivery(
    actor: Actor, delivery: DeliveryNote, order: Order, on: date | None = None, *, reason: str | None = None
) -> uuid.UUID:
    """Take a locked delivery back whole, as if it had not left; returns the reversal, a delivery in red.

    Goods return to their places at their original cost, the vouchers are reversed on `on` (today) or the first open
    day after it, and the order waits for the goods again. What of it was billed is credited by a red invoice.
    """
    DELIVERY.check("reverse", delivery.state)
    goods = delivery_goods(actor, delivery.id)
    day = posting_day(actor, on or calendar.today(actor))
    reversal_id = new_id()
    steps.take(actor, delivery.id, "reversed")
    _bring_back(actor, delivery, reversal_id, goods, day)
    number = _write_red(actor, delivery, order, reversal_id, goods, day)
    _count_back(actor, order, goods, delivery)
    credit_order(actor, order, day)
    reverse_document(actor, delivery.id, day, kind="sales.delivery", document_id=reversal_id)
    timeline.record(
        actor,
        "sales.delivery.reversed",
        "sales.delivery",
        delivery.id,
        partner_id=delivery.partner_id,
        facts={"order_id": order.id, "reversal_id": reversal_id},
        number=delivery.number,
        order=order.number,
        by=number,
        reason=reason or "",
    )
    return reversal_id


def _by_line(goods: list[Goods]) -> dict[uuid.UUID, Decimal]:
    sums: dict[uuid.UUID, Decimal] = {}
    for each in goods:
        sums[each.order_line_id] = sums.get(each.order_line_id, Decimal(0)) + each.quantity
    return sums


def _bring_back(actor: Actor, delivery: DeliveryNote, reversal_id: uuid.UUID, goods: list[Goods], day: date) -> None:
    """The goods move back where they came from, worth what they were; their lines wait for them again."""
    moved = {row.line_id: row for row in actor.db.ask(MOVES, company=actor.company_id, delivery=delivery.id)}
    customer = virtual(actor, "customer")
    move(
        actor,
        [
            Movement(
                each.product_id,
                each.lot_id,
                customer,
                each.location_id,
                each.quantity,
                value=moved[each.id].value,
                line_id=each.id,
                reverses_id=moved[each.id].id,
            )
            for each in goods
        ],
        on=day,
        kind="sales.delivery",
        document_id=reversal_id,
    )
    fill(actor, [Filled(each.order_line_id, each.location_id, each.lot_id, -each.quantity) for each in goods])
    reserve(actor, sorted({each.demand_id for each in goods}))
    for each in goods:
        each.cost = -moved[each.id].value


def _write_red(
    actor: Actor, delivery: DeliveryNote, order: Order, reversal_id: uuid.UUID, goods: list[Goods], day: date
) -> str:
    amounts = {line.id: line.amount for line in delivery.lines}
    for each in goods:
        each.amount = -amounts[each.id]
        each.id = new_id()
    number = write_delivery(actor, order, reversal_id, goods, on=day, state="reversal", reverses=delivery.id)
    actor.db.run(BRING, company=actor.company_id, id=delivery.id, state="reversed")
    return number


def _count_back(actor: Actor, order: Order, goods: list[Goods], delivery: DeliveryNote) -> None:
    back = _by_line(goods)
    actor.db.run(COUNT_BACK, company=actor.company_id, lines=list(back), quantities=list(back.values()))
    for line in order.lines:
        line.shipped -= back.get(line.id, 0)
        line.invoiced = min(line.invoiced, line.shipped)
    others = actor.db.one(OTHERS, company=actor.company_id, order=order.id, id=delivery.id, open=list(OPEN_DELIVERY))
    state = state_of(order.lines, being_picked=others is not None)
    actor.db.run(BRING_ORDER, company=actor.company_id, id=order.id, state=state)
