"""Passwords, by argon2id with the library's own parameters (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody signs in with this")


def hashed(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one kept. Takes as long where there is none, so that logins cannot be guessed."""
    try:
        return _hasher.verify(kept or _nobody, password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False
