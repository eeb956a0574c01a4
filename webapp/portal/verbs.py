"""What a customer can do by their link: say that something is wrong."""

import uuid

from sqlalchemy import select

from webapp.identity.models import Membership
from webapp.kernel import notifications, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.sales import orders_of

KIND = "sales.order"


def report_problem(actor: Actor, order_id: uuid.UUID, text: str) -> None:
    """Write on the order's timeline what the customer says is wrong, and tell its rep (the owners, where it has none).

    Refused without words. Raises NotFound for an order that is not there.
    """
    order = orders_of(actor).get(order_id)
    if not text.strip():
        raise Refused("problem.empty", N_("Say what is wrong, in a few words."), field="text")
    told = [order.rep_id] if order.rep_id else _owners(actor)
    timeline.record(
        actor, "portal.problem", KIND, order_id, partner_id=order.partner_id, number=order.number, text=text
    )
    notifications.tell(actor, told, "portal.problem", KIND, order_id, number=order.number, text=text)


def _owners(actor: Actor) -> list[uuid.UUID]:
    statement = select(Membership.user_id).where(
        Membership.company_id == actor.company_id, Membership.role == "owner", Membership.ended_at.is_(None)
    )
    return list(actor.session.scalars(statement))
