"""Confirming an order: it becomes demands, what is here is reserved, what is short goes to planning. Cancelling it."""

import uuid
from decimal import Decimal
from typing import Any

from webapp import planning
from webapp.identity import tracking_link
from webapp.inventory import Demanded, demand, release, reserve
from webapp.kernel import notifications, steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.wall import Actor
from webapp.sales.queries.credit import credit_used
from webapp.sales.queries.orders import Order
from webapp.sales.queries.promises import COVERED, Part, promise_lines
from webapp.sales.states import OPEN_DELIVERY, ORDER

BRING = "UPDATE sales_order SET state = %(state)s WHERE company_id = %(company)s AND id = %(id)s"
HOLD_CUSTOMER = "SELECT 1 FROM partner WHERE company_id = %(company)s AND id = %(partner)s FOR NO KEY UPDATE"
DROP_DELIVERIES = """
UPDATE delivery SET state = 'dropped'
WHERE company_id = %(company)s AND order_id = %(order)s AND state = ANY(%(open)s)"""


def confirm_order(actor: Actor, order: Order, *, accepted: frozenset[str] = frozenset()) -> dict[uuid.UUID, list[Part]]:
    """Promise a locked draft to its customer. Returns, by line, in which parts it comes and why.

    What is free is reserved, first expiry first; what is short goes to planning in the same transaction. Beyond the
    customer's credit limit it warns (`credit.limit`), and remembers who went on. Refused where it is no draft.
    """
    ORDER.check("confirm", order.state)
    if not order.lines:
        raise Refused("order.empty", N_("An order needs a line. Add what the customer wants."))
    over = _over_limit(actor, order)
    if over and "credit.limit" not in accepted:
        raise Warned(
            "credit.limit",
            N_("This brings the customer ¥%(over)s over the limit of ¥%(limit)s. Confirm it all the same?"),
            over=f"{over:,.2f}",
            limit=f"{order.credit_limit:,.2f}",
        )
    steps.take(actor, order.id, "confirmed")
    actor.db.run(BRING, company=actor.company_id, id=order.id, state="confirmed")
    order.state = "confirmed"
    reserved = _reserve(actor, order)
    short = {line.product_id for line in order.lines if reserved[line.id] < line.quantity}
    if over:
        _record(actor, order, "sales.order.over_limit", over=f"{over:,.2f}")
    _record(actor, order, "sales.order.confirmed", lines=len(order.lines), products=[str(key) for key in short])
    if order.rep_id:
        notifications.tell(actor, [order.rep_id], "sales.order.confirmed", "sales.order", order.id, number=order.number)
    tracking_link(actor, "sales.order", order.id)
    if short:
        actor.db.leave_pipeline()  # planning works with the Session; the common case never comes here
        planning.plan(actor, sorted(short))
    return promise_lines(actor, order, reserved)


def _over_limit(actor: Actor, order: Order) -> Decimal:
    """By how much the order goes over the limit; the customer's row is held, so that two orders cannot both fit."""
    if order.credit_limit is None:
        return Decimal(0)
    actor.db.run(HOLD_CUSTOMER, company=actor.company_id, partner=order.partner_id)
    used = credit_used(actor, order.partner_id) + order.amount.gross
    return max(Decimal(0), used - order.credit_limit)


def _reserve(actor: Actor, order: Order) -> dict[uuid.UUID, Decimal]:
    """Make each line a demand and cover what is free; by line, what was reserved."""
    made = demand(
        actor,
        *(
            Demanded(
                kind="sales.order",
                document_id=order.id,
                line_id=line.id,
                product_id=line.product_id,
                partner_id=order.partner_id,
                wanted_on=order.wanted_on,
                quantity=line.quantity,
            )
            for line in order.lines
        ),
    )
    covered = reserve(actor, made)
    return {line.id: covered.get(demand_id, Decimal(0)) for line, demand_id in zip(order.lines, made, strict=True)}


def cancel_order(actor: Actor, order: Order, *, reason: str | None = None) -> None:
    """Give up a locked order while nothing of it has shipped; what was kept for it is free again.

    Refused once anything has shipped. Planning looks at its products again.
    """
    ORDER.check("cancel", order.state)
    steps.take(actor, order.id, "cancelled")
    actor.db.run(BRING, company=actor.company_id, id=order.id, state="cancelled")
    actor.db.run(DROP_DELIVERIES, company=actor.company_id, order=order.id, open=list(OPEN_DELIVERY))
    demands = actor.db.ask(COVERED, company=actor.company_id, order=order.id)
    if demands:
        actor.db.leave_pipeline()
        release(actor, [row.id for row in demands])
        planning.plan(actor, sorted({row.product_id for row in demands}))
    _record(actor, order, "sales.order.cancelled", reason=reason or "")


def _record(actor: Actor, order: Order, code: str, **params: Any) -> None:
    timeline.record(actor, code, "sales.order", order.id, partner_id=order.partner_id, number=order.number, **params)
