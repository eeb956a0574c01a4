"""Passwords and PINs, by argon2id with the library's own parameters (RFC 9106)."""

import itertools
import uuid

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.identity.models import Device, User
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor

LEAST_PASSWORD, LEAST_PIN = 10, 6

_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody signs in with this")


def hashed(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one kept. Takes as long where there is none, so that logins cannot be guessed."""
    try:
        _hasher.verify(kept or _nobody, password)  # raises where it does not fit
        return kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def check_password(password: str, login: str, *, field: str = "password") -> None:
    """Refuse what is easily guessed: under ten characters, the login itself, one character over and over."""
    if len(password) < LEAST_PASSWORD:
        raise Refused(
            "password.short",
            N_("At least %(least)s characters; this has %(n)s. Three or four words do well."),
            field=field,
            least=LEAST_PASSWORD,
            n=len(password),
        )
    if password.strip().casefold() == login.strip().casefold():
        raise Refused("password.login", N_("The login itself is no password. Choose another."), field=field)
    if len(set(password)) < 4:
        raise Refused("password.same", N_("That is too easily guessed. Mix more characters."), field=field)


def check_pin(pin: str, login: str, *, field: str = "pin") -> None:
    """Refuse a PIN that is no six digits or more, or is the first that anyone would try."""
    if not (pin.isascii() and pin.isdigit() and len(pin) >= LEAST_PIN):
        raise Refused("pin.digits", N_("At least %(least)s digits, and digits alone."), field=field, least=LEAST_PIN)
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(pin)}
    if len(set(pin)) < 3 or steps in ({1}, {-1}) or pin == login or login.endswith(pin):
        raise Refused("pin.easy", N_("That is too easily guessed. Choose other digits."), field=field)


def set_secret(user: User, secret: str, *, pin: bool, field: str = "password") -> None:
    """Give a user a password, or a PIN, after checking it."""
    (check_pin if pin else check_password)(secret, user.login, field=field)
    user.password_hash, user.pin = hashed(secret), pin


def change_password(actor: Actor, current: str, new: str) -> Outcome:
    """A new password for whoever knows the one there is (if there is one); every other device is signed out."""
    user = _locked(actor.session, actor.user.id)
    if user.password_hash and not matches(user.password_hash, current):
        raise Refused("password.current", N_("That is not your password. Check it and try again."), field="current")
    set_secret(user, new, pin=user.pin and new.isdigit(), field="new")
    others = Device.id != actor.device_id if actor.device_id else Device.id.is_not(None)
    actor.session.execute(
        update(Device).where(Device.user_id == user.id, Device.ended_at.is_(None), others).values(ended_at=func.now())
    )
    return Outcome(message=N_("Password changed. Other devices are signed out."))


def _locked(session: Session, user_id: uuid.UUID) -> User:
    user = session.execute(select(User).where(User.id == user_id).with_for_update()).scalar_one_or_none()
    if user is None:
        raise NotFound
    return user
