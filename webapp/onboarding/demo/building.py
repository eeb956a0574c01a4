"""Building the demo company: what it is, ninety days of trade, and what waits today."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from webapp.identity import DEMO_PASSWORD, new_user, start_company
from webapp.kernel import calendar
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import moment

from . import goods, people
from .history import History
from .waiting import leave_waiting

DAYS = 90
"""Days of history before today."""


def build(session: Session) -> Iterator[str]:
    """Make the demo company; yields a word a day of its history, for a progress bar (DAYS + 2 in all)."""
    owner = _found(session)
    today = calendar.today(owner)
    first = today - timedelta(days=DAYS)
    stocked = goods.bring_in(owner, moment(owner, first - timedelta(days=1), 9))
    crew = people.hire(owner, DEMO_PASSWORD, stocked.firms())
    yield "goods and people"
    history = History(crew, stocked, first=first, days=DAYS)
    for day in (today - timedelta(days=back) for back in range(DAYS, 0, -1)):
        history.live(day)
        yield day.isoformat()
    leave_waiting(history, today)
    yield "today"


def _found(session: Session) -> Actor:
    with before_wall(session):
        return start_company(
            session,
            "丰禾食品",
            new_user(people.OWNER.login, people.OWNER.name, DEMO_PASSWORD),
            name2="Fenghe Foods",
            demo=True,
        )
