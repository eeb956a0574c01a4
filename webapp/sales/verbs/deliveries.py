"""Planning a delivery of what is reserved, and giving one up before it has left."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.kernel import calendar, numbering, search, steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.money import ZERO
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share
from webapp.sales.queries.deliveries import DeliveryNote
from webapp.sales.queries.goods import Goods, reserved_goods
from webapp.sales.queries.orders import Order
from webapp.sales.states import DELIVERY, OPEN_DELIVERY, ORDER, state_of

WRITE_HEAD = """
INSERT INTO delivery (company_id, id, number, state, created_by, order_id, partner_id, day, net, vat, gross, cost,
                      carrier, plate, driver_phone, reverses_id)
VALUES (%(company)s, %(id)s, %(number)s, %(state)s, %(user)s, %(order)s, %(partner)s, %(day)s, %(net)s, %(vat)s,
        %(gross)s, %(cost)s, %(carrier)s, %(plate)s, %(phone)s, %(reverses)s)"""
WRITE_LINES = """
INSERT INTO delivery_line (company_id, id, delivery_id, order_line_id, product_id, lot_id, location_id, quantity,
                           picked, net, vat, gross, cost)
SELECT %(company)s, x.id, %(delivery)s, x.line, x.product, x.lot, x.location, x.quantity, x.picked,
       x.net, x.vat, x.gross, x.cost
FROM unnest(%(ids)s::uuid[], %(lines)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(locations)s::uuid[],
            %(quantities)s::numeric[], %(picked)s::numeric[], %(nets)s::numeric[], %(vats)s::numeric[],
            %(grosses)s::numeric[], %(costs)s::numeric[])
  AS x(id, line, product, lot, location, quantity, picked, net, vat, gross, cost)"""
BRING_ORDER = "UPDATE sales_order SET state = %(state)s WHERE company_id = %(company)s AND id = %(id)s"
BRING = "UPDATE delivery SET state = %(state)s, version = version + 1 WHERE company_id = %(company)s AND id = %(id)s"
OTHERS = """
SELECT 1 FROM delivery WHERE company_id = %(company)s AND order_id = %(order)s AND id <> %(id)s
  AND state = ANY(%(open)s) LIMIT 1"""


def plan_delivery(
    actor: Actor, order: Order, *, on: date | None = None, accepted: frozenset[str] = frozenset()
) -> uuid.UUID:
    """Put what is reserved for a locked order, and on no delivery yet, on a new one to be picked. Returns its id.

    Lines are by lot and place, first expiry first. Where the customer wants all together and something is missing,
    it warns (`order.together`). Refused where nothing lies ready.
    """
    ORDER.check("plan", order.state)
    goods = reserved_goods(actor, order.id)
    check_ready(order, goods, accepted)
    delivery_id = new_id()
    number = write_delivery(actor, order, delivery_id, goods, on=on or calendar.today(actor), state="planned")
    if order.state == "confirmed":
        actor.db.run(BRING_ORDER, company=actor.company_id, id=order.id, state="picking")
        order.state = "picking"
    _say(actor, "sales.delivery.planned", delivery_id, order, number)
    return delivery_id


def check_ready(order: Order, goods: Sequence[Goods], accepted: frozenset[str]) -> None:
    """Refused where nothing is reserved; warned where the customer waits for all of it together."""
    if not goods:
        raise Refused(
            "delivery.nothing",
            N_("Nothing lies ready for this order. It goes on when goods have come in."),
        )
    ready = sum(each.quantity for each in goods)
    missing = sum(line.open for line in order.lines) - ready
    if not order.split and missing > 0 and "order.together" not in accepted:
        raise Warned(
            "order.together",
            N_("The customer wants all of it together, and some is still missing. Send what is here all the same?"),
        )


@dataclass(slots=True, frozen=True)
class Carrier:
    """Who drives it: all optional, shown to the customer."""

    name: str | None = None
    plate: str | None = None
    phone: str | None = None


NOBODY = Carrier()


def write_delivery(
    actor: Actor,
    order: Order,
    delivery_id: uuid.UUID,
    goods: Sequence[Goods],
    *,
    on: date,
    state: str,
    carrier: Carrier = NOBODY,
    reverses: uuid.UUID | None = None,
) -> str:
    """Write a delivery with its lines and what they come to; returns its number."""
    number = numbering.take(actor, "DN", on)
    total = sum((each.amount for each in goods), Share())
    actor.db.run(
        WRITE_HEAD,
        company=actor.company_id,
        id=delivery_id,
        number=number,
        state=state,
        user=actor.user.id,
        order=order.id,
        partner=order.partner_id,
        day=on,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
        cost=sum((each.cost for each in goods), ZERO),
        carrier=carrier.name,
        plate=carrier.plate,
        phone=carrier.phone,
        reverses=reverses,
    )
    _write_lines(actor, delivery_id, goods)
    search.add(actor, "sales.delivery", [(delivery_id, (number,))])
    return number


def _write_lines(actor: Actor, delivery_id: uuid.UUID, goods: Sequence[Goods]) -> None:
    actor.db.run(
        WRITE_LINES,
        company=actor.company_id,
        delivery=delivery_id,
        ids=[each.id for each in goods],
        lines=[each.order_line_id for each in goods],
        products=[each.product_id for each in goods],
        lots=[each.lot_id for each in goods],
        locations=[each.location_id for each in goods],
        quantities=[each.quantity for each in goods],
        picked=[each.picked for each in goods],
        nets=[each.amount.net for each in goods],
        vats=[each.amount.vat for each in goods],
        grosses=[each.amount.gross for each in goods],
        costs=[each.cost for each in goods],
    )


def drop_delivery(actor: Actor, delivery: DeliveryNote, order: Order) -> None:
    """Give up a locked delivery that has not left: what was picked goes back to its shelf, still kept for the order."""
    DELIVERY.check("drop", delivery.state)
    steps.take(actor, delivery.id, "dropped")
    actor.db.run(BRING, company=actor.company_id, id=delivery.id, state="dropped")
    others = actor.db.one(
        OTHERS, company=actor.company_id, order=delivery.order_id, id=delivery.id, open=list(OPEN_DELIVERY)
    )
    state = state_of(order.lines, being_picked=others is not None)
    actor.db.run(BRING_ORDER, company=actor.company_id, id=order.id, state=state)
    _say(actor, "sales.delivery.dropped", delivery.id, order, delivery.number)


def _say(actor: Actor, code: str, delivery_id: uuid.UUID, order: Order, number: str) -> None:
    timeline.record(
        actor,
        code,
        "sales.delivery",
        delivery_id,
        partner_id=order.partner_id,
        facts={"order_id": order.id},
        number=number,
        order=order.number,
    )
