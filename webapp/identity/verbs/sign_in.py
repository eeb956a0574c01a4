"""Signing in and out. A sign-in makes a device, which the cookie names; ending it signs that browser out."""

import uuid

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.identity.logins import folded
from webapp.identity.models import Device, User
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .passwords import matches


def sign_in_with_password(session: Session, login: str, password: str, label: str) -> Device:
    """A device for whoever knows the password. Refused alike for an unknown login and a wrong password."""
    user = session.execute(select(User).where(User.login == folded(login))).scalar_one_or_none()
    if not matches(user.password_hash if user else None, password) or user is None:
        raise Refused("sign_in", N_("Login and password do not fit. Check both and try again."), field="password")
    return open_device(session, user.id, label)


def open_device(session: Session, user_id: uuid.UUID, label: str) -> Device:
    """A signed-in browser of a user who has proven who they are."""
    device = Device(id=new_id(), user_id=user_id, label=label[:200])
    session.add(device)
    return device


def sign_out(session: Session, device_id: uuid.UUID) -> None:
    """End a device; a second time does no harm."""
    session.execute(update(Device).where(Device.id == device_id, Device.ended_at.is_(None)).values(ended_at=func.now()))


def sign_out_device(actor: Actor, device_id: uuid.UUID) -> Outcome:
    """End one of the actor's own devices. Raises NotFound for another's."""
    ended = actor.session.execute(
        update(Device)
        .where(Device.id == device_id, Device.user_id == actor.user.id, Device.ended_at.is_(None))
        .values(ended_at=func.now())
        .returning(Device.label)
    ).scalar_one_or_none()
    if ended is None:
        raise NotFound
    return Outcome(message=N_("%(device)s is signed out."), params={"device": ended})


def seen(session: Session, device_id: uuid.UUID) -> None:
    """Note that a device is in use; asked for at most once an hour."""
    session.execute(update(Device).where(Device.id == device_id).values(seen_at=func.now()))
