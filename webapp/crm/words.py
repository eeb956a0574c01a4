"""Why and when a follow-up is due, said to the reader."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from webapp.kernel import show
from webapp.kernel.i18n import _, _n, words

from .cadences import REASONS

DAYS = ("day", "due", "until")


def why(code: str, params: Mapping[str, Any], today: date) -> str:
    """The reason, with its days as people say them."""
    said = {key: show.day(date.fromisoformat(value), today) if key in DAYS else value for key, value in params.items()}
    return words(REASONS[code], said) if code in REASONS else ""


def when(due_on: date, due_at: time | None, today: date) -> str:
    """Today 15:00; 3 days overdue."""
    late = (today - due_on).days
    if late > 0:
        return _n("%(num)s day overdue", "%(num)s days overdue", late)
    day = show.day(due_on, today)
    return f"{day} {due_at:%H:%M}" if due_at else day


def follow_up_state(due_on: date, due_at: time | None, today: date) -> str:
    """The state line of its card: Follow-up · today 15:00."""
    return _("Follow-up · %(when)s", when=when(due_on, due_at, today))


def tone(due_on: date, today: date) -> str:
    """Ink while it is due, amber once it is late."""
    return "warn" if due_on < today else "ink"
