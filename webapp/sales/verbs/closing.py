"""The rest of an order that will not come: it is closed, and the order is done with what has shipped."""

from webapp import planning
from webapp.inventory import cut_short
from webapp.kernel import timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.sales.queries.orders import Order
from webapp.sales.queries.promises import COVERED
from webapp.sales.states import OPEN_DELIVERY, ORDER, state_of

CLOSE = """
UPDATE sales_line SET closed = quantity - shipped
WHERE company_id = %(company)s AND order_id = %(order)s AND shipped + closed < quantity"""
BRING = "UPDATE sales_order SET state = %(state)s WHERE company_id = %(company)s AND id = %(id)s"
BEING_PICKED = """
SELECT number FROM delivery WHERE company_id = %(company)s AND order_id = %(order)s AND state = ANY(%(open)s)
ORDER BY id LIMIT 1"""


def close_rest(actor: Actor, order: Order, *, reason: str | None = None) -> None:
    """Say that the rest of a locked order, part of which has shipped, will not come.

    What was kept for it is free again and planning looks at its products anew; the order is done with what has
    shipped, billed or not. Refused while a delivery of it is being picked. A delivery taken back afterwards is waited
    for again, the closed rest is not.
    """
    ORDER.check("close_rest", order.state)
    picked = actor.db.one(BEING_PICKED, company=actor.company_id, order=order.id, open=list(OPEN_DELIVERY))
    if picked:
        raise Refused(
            "order.being_picked",
            N_("Delivery %(number)s is being made ready. Ship it, or put it back, then close the rest."),
            number=picked.number,
        )
    demands = actor.db.ask(COVERED, company=actor.company_id, order=order.id)
    rest = {line.id for line in order.lines if line.open}
    for line in order.lines:
        line.closed += line.open
    actor.db.run(CLOSE, company=actor.company_id, order=order.id)
    order.state = state_of(order.lines, being_picked=False)
    actor.db.run(BRING, company=actor.company_id, id=order.id, state=order.state)
    ended = [row for row in demands if row.line_id in rest]
    cut_short(actor, [row.id for row in ended])
    planning.plan(actor, sorted({row.product_id for row in ended}))
    timeline.record(
        actor,
        "sales.order.closed",
        "sales.order",
        order.id,
        partner_id=order.partner_id,
        number=order.number,
        lines=len(rest),
        reason=reason or "",
    )
