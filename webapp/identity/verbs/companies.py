"""Starting a company and its first people."""

import re
import uuid

from pypinyin import lazy_pinyin
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.register import registers
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

from webapp.identity.models import Company, Membership, User
from .passwords import hashed


def start_company(
    session: Session,
    name: str,
    owner: User,
    *,
    name2: str | None = None,
    currency: str = "CNY",
    time_zone: str = "Asia/Shanghai",
    taxpayer: str = "general",
    prices_with_tax: bool = True,
    demo: bool = False,
) -> Actor:
    """Make a company with its owner, and let every package lay down what a new one needs. Returns the owner as actor.

    Runs in the caller's transaction. Refused where the name is empty.
    """
    if not name.strip():
        raise Refused("company.name", N_("Give the company a name."), field="name")
    company = Company(
        id=new_id(),
        slug=free_slug(session, name2 or name),
        name=name.strip(),
        name2=name2,
        currency=currency,
        time_zone=time_zone,
        taxpayer=taxpayer,
        prices_with_tax=prices_with_tax,
        demo=demo,
    )
    session.add_all([company, owner])
    session.flush()  # the membership's keys must stand before row-level security lets it in
    actor = _first_member(session, company, owner)
    for start in registers.starts:
        start(actor)
    return actor


def _first_member(session: Session, company: Company, owner: User) -> Actor:
    membership = Membership(id=new_id(), company_id=company.id, user_id=owner.id, role="owner")
    session.connection().exec_driver_sql(
        "SELECT set_config('app.company', %(company)s, true)", {"company": str(company.id)}
    )
    session.add(membership)
    session.flush()  # so that the wall can be entered by it
    return enter_as(session, membership.id)


def add_member(actor: Actor, user: User, role: str, partner_id: uuid.UUID | None = None) -> uuid.UUID:
    """Give a user a role in the actor's company; suppliers and customers with their partner. Returns the membership."""
    membership = Membership(id=new_id(), company_id=actor.company_id, user_id=user.id, role=role, partner_id=partner_id)
    actor.session.add(user)
    actor.session.flush()  # the membership names the user, and nothing else tells the Session which goes first
    actor.session.add(membership)
    actor.session.flush()  # a doubled membership must be refused here, beside the form
    return membership.id


def new_user(login: str, name: str, password: str | None = None, locale: str | None = None) -> User:
    """A user not yet stored. `login` is folded to lower case."""
    return User(
        id=new_id(),
        login=login.strip().casefold(),
        name=name.strip(),
        password_hash=hashed(password) if password else None,
        locale=locale,
    )


def free_slug(session: Session, name: str) -> str:
    """A short name for the company's path that nobody has: pinyin for Chinese names."""
    base = re.sub(r"[^a-z0-9]+", "-", "".join(lazy_pinyin(name)).casefold()).strip("-")[:24] or "company"
    taken = set(session.execute(select(Company.slug).where(Company.slug.startswith(base))).scalars())
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
