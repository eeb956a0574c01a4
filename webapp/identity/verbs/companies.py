"""Starting a company and its first people; its name and policies."""

import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from pypinyin import lazy_pinyin
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identity.logins import LEAST, MOST, folded
from webapp.identity.models import Company, Membership, User
from webapp.kernel import timeline
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.register import registers
from webapp.kernel.settings import raise_version, set_setting, setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

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
    first_period: date | None = None,
    company_id: uuid.UUID | None = None,
) -> Actor:
    """Make a company with its owner, and let every package lay down what a new one needs. Returns the owner as actor.

    `company_id` is the operation that asked for it, so that asked twice there is one. `first_period` is any day of
    the month its books begin with. Runs in the caller's transaction. Refused where the name is empty.
    """
    if not name.strip():
        raise Refused("company.name", N_("Give the company a name."), field="name")
    company = Company(
        id=company_id or new_id(),
        slug=free_slug(session, name2 or name),
        name=name.strip(),
        name2=(name2 or "").strip() or None,
        currency=currency,
        time_zone=time_zone,
        taxpayer=taxpayer,
        prices_with_tax=prices_with_tax,
        demo=demo,
    )
    session.add_all([company, owner])
    session.flush()  # the membership's keys must stand before row-level security lets it in
    actor = _first_member(session, company, owner)
    if first_period:
        set_setting(actor, "company.first_period", first_period.replace(day=1).isoformat())
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


def add_member(
    actor: Actor, user: User, role: str, partner_id: uuid.UUID | None = None, *, staff_number: str | None = None
) -> uuid.UUID:
    """Give a user a role in the actor's company; suppliers and customers with their partner. Returns the membership."""
    membership = Membership(
        id=new_id(),
        company_id=actor.company_id,
        user_id=user.id,
        role=role,
        partner_id=partner_id,
        staff_number=staff_number,
    )
    actor.session.add(user)
    actor.session.flush()  # the membership's key must stand: the Session gives no order between the two
    actor.session.add(membership)
    actor.session.flush()  # a doubled membership must be refused here, beside the form
    return membership.id


def new_user(login: str, name: str, password: str | None = None, locale: str | None = None) -> User:
    """A user not yet stored. `login` is folded to what is kept."""
    return User(
        id=new_id(),
        login=folded(login),
        name=name.strip(),
        password_hash=hashed(password) if password else None,
        locale=locale,
    )


def check_login(session: Session, login: str, *, field: str = "login") -> None:
    """Refuse a login that is too short or long, has a space in it, or is someone's already."""
    kept = folded(login)
    if not LEAST <= len(kept) <= MOST or re.search(r"\s", kept):
        raise Refused(
            "login.form",
            N_("An e-mail address, a mobile number, or a name without spaces, of 3 characters or more."),
            field=field,
        )
    if session.execute(select(User.id).where(User.login == kept)).first():
        raise Refused("login.taken", N_("Someone signs in with this already. Choose another."), field=field)


def login_for(name: str) -> str:
    """A login for who needs none, since a passkey lets them in: the name in pinyin and four digits."""
    base = re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(name)).casefold())[:24] or "user"
    return f"{base}-{secrets.randbelow(10**6):06d}"


def free_slug(session: Session, name: str) -> str:
    """A short name for the company's path that nobody has: pinyin for Chinese names."""
    base = re.sub(r"[^a-z0-9]+", "-", "".join(lazy_pinyin(name)).casefold()).strip("-")[:24] or "company"
    taken = set(session.execute(select(Company.slug).where(Company.slug.startswith(base))).scalars())
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


def change_company(
    actor: Actor, *, name: str, name2: str | None, policies: Mapping[str, Any], base_version: int | None
) -> Outcome:
    """The company's names and those of its policies that differ. Stale where someone changed them meanwhile."""
    company = actor.session.execute(
        select(Company)
        .where(Company.id == actor.company_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if base_version is not None and base_version != company.version:
        raise Stale(
            "company.stale", N_("Someone else changed these settings meanwhile. Look at them, then send yours again.")
        )
    changed = {key: value for key, value in policies.items() if setting(actor, key) != value}
    if company.name != name or company.name2 != name2:
        company.name, company.name2 = name, name2
        actor.session.flush()  # before its version rises by a plain statement
        raise_version(actor)
        changed["company.name"] = name
    for key in [key for key in changed if key in registers.settings]:
        set_setting(actor, key, changed[key])
    if changed:
        timeline.record(actor, "identity.company", "company", actor.company_id, changed=changed)
    return Outcome(message=N_("Saved."))
