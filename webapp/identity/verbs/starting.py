"""A person starts their own company. The form's operation id is the company's id: asked twice, there is one."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identity.logins import folded
from webapp.identity.models import Company, Membership, User
from webapp.kernel.i18n import N_
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import Refused

from .companies import check_login, new_user, start_company
from .passwords import check_password, matches

WAIT = "SELECT set_config('lock_timeout', '5s', true)"
"""A twin that still runs is waited for this long; making a company takes longer than other verbs."""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%(op)s, 7))"
BE = "SELECT set_config('app.user', %(user)s, true)"


@dataclass(slots=True, frozen=True)
class Asked:
    """The company as it was asked for, by the operation `op_id`."""

    op_id: uuid.UUID
    name: str
    name2: str | None
    currency: str
    taxpayer: str
    first_period: date


@dataclass(slots=True, frozen=True)
class NewOwner:
    """Who will own it, where nobody is signed in."""

    name: str
    login: str
    password: str
    locale: str


@dataclass(slots=True, frozen=True)
class Started:
    """The company's slug and its owner."""

    slug: str
    user_id: uuid.UUID


def start_own(session: Session, asked: Asked, owner: NewOwner | uuid.UUID) -> Started:
    """Start the company for a new owner, or for the user who is signed in. Runs in the caller's transaction.

    Asked again with the same operation by the same person, the company that is there. Refused for a login that is
    taken, a password easily guessed, or an operation that was someone else's.
    """
    database = Database(session)
    database.ask(WAIT)
    database.ask(ONE_AT_A_TIME, op=str(asked.op_id))
    before = session.execute(select(Company.slug).where(Company.id == asked.op_id)).scalar_one_or_none()
    if before is not None:
        return _the_same(session, asked.op_id, before, owner)
    if isinstance(owner, NewOwner):
        check_login(session, owner.login)
        check_password(owner.password, owner.login)
        user = new_user(owner.login, owner.name, owner.password, owner.locale)
    else:
        user = session.get_one(User, owner)
    actor = start_company(
        session,
        asked.name,
        user,
        name2=asked.name2,
        currency=asked.currency,
        taxpayer=asked.taxpayer,
        first_period=asked.first_period,
        company_id=asked.op_id,
    )
    return Started(actor.company.slug, user.id)


def _the_same(session: Session, company_id: uuid.UUID, slug: str, owner: NewOwner | uuid.UUID) -> Started:
    user_id = owner if isinstance(owner, uuid.UUID) else _who(session, owner)
    if user_id is not None and _owns(session, company_id, user_id):
        return Started(slug, user_id)
    raise Refused("operation.reused", N_("This form was already used for something else. Open it afresh."))


def _who(session: Session, owner: NewOwner) -> uuid.UUID | None:
    user = session.execute(select(User).where(User.login == folded(owner.login))).scalar_one_or_none()
    return user.id if user and matches(user.password_hash, owner.password) else None


def _owns(session: Session, company_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    Database(session).ask(BE, user=str(user_id))
    session.info["company"] = company_id
    theirs = select(Membership.id).where(
        Membership.company_id == company_id, Membership.user_id == user_id, Membership.ended_at.is_(None)
    )
    return session.execute(theirs).first() is not None
