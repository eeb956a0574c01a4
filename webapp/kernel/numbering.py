"""Gapless numbers. The counter's row is held until commit, so a verb takes its numbers last."""

from datetime import date

from .wall import Actor

TAKE = """
INSERT INTO counter AS c (company_id, kind, period, last) VALUES (%(company)s, %(kind)s, %(period)s, %(n)s)
ON CONFLICT (company_id, kind, period) DO UPDATE SET last = c.last + %(n)s RETURNING last"""


def take(actor: Actor, kind: str, on: date) -> str:
    """The next document number of the month, such as SO-2611-0093. Rolled back, it is free again."""
    return take_many(actor, kind, on, 1)[0]


def take_many(actor: Actor, kind: str, on: date, n: int) -> list[str]:
    """The next `n` numbers of the month, in order."""
    period = f"{on:%y%m}"
    row = actor.db.one(TAKE, company=actor.company_id, kind=kind, period=period, n=n)
    assert row is not None
    return [f"{kind}-{period}-{number:04d}" for number in range(row.last - n + 1, row.last + 1)]
