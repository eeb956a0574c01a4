"""Quiet hours: in the company's time zone, over midnight, and what came meanwhile is one message in the morning."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tests.support.notices import a_company_where_it_is, takes_push, tell
from tests.support.services import Service
from tests.support.world import a_member, act, look
from webapp.kernel.wall import Actor
from webapp.notices.quiet import quiet_until
from webapp.notices.verbs import choose

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("at", "begins", "ends", "until"),
    [
        ("2026-11-24 20:59", "21:00", "07:30", None),
        ("2026-11-24 21:00", "21:00", "07:30", "2026-11-25 07:30"),
        ("2026-11-24 23:30", "21:00", "07:30", "2026-11-25 07:30"),
        ("2026-11-25 03:00", "21:00", "07:30", "2026-11-25 07:30"),
        ("2026-11-25 07:30", "21:00", "07:30", None),
        ("2026-11-25 12:30", "12:00", "14:00", "2026-11-25 14:00"),
        ("2026-11-25 14:00", "12:00", "14:00", None),
        ("2026-11-25 14:00", "09:00", "09:00", None),
    ],
)
def test_hours(at: str, begins: str, ends: str, until: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    found = quiet_until(moment, SHANGHAI, time.fromisoformat(begins), time.fromisoformat(ends))
    assert found == (datetime.fromisoformat(until).replace(tzinfo=SHANGHAI) if until else None)


def test_at_night_it_waits_for_the_morning(session: Session, service: Service, carry: Callable[[Actor], None]) -> None:
    owner = a_company_where_it_is(session, 23)
    rep = a_member(owner, "sales")
    takes_push(rep, service.url)
    tell(owner, rep)
    carry(rep)
    assert not service.requests
    asked = "SELECT max(scheduled_at) AS at FROM procrastinate_jobs WHERE args ->> 'user_id' = %(user)s"
    morning = look(owner, lambda a: a.db.one(asked, user=str(rep.user.id))).at
    assert morning.astimezone(ZoneInfo(owner.company.time_zone)).time() == time(7, 30)


def test_who_wants_it_at_night_gets_it(session: Session, service: Service, carry: Callable[[Actor], None]) -> None:
    owner = a_company_where_it_is(session, 23)
    rep = a_member(owner, "sales")
    takes_push(rep, service.url)
    hours = {"begins": time(21), "ends": time(7, 30), "mail": None, "choices": {}, "locale": "en"}
    act(rep, lambda a: choose(a, quiet=False, base_version=None, **hours))
    tell(owner, rep)
    carry(rep)
    assert len(service.requests) == 1
