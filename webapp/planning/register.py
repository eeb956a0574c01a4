"""What planning offers to all; and it plans anew where an order falls through or goods come in."""

import uuid

from sqlalchemy import select

from webapp.kernel import jobs, timeline
from webapp.kernel.i18n import N_, _
from webapp.kernel.register import CardSource, Check, DocumentKind, Entry, Policy, registers, roles
from webapp.kernel.timeline import Event
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for
from webapp.purchasing.models import PurchaseLine

from .models import Proposal
from .verbs import plan
from .views.cards import proposal_cards

TWICE = """
SELECT product_id, count(*) AS n FROM proposal WHERE company_id = %(company)s AND state = 'open'
GROUP BY product_id HAVING count(*) > 1"""
UNORDERED = """
SELECT p.id FROM proposal p LEFT JOIN purchase_line l ON l.company_id = p.company_id AND l.order_id = p.order_id
  AND l.product_id = p.product_id
WHERE p.company_id = %(company)s AND p.state = 'ordered' AND l.id IS NULL"""


def _proposals_are_ordered_once(actor: Actor) -> list[str]:
    twice = [f"{row.n} open proposals for {row.product_id}" for row in actor.db.ask(TWICE, company=actor.company_id)]
    lost = actor.db.ask(UNORDERED, company=actor.company_id)
    return twice + [f"proposal {row.id} is ordered, its order does not have the product" for row in lost]


def _names(actor: Actor, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    if actor.is_portal:
        return {}
    found = actor.session.scalars(select(Proposal.id).where(Proposal.id.in_(ids)))
    return {key: _("Proposal") for key in found}


def plan_again(actor: Actor, event: Event) -> None:
    """What an order no longer brings may be missing now. A supplier cannot see what we plan: a job does it then."""
    lines = select(PurchaseLine.product_id).where(PurchaseLine.order_id == event.document_id)
    products = list(actor.session.scalars(lines))
    if actor.is_portal:
        names = [str(key) for key in products]
        jobs.defer(actor.db.connection(), "planning.products", actor.company_id, product_ids=names)
    else:
        plan(actor, products)


for code in ("answered", "countered", "withdrawn", "settled", "closed", "cancelled"):
    timeline.on(f"purchasing.order.{code}")(plan_again)


@timeline.on("purchasing.received")
def look_again(actor: Actor, event: Event) -> None:
    """What came in may make a proposal needless."""
    products = list(event.facts.get("product_ids", ()))
    proposed = select(Proposal.product_id).where(Proposal.state == "open", Proposal.product_id.in_(products))
    waiting = list(actor.session.scalars(proposed)) if products else []
    if waiting:
        plan(actor, waiting)


registers.checks.append(Check("planning: a product has one open proposal", _proposals_are_ordered_once))
registers.cards.append(CardSource(roles("buyer"), proposal_cards))
registers.documents["planning.proposal"] = DocumentKind(
    "planning.proposal",
    N_("Proposal"),
    "shopping-cart",
    lambda key: url_for("planning.proposal", id=key),
    lambda actor, ids: _names(actor, list(ids)),
)
registers.settings["planning.send_automatically"] = False
registers.policies.append(
    Policy(
        "planning.send_automatically",
        N_("Buying"),
        N_("Send orders for what is short by itself"),
        help=N_("What planning proposes goes to the best supplier at once, without a buyer."),
    )
)
registers.events["planning.dismissed"] = N_("Not bought")
registers.entries.append(
    Entry("books", N_("Proposals to buy"), "shopping-cart", roles("buyer", "auditor"), "planning.proposals", order=34)
)
