"""Quiet hours: what is not urgent enough to wake anyone waits until morning."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

FROM, TO = time(21, 0), time(7, 30)
"""When it is quiet for who has not said otherwise, in the company's time zone."""


def quiet_until(moment: datetime, zone: ZoneInfo, begins: time = FROM, ends: time = TO) -> datetime | None:
    """When the quiet that `moment` lies in ends; None where it is not quiet. The hours may span midnight."""
    if begins == ends:
        return None
    local = moment.astimezone(zone)
    clock = local.time()
    over_midnight = begins > ends
    inside = clock >= begins or clock < ends if over_midnight else begins <= clock < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= begins else 0)
    return datetime.combine(day, ends, zone)
