"""What a person likes to see: language and theme."""

import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session

from webapp.identity.models import User
from webapp.kernel.i18n import LOCALES
from webapp.kernel.refusals import NotFound

THEMES = ("auto", "light", "dark")


def choose_language(session: Session, user_id: uuid.UUID, locale: str) -> None:
    """Read everything in `locale` from now on. Raises NotFound for a language there is not."""
    if locale not in LOCALES:
        raise NotFound
    session.execute(update(User).where(User.id == user_id).values(locale=locale))


def choose_theme(session: Session, user_id: uuid.UUID, theme: str) -> None:
    """Light, dark, or as the device has it. Raises NotFound for another."""
    if theme not in THEMES:
        raise NotFound
    session.execute(update(User).where(User.id == user_id).values(theme=theme))
