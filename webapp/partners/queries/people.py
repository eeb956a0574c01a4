"""Whom one speaks to at a partner, and which colleagues look after one."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from webapp.identity.models import Membership, User
from webapp.kernel.wall import Actor
from webapp.partners.models import Contact


def main_contact(actor: Actor, partner_id: uuid.UUID) -> Contact | None:
    """Whom one calls there."""
    return main_contacts(actor, [partner_id]).get(partner_id)


def main_contacts(actor: Actor, partner_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """Whom one calls at each partner, in one query."""
    if not partner_ids:
        return {}
    statement = (
        select(Contact)
        .where(Contact.partner_id.in_(list(partner_ids)))
        .ext(distinct_on(Contact.partner_id))
        .order_by(Contact.partner_id, Contact.main.desc(), Contact.id)
    )
    return {contact.partner_id: contact for contact in actor.session.execute(statement).scalars()}


def colleagues(actor: Actor, roles: Sequence[str] | None = None) -> list[tuple[uuid.UUID, str]]:
    """(user, name) of the company's own people, those of `roles` where named; who has left only without `roles`."""
    statement = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.company_id == actor.company_id, Membership.partner_id.is_(None))
        .order_by(User.name, User.id)
        .distinct()
    )
    if roles is not None:
        statement = statement.where(Membership.role.in_(list(roles)), Membership.ended_at.is_(None))
    return [(row.id, row.name) for row in actor.session.execute(statement)]
