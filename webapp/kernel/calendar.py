"""Days. A day belongs to the company's time zone; moments are kept in UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

from .wall import Actor


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def zone(actor: Actor | None) -> ZoneInfo:
    """The company's time zone; Shanghai where there is no company."""
    return ZoneInfo(actor.company.time_zone if actor else "Asia/Shanghai")


def today(actor: Actor | None) -> date:
    """The company's day: within an operation, the day it was done, which may be before it arrived here."""
    moment = (actor.done_at if actor else None) or now()
    return moment.astimezone(zone(actor)).date()


def is_working_day(day: date) -> bool:
    """Whether `day` is worked in China, make-up days included (State Council's calendar; weekends if unpublished)."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days_after(day: date, days: int) -> date:
    """The day `days` working days after `day`."""
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day
