"""A company and its people, and one obvious way to let one of them do something."""

import itertools
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identity.models import Device
from webapp.identity.verbs import add_member, start_company
from webapp.identity.verbs.companies import new_user
from webapp.identity.verbs.sign_in import open_device
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do as act
from webapp.onboarding.acting import entered, look

__all__ = ["PASSWORD", "a_company", "a_member", "act", "look", "sign_in"]

_n = itertools.count(1)
PASSWORD = "correct horse battery"


def a_company(session: Session, name: str = "Fenghe Foods", **policies: object) -> Actor:
    """A new company; the actor is its owner."""
    with before_wall(session):
        return start_company(session, name, new_user(f"owner{next(_n)}.{new_id()}", "Owner"), **policies)  # type: ignore[arg-type]


def a_member(owner: Actor, role: str, partner_id: UUID | None = None) -> Actor:
    """Another person of the owner's company, in a role."""
    user = new_user(f"{role}{next(_n)}.{new_id()}", role.title(), None)
    return entered(owner.session, act(owner, lambda actor: add_member(actor, user, role, partner_id)))


def sign_in(client: object, actor: Actor) -> Device:
    """Give a test client the actor's signed-in device."""
    with before_wall(actor.session):
        device = open_device(actor.session, actor.user.id, "test")
    with client.session_transaction() as cookies:  # type: ignore[attr-defined]
        cookies["_user_id"] = str(device.id)
        cookies["_fresh"] = True
    return device
