"""An order taken without a network: it is promised when it comes in; where it cannot be, it stays a draft."""

import uuid

from webapp.kernel import timeline
from webapp.kernel.perform import attempt
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.sales.queries.orders import Order
from webapp.sales.queries.promises import Part

from .confirmation import confirm_order

WAITS = "sales.order.waits"


def confirm_on_arrival(
    actor: Actor, order: Order, *, accepted: frozenset[str] = frozenset()
) -> dict[uuid.UUID, list[Part]] | Refused:
    """As `confirm_order`, of a draft written in this operation. What it refuses, or would ask, is returned and written
    on the order's timeline, from where its rep's Today has it: the draft itself is never lost.
    """
    try:
        with attempt(actor):
            return confirm_order(actor, order, accepted=accepted)
    except Refused as refused:
        why = {"msgid": refused.message, "params": refused.params}
        number, partner_id = order.number, order.partner_id
        timeline.record(actor, WAITS, "sales.order", order.id, partner_id=partner_id, number=number, why=why)
        return refused
