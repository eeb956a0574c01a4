"""How sending went, whichever way it went; and how long to wait before the next try."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

from webapp.kernel import calendar

TRIES = 6
FIRST, LONGEST = 30, 3600  # seconds


@dataclass(slots=True, frozen=True)
class Result:
    """`sent`, `waiting` (try again, not before `after`), `failed` (never will), `gone` (nobody is there any more)."""

    state: str
    fault: str = ""
    after: timedelta | None = None


SENT = Result("sent")


def backoff(tries: int) -> timedelta:
    """30 s, a minute, two, four …, an hour at most."""
    return timedelta(seconds=min(LONGEST, FIRST * 2 ** max(0, tries - 1)))


def retry_after(text: str | None) -> timedelta | None:
    """What a service asks for in Retry-After, seconds or a date; an hour at most."""
    if not text:
        return None
    try:
        wait = _seconds(text) if text.strip().isdigit() else parsedate_to_datetime(text) - calendar.now()
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), timedelta(seconds=LONGEST))


def _seconds(text: str) -> timedelta:
    return timedelta(seconds=min(int(text), LONGEST))
