"""Whom one speaks to at a partner, and which colleagues look after one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from webapp.identity.models import Membership, User
from webapp.kernel.wall import Actor
from webapp.partners.models import Contact

CARDS = """
SELECT p.id, p.code, p.name, p.name2, c.name AS contact, coalesce(c.phone, p.phone) AS phone
FROM partner p
LEFT JOIN LATERAL (SELECT name, phone FROM contact WHERE company_id = p.company_id AND partner_id = p.id
                   ORDER BY main DESC, id LIMIT 1) c ON true
WHERE p.company_id = %(company)s AND p.id = ANY(%(ids)s) AND (%(only)s::uuid IS NULL OR p.id = %(only)s)"""


@dataclass(slots=True, frozen=True)
class CallingCard:
    """What one needs to know a partner again and to call: name, main contact, number."""

    id: uuid.UUID
    code: str
    name: str
    name2: str | None
    contact: str | None
    phone: str | None


def calling_cards(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, CallingCard]:
    """Those of `ids` that the actor may see, with whom one calls there, in one query."""
    only = actor.partner_id if actor.is_portal else None
    rows = actor.db.ask(CARDS, company=actor.company_id, ids=list(ids), only=only) if ids else []
    return {row.id: CallingCard(*row) for row in rows}


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
