"""Why and when a follow-up is due, said to the reader."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, words
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .cadences import LEAD_ADDED, REASONS
from .models import FollowUp

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


def follow_up_state(due_on: date, due_at: time | None, today: date, code: str = "") -> str:
    """The state line of its card: Follow-up · today 15:00; New lead · by tomorrow 10:20."""
    said = when(due_on, due_at, today)
    if code == LEAD_ADDED:
        return _("New lead · by %(when)s", when=said) if due_on >= today else _("New lead · %(when)s", when=said)
    return _("Follow-up · %(when)s", when=said)


def tone(due_on: date, today: date) -> str:
    """Ink while it is due, amber once it is late."""
    return "warn" if due_on < today else "ink"


def follow_up_card(actor: Actor, follow_up: FollowUp, call: str, whom: str) -> dict[str, Any]:
    """The next step with a customer or a lead, as its card."""
    today, here = calendar.today(actor), url_for("crm.follow_up", id=follow_up.id)
    return {
        "state": follow_up_state(follow_up.due_on, follow_up.due_at, today, follow_up.code),
        "tone": tone(follow_up.due_on, today),
        "name": _("Speak with %(name)s", name=whom),
        "reason": why(follow_up.code, follow_up.params, today),
        "href": here,
        "action": {"label": _("Call"), "href": f"tel:{call}", "icon": "phone"}
        if call
        else {"label": _("Record it"), "href": here, "icon": "pencil"},
    }


def present_day(actor: Actor) -> date:
    """The company's day as it is now, also within an operation that was done days ago."""
    return calendar.now().astimezone(calendar.zone(actor)).date()


def on_arrival(actor: Actor, day: date) -> str:
    """A day as people say it when the answer arrives, which may be long after it was typed."""
    return show.day(day, present_day(actor))
