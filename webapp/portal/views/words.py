"""How an order stands, said to the supplier."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.kernel import calendar, show
from webapp.kernel.i18n import N_, _, _n, words
from webapp.kernel.wall import Actor
from webapp.kernel.web.pages import event_words
from webapp.purchasing.queries.orders import Happened, LineView


@dataclass(slots=True, frozen=True)
class Label:
    """A state to be shown: tone, icon and word."""

    tone: str
    icon: str
    word: str


STATES = {
    "sent": ("warn", {"icon": "message-circle-question-mark"}, N_("Wants your answer")),
    "accepted": ("ok", {"icon": "circle-check"}, N_("To be shipped")),
    "partly_accepted": ("ok", {"icon": "split"}, N_("Partly accepted")),
    "countered": ("", {"icon": "hourglass"}, N_("They decide on what you asked")),
    "refused": ("", {"icon": "circle-x"}, N_("Refused")),
    "partly_shipped": ("ink", {"icon": "truck"}, N_("Partly shipped")),
    "shipped": ("ink", {"icon": "truck"}, N_("On the way")),
    "partly_received": ("ink", {"icon": "package-minus"}, N_("Partly received")),
    "received": ("ok", {"icon": "package-check"}, N_("Received")),
    "closed": ("", {"icon": "circle-check"}, N_("Closed")),
    "cancelled": ("", {"icon": "circle-x"}, N_("Cancelled")),
    "arrived": ("ok", {"icon": "package-open"}, N_("Arrived")),
    "withdrawn": ("", {"icon": "circle-x"}, N_("Withdrawn")),
}


def label(state: str) -> Label:
    """How an order or a shipment in `state` stands."""
    tone, icon, word = STATES[state]
    return Label(tone, icon["icon"], words(word))


def line_label(view: LineView, actor: Actor) -> Label:
    """How a line stands for the supplier."""
    line = view.line
    if view.asked:
        return Label("warn", "message-circle-question-mark", _("They decide"))
    if line.refused and line.refused == line.quantity:
        return Label("", "circle-x", _("Not delivered"))
    if view.unanswered:
        return Label("warn", "message-circle-question-mark", _("Wants your answer"))
    if not view.left and not view.due:
        return Label("ok", "circle-check", _("Received"))
    days = len({split.day for split in view.promised})
    return Label(
        "ok", "circle-check", " + ".join(_day(split.day, split.quantity, days, actor) for split in view.promised)
    )


def _day(day: date, quantity: Decimal, days: int, actor: Actor) -> str:
    when = show.day(day, calendar.today(actor))
    return f"{show.quantity(quantity)} · {when}" if days > 1 else when


UNSAID = {"purchasing.order.sent_for": "purchasing.order.sent"}
"""What an entry tells the house and not the supplier: whose order it was bought for."""


def entries(happened: list[Happened], actor: Actor) -> list[dict[str, Any]]:
    """What happened, as the timeline macro takes it, without what is not theirs to know."""
    told = [one for one in happened if not one.code.endswith((".drafted", ".edited"))]
    return [
        {
            "when": show.moment(one.at, actor),
            "title": event_words(
                UNSAID.get(one.code, one.code), {k: v for k, v in one.params.items() if k != "because"}
            ),
            "text": one.who,
            "state": "now" if index == 0 else "done",
        }
        for index, one in enumerate(told)
    ]


def lines_words(count: int) -> str:
    """5 lines."""
    return _n("%(num)s line", "%(num)s lines", count)
