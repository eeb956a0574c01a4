"""From proposals to purchase orders: one a supplier, sent at once; or dismissed."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from webapp.identity.models import Membership
from webapp.inventory.models import Warehouse
from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.planning.models import Proposal
from webapp.planning.queries import document_numbers, proposals_of
from webapp.purchasing import Wanted, draft_order, send_order
from webapp.purchasing.models import PurchaseOrder


def order_proposals(actor: Actor, ids: Sequence[uuid.UUID], *, automatic: bool = False) -> list[PurchaseOrder]:
    """Order what is proposed: one purchase order a supplier, sent in the same transaction.

    `automatic`: by the company's policy, whoever acts; then a buyer of the company looks after the orders.
    Refused for a proposal nobody offers, and for one that was decided already: of two who send, one wins.
    Raises NotFound for a proposal that is not there.
    """
    found = proposals_of(actor).locked(ids)
    by_partner: dict[uuid.UUID, list[Proposal]] = defaultdict(list)
    for proposal in found:
        _check_open(proposal)
        if proposal.partner_id is None:
            raise Refused("proposal.nobody", N_("Nobody offers this yet. Put it on a supplier’s price list first."))
        by_partner[proposal.partner_id].append(proposal)
    buyer_id = _a_buyer(actor) if automatic else actor.user.id
    return [_order(actor, partner_id, mine, buyer_id) for partner_id, mine in sorted(by_partner.items())]


def _check_open(proposal: Proposal) -> None:
    if proposal.state != "open":
        raise Refused("proposal.decided", N_("Someone has decided this already. Look at the list again."))


def _order(actor: Actor, partner_id: uuid.UUID, proposals: Sequence[Proposal], buyer_id: uuid.UUID) -> PurchaseOrder:
    supplier = actor.session.get_one(Partner, (actor.company_id, partner_id))
    wanted = [Wanted(each.product_id, each.quantity, each.price, each.wanted_on) for each in proposals]
    warehouse = actor.session.scalars(select(Warehouse.id).order_by(Warehouse.code)).first()
    assert warehouse is not None  # every company starts with one
    first = min(each.wanted_on for each in proposals)
    order = draft_order(actor, supplier, warehouse, first, wanted, buyer_id=buyer_id)
    numbers = document_numbers(actor, [each.why for each in proposals])
    send_order(order, actor=actor, because=", ".join(sorted(set(numbers.values()))) or None)
    for each in proposals:
        each.state, each.order_id = "ordered", order.id
        each.decided_at, each.decided_by = calendar.now(), actor.user.id
    return order


def _a_buyer(actor: Actor) -> uuid.UUID:
    statement = (
        select(Membership.user_id)
        .where(
            Membership.company_id == actor.company_id,
            Membership.role.in_(("buyer", "manager", "owner")),
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.role, Membership.created_at)
    )
    return actor.session.scalars(statement).first() or actor.user.id


def dismiss(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Proposal]:
    """Do not buy this. As much of it is not proposed again for a week.

    Refused for a proposal decided already. Raises NotFound for one that is not there.
    """
    found = proposals_of(actor).locked(ids)
    for proposal in found:
        _check_open(proposal)
        proposal.state = "dismissed"
        proposal.decided_at, proposal.decided_by = calendar.now(), actor.user.id
        timeline.record(actor, "planning.dismissed", "planning.proposal", proposal.id)
    return found
