"""How often one may try: counted in a table that all workers share, in a transaction of its own."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.kernel.i18n import N_
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import Refused

COUNT = """
INSERT INTO rate_limit AS r (key, window_start, tries)
VALUES (%(key)s, to_timestamp(floor(extract(epoch FROM now()) / %(seconds)s) * %(seconds)s), 1)
ON CONFLICT (key, window_start) DO UPDATE SET tries = r.tries + 1 RETURNING tries"""
FORGIVE = """
UPDATE rate_limit SET tries = tries - 1
WHERE key = %(key)s AND tries > 0
  AND window_start = to_timestamp(floor(extract(epoch FROM now()) / %(seconds)s) * %(seconds)s)"""
SWEEP = "DELETE FROM rate_limit WHERE window_start < now() - interval '40 days'"


class TooMany(Refused):
    """Tried too often (429): wait, then try again."""

    status = 429


@dataclass(slots=True, frozen=True)
class Limit:
    """At most `tries` in `minutes`, for one key."""

    key: str
    tries: int
    minutes: int
    message: str = N_("Too many tries. Wait %(minutes)s minutes, then try again.")


def of_login(login: str, *, pin: bool = False) -> Limit:
    """Tries for one login: ten in ten minutes; five in half an hour where a short PIN is all there is to guess."""
    return Limit(f"login:{login}", 5, 30) if pin else Limit(f"login:{login}", 10, 10)


def of_address(address: str) -> Limit:
    """Failures from one address, whoever is tried."""
    return Limit(f"address:{address}", 50, 10)


def of_code(link_id: object) -> Limit:
    """Tries at the one-time code of a link."""
    return Limit(
        f"code:{link_id}", 5, 30 * 24 * 60, N_("The code was wrong five times. Ask for a new link, and its code.")
    )


def count_try(session: Session, *limits: Limit) -> None:
    """Count a try before it is made. Raises TooMany where one of the limits is passed; it stays counted."""
    passed: list[Limit] = []
    with before_wall(session) as database:
        for limit in limits:
            row = database.one(COUNT, key=limit.key, seconds=limit.minutes * 60)
            if row is None or row.tries > limit.tries:
                passed.append(limit)
    for limit in passed:
        raise TooMany("too_many", limit.message, minutes=limit.minutes)


def forgive(session: Session, *limits: Limit) -> None:
    """Take back a try that succeeded: only failures count."""
    with before_wall(session) as database:
        for limit in limits:
            database.run(FORGIVE, key=limit.key, seconds=limit.minutes * 60)


def sweep(session: Session) -> None:
    """Forget windows long over."""
    with before_wall(session) as database:
        database.run(SWEEP)
