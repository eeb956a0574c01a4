"""Letting people act, one operation after another, as the pages would: for imports, the demo company and tests."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sqlalchemy.orm import Session

from webapp.identity import add_member, new_user
from webapp.kernel import calendar
from webapp.kernel.perform import Operation, Outcome, perform
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

T = TypeVar("T")


def do(
    actor: Actor,
    work: Callable[[Actor], T],
    *,
    at: datetime | None = None,
    verb: str = "onboarding",
    op_id: uuid.UUID | None = None,
    hot: bool = False,
) -> T:
    """Let `actor` do `work` as an operation of its own, done `at` (now where None). Returns what `work` returned."""
    returned: list[T] = []

    def once(acting: Actor) -> Outcome:
        returned.append(work(acting))
        return Outcome()

    perform(Operation(actor, op_id or new_id(), verb, done_at=at), once, hot=hot)
    return returned[-1]


def look(actor: Actor, ask: Callable[[Actor], T]) -> T:
    """Let `actor` ask something, behind the wall and without writing."""
    actor.enter()
    try:
        return ask(actor)
    finally:
        actor.session.rollback()
        actor.session.info.pop("company", None)


def member(
    owner: Actor,
    login: str,
    name: str,
    role: str,
    *,
    partner_id: uuid.UUID | None = None,
    password: str | None = None,
    locale: str | None = None,
    staff_number: str | None = None,
) -> Actor:
    """A new user with a role in the owner's company, ready to act."""
    user = new_user(login, name, password, locale)
    membership = do(owner, lambda actor: add_member(actor, user, role, partner_id, staff_number=staff_number))
    return entered(owner.session, membership)


def entered(session: Session, membership_id: uuid.UUID) -> Actor:
    """The actor of a membership; the wall is entered by each operation anew."""
    actor = enter_as(session, membership_id)
    session.rollback()
    session.info.pop("company", None)
    return actor


def moment(actor: Actor, day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in the company's time zone, in UTC."""
    return datetime.combine(day, time(hour, minute), calendar.zone(actor)).astimezone(UTC)
