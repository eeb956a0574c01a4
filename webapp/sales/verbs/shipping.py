"""Goods leave: moves, cost and revenue in one transaction; the lines count what has shipped."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from webapp.finance import Fact, post, posting_day
from webapp.inventory import Filled, Movement, fill, move, virtual
from webapp.kernel import calendar, steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.money import ZERO
from webapp.kernel.refusals import Warned
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share, share_of
from webapp.sales.queries.deliveries import DeliveryNote
from webapp.sales.queries.goods import Goods, delivery_goods, reserved_goods
from webapp.sales.queries.orders import Order
from webapp.sales.states import DELIVERY, ORDER, state_of

from .deliveries import BRING, BRING_ORDER, NOBODY, Carrier, check_ready, write_delivery
from .shelf_life import check_shelf_life

LEAVE = """
UPDATE delivery SET state = 'shipped', day = %(day)s, net = %(net)s, vat = %(vat)s, gross = %(gross)s, cost = %(cost)s,
       carrier = %(carrier)s, plate = %(plate)s, driver_phone = %(phone)s, version = version + 1
WHERE company_id = %(company)s AND id = %(id)s"""
LEAVE_BEHIND = "DELETE FROM delivery_line WHERE company_id = %(company)s AND id = ANY(%(ids)s)"
LEAVE_LINES = """
UPDATE delivery_line x SET net = a.net, vat = a.vat, gross = a.gross, cost = a.cost, quantity = a.quantity,
       picked = a.quantity
FROM unnest(%(ids)s::uuid[], %(nets)s::numeric[], %(vats)s::numeric[], %(grosses)s::numeric[], %(costs)s::numeric[],
            %(quantities)s::numeric[]) AS a(id, net, vat, gross, cost, quantity)
WHERE x.company_id = %(company)s AND x.id = a.id"""
COUNT = """
UPDATE sales_line l SET shipped = l.shipped + s.quantity
FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS s(line, quantity)
WHERE l.company_id = %(company)s AND l.id = s.line"""


def ship_order(
    actor: Actor,
    order: Order,
    on: date | None = None,
    *,
    accepted: frozenset[str] = frozenset(),
    carrier: Carrier = NOBODY,
) -> uuid.UUID:
    """Send all that is reserved for a locked order and on no delivery yet, in one step. Returns the delivery's id.

    As `plan_delivery` and `ship_delivery` together, without picking. Posted on `on` (today), or the first open day
    after it. Refused and warned as they are.
    """
    ORDER.check("ship", order.state)
    goods = reserved_goods(actor, order.id) if order.ready is None else order.ready
    check_ready(order, goods, accepted)
    day = posting_day(actor, on or calendar.today(actor))
    delivery_id = new_id()
    check_shelf_life(actor, delivery_id, order.partner_id, goods, day, accepted)
    for each in goods:
        each.picked = each.quantity
    _move(actor, delivery_id, order, goods, day)
    number = write_delivery(actor, order, delivery_id, goods, on=day, state="shipped", carrier=carrier)
    _finish(actor, delivery_id, number, order, goods, day)
    return delivery_id


def ship_delivery(
    actor: Actor,
    delivery: DeliveryNote,
    order: Order,
    on: date | None = None,
    *,
    accepted: frozenset[str] = frozenset(),
    carrier: Carrier = NOBODY,
) -> None:
    """Send a locked delivery: what was picked, or all of it where nothing was scanned.

    Cost at the average of the moment and revenue post together, on `on` (today) or the first open day after it; the
    receivable is due by the customer's payment days. Where less was picked than planned it warns
    (`delivery.partial`); the rest stays kept for the order. Expired lots are refused, short-dated ones ask.
    """
    DELIVERY.check("ship", delivery.state)
    goods = delivery_goods(actor, delivery.id)
    leaving = _picked(goods, accepted)
    day = posting_day(actor, on or calendar.today(actor))
    check_shelf_life(actor, delivery.id, delivery.partner_id, leaving, day, accepted)
    _move(actor, delivery.id, order, leaving, day)
    kept = {each.id for each in leaving}
    behind = [each.id for each in goods if each.id not in kept]
    if behind:
        actor.db.run(LEAVE_BEHIND, company=actor.company_id, ids=behind)
    _leave(actor, delivery.id, leaving, day, carrier)
    _finish(actor, delivery.id, delivery.number, order, leaving, day)


def deliver(actor: Actor, delivery: DeliveryNote) -> None:
    """The customer has it: a locked delivery on its way has arrived, as its driver or they say."""
    state = DELIVERY.check("deliver", delivery.state)
    steps.take(actor, delivery.id, "delivered")
    actor.db.run(BRING, company=actor.company_id, id=delivery.id, state=state)
    timeline.record(
        actor,
        "sales.delivery.delivered",
        "sales.delivery",
        delivery.id,
        partner_id=delivery.partner_id,
        facts={"order_id": delivery.order_id, "rep_id": delivery.rep_id},
        number=delivery.number,
        order=delivery.order_number,
    )


def _picked(goods: Sequence[Goods], accepted: frozenset[str]) -> list[Goods]:
    """What leaves: what was scanned; all, where nothing was."""
    if not any(each.picked for each in goods):
        return list(goods)
    left = sum(each.quantity - each.picked for each in goods)
    if left > 0 and "delivery.partial" not in accepted:
        raise Warned(
            "delivery.partial",
            N_("Not everything is picked yet. Send what is, and leave the rest for another delivery?"),
        )
    leaving = [each for each in goods if each.picked]
    for each in leaving:
        each.quantity = each.picked
    return leaving


def _move(actor: Actor, delivery_id: uuid.UUID, order: Order, goods: Sequence[Goods], day: date) -> None:
    """Use up what was kept, move the goods to the customer; each gets its cost and its part of its line's amount."""
    fill(actor, [Filled(each.order_line_id, each.location_id, each.lot_id, each.quantity) for each in goods])
    customer = virtual(actor, "customer")
    costs = move(
        actor,
        [
            Movement(each.product_id, each.lot_id, each.location_id, customer, each.quantity, line_id=each.id)
            for each in goods
        ],
        on=day,
        kind="sales.delivery",
        document_id=delivery_id,
    )
    lines = {line.id: line for line in order.lines}
    done = {each.order_line_id: lines[each.order_line_id].shipped for each in goods}
    taken = {each.order_line_id: each.taken for each in goods}
    for each, cost in zip(goods, costs, strict=True):
        key = each.order_line_id
        line = lines[key]
        each.cost = cost
        each.amount = share_of(line.amount, line.quantity, done=done[key], taken=taken[key], now=each.quantity)
        done[key] += each.quantity
        taken[key] += each.amount


