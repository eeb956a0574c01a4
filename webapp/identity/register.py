"""What identity offers to all: how people stand on the timeline, the first step of a new company."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from webapp.kernel import constraints
from webapp.kernel.i18n import N_, _
from webapp.kernel.register import READERS, Action, Card, CardSource, DocumentKind, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .models import Membership, User
from .queries.people import is_alone


def _names(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    named = select(Membership.id, User.name).join(User, User.id == Membership.user_id)
    rows = actor.session.execute(named.where(Membership.company_id == actor.company_id, Membership.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _first_colleague(actor: Actor) -> Iterable[Card]:
    if is_alone(actor):
        yield Card(
            urgency=30,
            tone="",
            icon="user-plus",
            state=_("To begin with"),
            name=_("Invite a colleague"),
            reason=_("By a link or a QR code; each has a role of their own"),
            href=url_for("identity.colleagues"),
            action=Action(_("Invite"), url_for("identity.invite"), "user-plus"),
            key="identity.colleague",
        )


registers.documents |= {
    "colleague": DocumentKind(
        "colleague", N_("Colleague"), "user", lambda key: url_for("identity.colleague", id=key), _names
    ),
    "company": DocumentKind("company", N_("Company"), "building-2", lambda _key: url_for("identity.company")),
}
registers.cards.append(CardSource(READERS - {"auditor"}, _first_colleague))
registers.settings["company.first_period"] = None
registers.events |= {
    "identity.invited": N_("%(name)s was invited"),
    "identity.withdrawn": N_("The link for %(name)s was withdrawn"),
    "identity.joined": N_("%(name)s joined"),
    "identity.removed": N_("%(name)s no longer has access"),
    "identity.reset": N_("%(name)s was given a link for a new way in"),
    "identity.reset_done": N_("%(name)s set a new way in"),
    "identity.company": N_("Company settings changed"),
    "identity.role.owner": N_("%(name)s is now an owner"),
    "identity.role.manager": N_("%(name)s is now a manager"),
    "identity.role.sales": N_("%(name)s now works in sales"),
    "identity.role.buyer": N_("%(name)s is now a buyer"),
    "identity.role.warehouse": N_("%(name)s now works in the warehouse"),
    "identity.role.accountant": N_("%(name)s is now an accountant"),
    "identity.role.auditor": N_("%(name)s is now an auditor"),
}
constraints.say("uq_app_user_login", "login.taken", N_("Someone signs in with this already. Choose another."), "login")
constraints.say(
    "fk_membership_company_id_partner_id", "invite.partner", N_("That firm is not here. Choose it from the list.")
)
constraints.say(
    "uq_membership_living", "invite.member", N_("They belong to this company already. Look for them under colleagues.")
)
