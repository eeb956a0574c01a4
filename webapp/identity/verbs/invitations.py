"""Inviting someone by a link of one use, and joining by it."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identity.models import Membership, User
from webapp.identity.queries.links import Link
from webapp.identity.roles import MAY_INVITE, PARTNER_ROLES
from webapp.identity.tokens import address, code_of, token_of
from webapp.kernel import notifications, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

from .links import make_link, use_link, withdraw_link

DAYS = 7
"""How long an invitation is open."""


@dataclass(slots=True, frozen=True)
class Invitation:
    """What to hand on: the link, and the six digits for a browser without passkeys, told apart from it.

    `page` is where both are shown again to whoever invited.
    """

    id: uuid.UUID
    url: str
    code: str
    page: str


def invite(
    actor: Actor, role: str, partner_id: uuid.UUID | None = None, name: str = "", *, days: int = DAYS
) -> Invitation:
    """Invite a person to the actor's company in a role; suppliers and customers with their partner.

    Runs inside a verb. Raises NotFound where the actor's role may not give that role; Refused where a partner's role
    comes without a partner or another with one. A partner that is not there is refused when the person joins;
    the caller has found it.
    """
    if role not in MAY_INVITE.get(actor.role, ()):
        raise NotFound
    if (role in PARTNER_ROLES) != (partner_id is not None):
        raise Refused("invite.partner", N_("Invite suppliers’ and customers’ people from their firm’s page."))
    payload = {"role": role, "name": name.strip(), "partner": str(partner_id) if partner_id else None}
    link_id = make_link(actor, "invitation", payload, days=days)
    timeline.record(
        actor, "identity.invited", "colleague", link_id, partner_id=partner_id, name=name.strip() or "…", role=role
    )
    return Invitation(
        link_id, address(f"/i/{token_of(link_id)}"), code_of(link_id), f"/c/{actor.company.slug}/links/{link_id}"
    )


def withdraw_invitation(actor: Actor, link_id: uuid.UUID) -> Outcome:
    """Close an invitation or reset link before it is used."""
    payload = withdraw_link(actor, link_id)
    timeline.record(actor, "identity.withdrawn", "colleague", link_id, name=payload.get("name") or "…")
    return Outcome(message=N_("The link no longer opens."))


def accept_invitation(session: Session, link: Link, user: User) -> Actor:
    """Use the link up and give `user` (new or known) the role it holds. Returns the actor they now are.

    Runs in the caller's transaction. Gone where someone else was quicker; Refused for who belongs there already.
    """
    assert link.company_id is not None
    database = Database(session)
    use_link(database, link.id, user.id)
    database.ask("SELECT set_config('app.company', %(company)s, true)", company=str(link.company_id))
    session.info["company"] = link.company_id
    _refuse_member(session, link.company_id, user.id)
    membership = Membership(
        id=new_id(),
        company_id=link.company_id,
        user_id=user.id,
        role=link.payload["role"],
        partner_id=uuid.UUID(link.payload["partner"]) if link.payload.get("partner") else None,
    )
    session.add(user)
    session.flush()  # the membership's key must stand before it
    session.add(membership)
    session.flush()  # so that the wall can be entered by it
    actor = enter_as(session, membership.id)
    timeline.record(
        actor, "identity.joined", "colleague", membership.id, partner_id=membership.partner_id, name=user.name
    )
    if link.created_by:
        kind, where = ("partner", membership.partner_id) if membership.partner_id else ("colleague", membership.id)
        notifications.tell(actor, [link.created_by], "identity.joined", kind, where, name=user.name)
    return actor


def _refuse_member(session: Session, company_id: uuid.UUID, user_id: uuid.UUID) -> None:
    living = select(Membership.id).where(
        Membership.company_id == company_id, Membership.user_id == user_id, Membership.ended_at.is_(None)
    )
    if session.execute(living).first():
        raise Refused("invite.member", N_("You belong to this company already. The invitation is for someone else."))