def _leave(actor: Actor, delivery_id: uuid.UUID, goods: Sequence[Goods], day: date, carrier: Carrier) -> None:
    total = sum((each.amount for each in goods), Share())
    actor.db.run(
        LEAVE,
        company=actor.company_id,
        id=delivery_id,
        day=day,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
        cost=sum((each.cost for each in goods), ZERO),
        carrier=carrier.name,
        plate=carrier.plate,
        phone=carrier.phone,
    )
    actor.db.run(
        LEAVE_LINES,
        company=actor.company_id,
        ids=[each.id for each in goods],
        nets=[each.amount.net for each in goods],
        vats=[each.amount.vat for each in goods],
        grosses=[each.amount.gross for each in goods],
        costs=[each.cost for each in goods],
        quantities=[each.quantity for each in goods],
    )


def _finish(actor: Actor, delivery_id: uuid.UUID, number: str, order: Order, goods: Sequence[Goods], day: date) -> None:
    """Count the lines, bring the order on, post, and say so."""
    shipped: dict[uuid.UUID, Decimal] = {}
    for each in goods:
        shipped[each.order_line_id] = shipped.get(each.order_line_id, Decimal(0)) + each.quantity
    actor.db.run(COUNT, company=actor.company_id, lines=list(shipped), quantities=list(shipped.values()))
    for line in order.lines:
        line.shipped += shipped.get(line.id, Decimal(0))
    state = state_of(order.lines, being_picked=False)
    actor.db.run(BRING_ORDER, company=actor.company_id, id=order.id, state=state)
    steps.take(actor, delivery_id, "shipped")
    total = sum((each.amount for each in goods), Share())
    post(
        actor,
        "sales.delivered",
        on=day,
        kind="sales.delivery",
        document_id=delivery_id,
        facts=[_fact(each) for each in goods],
        partner_id=order.partner_id,
        person_id=order.rep_id,
        params={"number": number},
        due_on=day + timedelta(days=order.payment_days),
    )
    timeline.record(
        actor,
        "sales.delivery.shipped",
        "sales.delivery",
        delivery_id,
        partner_id=order.partner_id,
        facts={"order_id": order.id, "rep_id": order.rep_id, "day": day, "gross": total.gross},
        number=number,
        order=order.number,
    )


def _fact(goods: Goods) -> Fact:
    return Fact(
        {"net": goods.amount.net, "vat": goods.amount.vat, "gross": goods.amount.gross, "cost": goods.cost},
        product_id=goods.product_id,
        warehouse_id=goods.warehouse_id,
        quantity=goods.quantity,
    )
