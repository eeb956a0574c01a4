"""Recovery codes: ten, shown once, each good once; kept as hashes."""

import uuid

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.identity.installation import sealed
from webapp.identity.logins import folded
from webapp.identity.models import Device, RecoveryCode, User
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor

from .sign_in import open_device

CODES = 10
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a digit."""


def codes_of(user_id: uuid.UUID, made: uuid.UUID) -> list[str]:
    """The codes that operation `made` gave a user: twelve letters each (60 bits), made by this installation's key."""
    return [_code(sealed("recovery", user_id.bytes, made.bytes, bytes([n]))) for n in range(CODES)]


def _code(digest: bytes) -> str:
    letters = "".join(LETTERS[byte % 32] for byte in digest[:12])
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def make_codes(actor: Actor) -> Outcome:
    """Ten new codes in place of those there were; `codes_of` tells them, once, to whoever did this."""
    assert actor.operation is not None
    session, user = actor.session, actor.user
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.add_all(
        RecoveryCode(code_hash=hash_of(user.id, code), user_id=user.id)
        for code in codes_of(user.id, actor.operation.id)
    )
    return Outcome()


def hash_of(user_id: uuid.UUID, code: str) -> bytes:
    """The hash of a code as typed: case, dashes and spaces do not matter; o, i, l are the digits they mimic."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum()).translate(str.maketrans("oil", "011"))
    return sealed("recovery-hash", user_id.bytes, plain.encode("utf-8", "replace"))


def sign_in_with_code(session: Session, login: str, code: str, label: str) -> Device:
    """A device for whoever has a code that was not used. Refused alike for an unknown login and a wrong code."""
    user = session.execute(select(User).where(User.login == folded(login))).scalar_one_or_none()
    used = (
        user
        and session.execute(
            update(RecoveryCode)
            .where(RecoveryCode.code_hash == hash_of(user.id, code), RecoveryCode.used_at.is_(None))
            .values(used_at=func.now())
            .returning(RecoveryCode.user_id)
        ).scalar_one_or_none()
    )
    if user is None or not used:
        raise Refused("recovery", N_("Login and code do not fit, or the code was used. Try another."), field="code")
    return open_device(session, user.id, label)
