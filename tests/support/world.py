"""A company and its people, and one obvious way to let one of them do something."""

import itertools
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identity.models import Device
from webapp.identity.verbs import add_member, start_company
from webapp.identity.verbs.companies import new_user
from webapp.identity.verbs.sign_in import open_device
from webapp.kernel.perform import Operation, Outcome, before_wall, perform
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

T = TypeVar("T")
_n = itertools.count(1)
PASSWORD = "correct horse battery"


def a_company(session: Session, name: str = "Fenghe Foods", **policies: object) -> Actor:
    """A new company; the actor is its owner."""
    with before_wall(session):
        return start_company(session, name, new_user(f"owner{next(_n)}.{new_id()}", "Owner"), **policies)  # type: ignore[arg-type]


def a_member(owner: Actor, role: str, partner_id: UUID | None = None) -> Actor:
    """Another person of the owner's company, in a role."""
    user = new_user(f"{role}{next(_n)}.{new_id()}", role.title(), None)
    made: dict[str, UUID] = {}
    act(owner, lambda actor: made.update(id=add_member(actor, user, role, partner_id)))
    member = enter_as(owner.session, made["id"])
    owner.session.rollback()
    owner.session.info.pop("company", None)
    return member


def act(actor: Actor, work: Callable[[Actor], T], *, op_id: UUID | None = None, hot: bool = False) -> T:
    """Let `actor` do `work` as one operation, and return what the verb returned."""
    returned: list[T] = []

    def once(acting: Actor) -> Outcome:
        returned.append(work(acting))
        return Outcome()

    perform(Operation(actor, op_id or new_id(), "test", "test"), once, hot=hot)
    return returned[-1]


def look(actor: Actor, ask: Callable[[Actor], T]) -> T:
    """Let `actor` ask something, behind the wall and without writing."""
    actor.enter()
    try:
        return ask(actor)
    finally:
        actor.session.rollback()
        actor.session.info.pop("company", None)


def sign_in(client: object, actor: Actor) -> Device:
    """Give a test client the actor's signed-in device."""
    with before_wall(actor.session):
        device = open_device(actor.session, actor.user.id, "test")
    with client.session_transaction() as cookies:  # type: ignore[attr-defined]
        cookies["_user_id"] = str(device.id)
        cookies["_fresh"] = True
    return device
