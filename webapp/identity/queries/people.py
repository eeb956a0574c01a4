"""People: who is signed in, where they belong, who else works here, and their ways in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identity.models import Company, Credential, Device, Membership, RecoveryCode, User
from webapp.identity.roles import PARTNER_ROLES
from webapp.kernel.db import leave
from webapp.kernel.paging import Page, page
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor, enter

PERSON = """
SELECT d.id AS device_id, u.id, u.login, u.name, u.locale, u.theme
FROM device d JOIN app_user u ON u.id = d.user_id WHERE d.id = %(device)s AND d.ended_at IS NULL"""
BE = "SELECT set_config('app.user', %(user)s, true)"
COMPANIES = """
SELECT m.id AS membership_id, m.role, m.partner_id, c.slug, c.name, c.name2, c.demo
FROM membership m JOIN company c ON c.id = m.company_id
WHERE m.user_id = %(user)s AND m.ended_at IS NULL ORDER BY m.created_at, m.id LIMIT 200"""
ELSEWHERE = "SELECT belongs_elsewhere(%(user)s, %(company)s) AS elsewhere"


@dataclass(slots=True, frozen=True)
class Person:
    """A signed-in person, in no company."""

    device_id: uuid.UUID
    id: uuid.UUID
    login: str
    name: str
    locale: str | None
    theme: str


def person_of_device(session: Session, device_id: uuid.UUID) -> Person | None:
    """Who is signed in on a device; None where it was signed out."""
    row = Database(session).one(PERSON, device=device_id)
    return Person(*row) if row else None


def has_pin(session: Session, login: str) -> bool:
    """Whether a login is guarded by a short PIN, so that fewer tries are allowed."""
    pin = session.execute(select(User.pin).where(User.login == login)).scalar_one_or_none()
    session.rollback()
    return bool(pin)


def companies_of(session: Session, user_id: uuid.UUID) -> list[Any]:
    """The companies a user belongs to and as what (membership_id, role, slug, name, name2), the first joined first."""
    database = Database(session)
    database.ask(BE, user=str(user_id))
    return database.ask(COMPANIES, user=user_id)


def waiting_in(actor: Actor, slugs: Iterable[str]) -> dict[str, int]:
    """How many things wait on the person's Today in each of their companies, by its slug.

    One company after another, each entered by the person's own device and behind its own wall; at the end the actor
    stands where it stood.
    """
    counts: dict[str, int] = {}
    for slug in slugs:
        leave(actor.session)
        there = enter(actor.session, found_device(actor), slug)
        sources = [source for source in registers.cards if there.role in source.roles]
        counts[slug] = sum(len(list(source.cards(there))) for source in sources)
    leave(actor.session)
    actor.enter()
    return counts


def found_device(actor: Actor) -> uuid.UUID:
    """The device a person came by. Raises NotFound for a command or a job, which came by none."""
    if actor.device_id is None:
        raise NotFound
    return actor.device_id


def colleagues(actor: Actor, mark: str | None, *, partners: bool = False, size: int = 50) -> Page:
    """Who works here (or, with `partners`, the suppliers' and customers' people), in the order they came."""
    of_partners = Membership.role.in_(PARTNER_ROLES)
    statement = (
        select(Membership.id, Membership.role, Membership.partner_id, Membership.created_at, User.name, User.login)
        .join(User, User.id == Membership.user_id)
        .where(Membership.company_id == actor.company_id, Membership.ended_at.is_(None))
        .where(of_partners if partners else ~of_partners)
    )
    return page(actor.session, statement, [Membership.id], mark, descending=False, size=size)


def colleague(actor: Actor, membership_id: uuid.UUID, *, lock: bool = False) -> tuple[Membership, User]:
    """A living membership of the company and its person. Raises NotFound."""
    statement = (
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.company_id == actor.company_id,
            Membership.id == membership_id,
            Membership.ended_at.is_(None),
        )
    )
    if lock:
        statement = statement.with_for_update(of=Membership).execution_options(populate_existing=True)
    row = actor.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def last_seen(actor: Actor, user_id: uuid.UUID) -> datetime | None:
    """When a person last used one of their devices."""
    return actor.session.execute(select(func.max(Device.seen_at)).where(Device.user_id == user_id)).scalar_one_or_none()


def belongs_elsewhere(actor: Actor, user_id: uuid.UUID) -> bool:
    """Whether a user works in any other company."""
    row = actor.db.one(ELSEWHERE, user=user_id, company=actor.company_id)
    return bool(row and row.elsewhere)


def devices(actor: Actor) -> list[Device]:
    """Where the actor is signed in, the last used first."""
    living = select(Device).where(Device.user_id == actor.user.id, Device.ended_at.is_(None))
    return list(actor.session.execute(living.order_by(Device.seen_at.desc(), Device.id.desc()).limit(50)).scalars())


def passkeys(session: Session, user_id: uuid.UUID) -> list[Credential]:
    """A user's passkeys, the first made first."""
    theirs = select(Credential).where(Credential.user_id == user_id).order_by(Credential.created_at, Credential.id)
    return list(session.execute(theirs.limit(50)).scalars())


@dataclass(slots=True, frozen=True)
class WaysIn:
    """How many ways in the actor has."""

    login: str
    has_password: bool
    pin: bool
    passkeys: int
    codes: int
    devices: int


def ways_in(actor: Actor) -> WaysIn:
    """The actor's login and ways in, in one statement."""
    mine = actor.user.id
    keys = select(func.count()).where(Credential.user_id == mine).scalar_subquery()
    codes = select(func.count()).where(RecoveryCode.user_id == mine, RecoveryCode.used_at.is_(None)).scalar_subquery()
    signed_in = select(func.count()).where(Device.user_id == mine, Device.ended_at.is_(None)).scalar_subquery()
    row = actor.session.execute(
        select(User.login, User.password_hash.is_not(None), User.pin, keys, codes, signed_in).where(User.id == mine)
    ).one()
    return WaysIn(*row)


def is_alone(actor: Actor) -> bool:
    """Whether nobody else works here and nobody was invited yet."""
    others = select(Membership.id).where(Membership.company_id == actor.company_id, Membership.user_id != actor.user.id)
    return actor.session.execute(others.limit(1)).first() is None


def demo_company(session: Session) -> Any | None:
    """The demo company, if there is one: id, slug, name, name2."""
    row = session.execute(
        select(Company.id, Company.slug, Company.name, Company.name2).where(Company.demo).order_by(Company.id).limit(1)
    ).one_or_none()
    session.rollback()
    return row


def demo_people(session: Session, company_id: uuid.UUID) -> list[Any]:
    """The demo company's people (membership, role, name, login, password hash): for its one-tap sign-ins."""
    statement = (
        select(Membership.id, Membership.role, User.id.label("user_id"), User.name, User.login, User.password_hash)
        .join(User, User.id == Membership.user_id)
        .where(Membership.company_id == company_id, Membership.ended_at.is_(None), User.password_hash.is_not(None))
        .where(func.right(User.login, 5) == ".demo")
        .order_by(Membership.id)
        .limit(40)
    )
    return list(session.execute(statement))
