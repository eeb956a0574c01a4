"""The company wall: who acts, in which company, as what. One statement reads the membership and sets the wall."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .db import leave
from .pipeline import Database
from .refusals import NotFound

ENTER = "SELECT * FROM enter(%(device)s, %(company)s)"
ENTER_AS_MEMBER = "SELECT * FROM enter_as(%(membership)s)"


@dataclass(slots=True, frozen=True)
class Company:
    """The company acted in. `version` rises when settings, accounts or rules change; caches key on it."""

    id: uuid.UUID
    slug: str
    name: str
    name2: str | None
    currency: str
    time_zone: str
    taxpayer: str
    prices_with_tax: bool
    chart: str
    demo: bool
    version: int


@dataclass(slots=True, frozen=True)
class User:
    """The person who acts."""

    id: uuid.UUID
    name: str
    locale: str | None
    theme: str


@dataclass(slots=True)
class Actor:
    """Session, company, membership and operation: all that a verb may reach for."""

    session: Session
    company: Company
    user: User
    membership_id: uuid.UUID
    role: str
    partner_id: uuid.UUID | None
    device_id: uuid.UUID | None = None
    operation: Any = None
    noted: list[Any] = field(default_factory=list)
    """What is settled at the end of the verb, such as vouchers awaiting their numbers (see `perform`)."""
    db: Database = field(init=False)

    def __post_init__(self) -> None:
        self.db = Database(self.session)

    @property
    def is_portal(self) -> bool:
        """Whether this is a supplier's or customer's user, behind the second wall."""
        return self.role in ("supplier", "customer")

    @property
    def company_id(self) -> uuid.UUID:
        """The company's key, for statements."""
        return self.company.id

    @property
    def op_id(self) -> uuid.UUID | None:
        """The operation under way."""
        return self.operation.id if self.operation else None

    @property
    def done_at(self) -> datetime | None:
        """When the person did it, where that was before it arrived here (a phone without a signal)."""
        return self.operation.done_at if self.operation else None

    @property
    def queued(self) -> bool:
        """Whether the operation under way waited on a phone first: what is physical in it has happened."""
        return bool(self.operation and self.operation.queued)

    def enter(self) -> None:
        """Set the wall again, after a commit or rollback. Raises NotFound if the membership has ended since."""
        row = self.db.one(ENTER_AS_MEMBER, membership=self.membership_id)
        if row is None:
            raise NotFound
        self.session.info["company"] = self.company.id


def enter(session: Session, device_id: uuid.UUID, company_slug: str) -> Actor:
    """The actor of a signed-in device in a company: the request's first statement.

    Raises NotFound where the device is signed out or its user is no member there.
    """
    row = Database(session).one(ENTER, device=device_id, company=company_slug)
    if row is None:
        raise NotFound
    return _actor(session, row, device_id)


def enter_as(session: Session, membership_id: uuid.UUID) -> Actor:
    """The actor of a membership, for commands and jobs (never from a request)."""
    row = Database(session).one(ENTER_AS_MEMBER, membership=membership_id)
    if row is None:
        raise NotFound
    return _actor(session, row, None)


def enter_company(session: Session, said: str) -> Actor:
    """The actor of a company's first owner, by its slug or name, for commands and jobs. Raises NotFound."""
    row = Database(session).one("SELECT owner_of_company(%(said)s) AS id", said=said)
    if row is None or row.id is None:
        raise NotFound
    return enter_as(session, row.id)


@contextmanager
def behind_wall(session: Session, company_id: uuid.UUID) -> Iterator[Database]:
    """Set the wall of a company for a link's visitor, who has no membership; rolled back at the end."""
    database = Database(session)
    database.ask("SELECT set_config('app.company', %(company)s, true)", company=str(company_id))
    session.info["company"] = company_id
    try:
        yield database
    finally:
        leave(session)


def _actor(session: Session, row: Any, device_id: uuid.UUID | None) -> Actor:
    session.info["company"] = row.company_id
    return Actor(
        session=session,
        company=Company(
            id=row.company_id,
            slug=row.slug,
            name=row.company_name,
            name2=row.company_name2,
            currency=row.currency,
            time_zone=row.time_zone,
            taxpayer=row.taxpayer,
            prices_with_tax=row.prices_with_tax,
            chart=row.chart,
            demo=row.demo,
            version=row.company_version,
        ),
        user=User(id=row.user_id, name=row.user_name, locale=row.locale, theme=row.theme),
        membership_id=row.membership_id,
        role=row.role,
        partner_id=row.partner_id,
        device_id=device_id,
    )
