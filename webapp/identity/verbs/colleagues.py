"""Who works here: another role, an end, a new way in."""

import uuid

from sqlalchemy import cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from webapp.identity.models import Credential, Device, LinkToken, Membership, RecoveryCode, User
from webapp.identity.queries.links import Link
from webapp.identity.queries.people import belongs_elsewhere, colleague
from webapp.identity.roles import MAY_INVITE, PARTNER_ROLES
from webapp.kernel import timeline
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.wall import Actor, enter_as

from .links import make_link, use_link

RESET_DAYS = 2
END_STRANDED = "SELECT end_stranded_devices(%(user)s)"
MEMBERSHIP = """
SELECT id FROM membership WHERE company_id = %(company)s AND user_id = %(user)s AND ended_at IS NULL"""


def change_role(actor: Actor, membership_id: uuid.UUID, role: str, base_version: int | None) -> Outcome:
    """Another role for a colleague. Stale where someone changed it meanwhile; the last owner stays owner.

    Owners alone make and change owners. Partners' people keep their role: it is what they are.
    """
    owners = _lock_owners(actor)
    membership, user = _mine_to_change(actor, membership_id)
    if role not in MAY_INVITE.get(actor.role, frozenset()) - PARTNER_ROLES or membership.role in PARTNER_ROLES:
        raise Refused("role", N_("Choose one of these roles."), field="role")
    if base_version is not None and base_version != membership.version:
        raise Stale("role.stale", N_("Someone else changed this role meanwhile. Look at it, then choose again."))
    if membership.role == role:
        return Outcome()
    if membership.role == "owner":
        _keep_one(owners)
    membership.role, membership.version = role, membership.version + 1
    timeline.record(actor, f"identity.role.{role}", "colleague", membership.id, name=user.name)
    return Outcome(message=N_("%(name)s has a new role from now on."), params={"name": user.name})


def remove_colleague(actor: Actor, membership_id: uuid.UUID) -> Outcome:
    """End a membership: from the next request on nothing here opens. The last owner stays.

    Invitations that the person gave out are closed; whoever belongs to no other company is signed out everywhere.
    """
    owners = _lock_owners(actor)
    membership, user = _mine_to_change(actor, membership_id)
    if membership.role == "owner":
        _keep_one(owners)
    membership.ended_at = func.now()
    actor.session.flush()  # the next statements must see it ended
    actor.session.execute(
        update(LinkToken)
        .where(
            LinkToken.company_id == actor.company_id,
            LinkToken.created_by == user.id,
            LinkToken.used_at.is_(None),
            LinkToken.purpose.in_(("invitation", "reset")),
        )
        .values(used_at=func.now(), payload=LinkToken.payload.op("||")(cast({"withdrawn": True}, JSONB)))
    )
    actor.db.ask(END_STRANDED, user=user.id)
    timeline.record(
        actor, "identity.removed", "colleague", membership.id, partner_id=membership.partner_id, name=user.name
    )
    return Outcome(message=N_("%(name)s no longer has access."), params={"name": user.name})


def make_reset(actor: Actor, membership_id: uuid.UUID) -> uuid.UUID:
    """A link with which a colleague sets a new way in, open for two days. Returns its id.

    Refused for who also belongs to another company: what opens that one is not this owner's to change.
    """
    membership, user = _mine_to_change(actor, membership_id)
    if belongs_elsewhere(actor, user.id):
        raise Refused(
            "reset.elsewhere",
            N_("%(name)s also belongs to another company. Only a recovery code of their own lets them in again."),
            name=user.name,
        )
    payload = {"name": user.name, "user": str(user.id), "membership": str(membership.id), "role": membership.role}
    link_id = make_link(actor, "reset", payload, days=RESET_DAYS)
    timeline.record(actor, "identity.reset", "colleague", membership.id, name=user.name)
    return link_id


def use_reset(session: Session, link: Link) -> User:
    """Use a reset link up: old passkeys, codes and devices are gone. Returns the person, to be given a new way in.

    Runs in the caller's transaction. NotFound where they are no member any more or belong elsewhere too.
    """
    assert link.company_id is not None
    database = Database(session)
    user_id = uuid.UUID(link.payload["user"])
    use_link(database, link.id, user_id)
    database.ask("SELECT set_config('app.company', %(company)s, true)", company=str(link.company_id))
    membership = database.one(MEMBERSHIP, company=link.company_id, user=user_id)
    if membership is None:
        raise NotFound
    actor = enter_as(session, membership.id)
    if belongs_elsewhere(actor, user_id):
        raise NotFound
    for theirs in (Credential, RecoveryCode):
        session.execute(delete(theirs).where(theirs.user_id == user_id))
    session.execute(
        update(Device).where(Device.user_id == user_id, Device.ended_at.is_(None)).values(ended_at=func.now())
    )
    user = session.get_one(User, user_id)
    user.password_hash, user.pin = None, False
    timeline.record(actor, "identity.reset_done", "colleague", membership.id, name=user.name)
    return user


def _lock_owners(actor: Actor) -> list[uuid.UUID]:
    """The company's owners, held until commit, so that two cannot go at once."""
    living = select(Membership.id).where(
        Membership.company_id == actor.company_id, Membership.role == "owner", Membership.ended_at.is_(None)
    )
    return list(actor.session.execute(living.order_by(Membership.id).with_for_update()).scalars())


def _mine_to_change(actor: Actor, membership_id: uuid.UUID) -> tuple[Membership, User]:
    membership, user = colleague(actor, membership_id, lock=True)
    if membership.role not in MAY_INVITE.get(actor.role, ()):
        raise NotFound
    return membership, user


def _keep_one(owners: list[uuid.UUID]) -> None:
    if len(owners) < 2:
        raise Refused("owner.last", N_("A company needs an owner. Make someone else owner first."), field="role")
