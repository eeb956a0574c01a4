"""How documents stand, in words with a tone and an icon."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import format_date

from webapp.kernel import show
from webapp.kernel.i18n import _, _n, reading, words
from webapp.purchasing.queries.orders import Happened, LineView
from webapp.purchasing.states import ORDER, RECEIPT, SHIPMENT


class Look(NamedTuple):
    """Tone and icon of a state."""

    tone: str
    icon: str


LOOKS = {
    "draft": Look("", icon="file-text"),
    "sent": Look("", icon="hourglass"),
    "accepted": Look("ok", icon="circle-check"),
    "partly_accepted": Look("ok", icon="split"),
    "countered": Look("warn", icon="message-circle-question-mark"),
    "refused": Look("bad", icon="circle-x"),
    "partly_shipped": Look("ink", icon="truck"),
    "shipped": Look("ink", icon="truck"),
    "arrived": Look("warn", icon="package-open"),
    "partly_received": Look("ink", icon="package-minus"),
    "received": Look("ok", icon="package-check"),
    "posted": Look("ok", icon="package-check"),
    "reversed": Look("", icon="undo-2"),
    "reversal": Look("", icon="undo-2"),
    "withdrawn": Look("", icon="circle-x"),
    "closed": Look("", icon="circle-check"),
    "cancelled": Look("", icon="circle-x"),
}
WORDS = {**RECEIPT.words, **SHIPMENT.words, **ORDER.words}


@dataclass(slots=True, frozen=True)
class Label:
    """A state to be shown: tone, icon and word."""

    tone: str
    icon: str
    word: str


def label(state: str) -> Label:
    """How a document in `state` stands."""
    return Label(*LOOKS[state], words(WORDS[state]))


def order_label(state: str, late_since: date | None, today: date) -> Label:
    """The same for an order: that it is late comes first."""
    if late_since and state != "countered":
        days = (today - late_since).days
        return Label("bad", "octagon-alert", _n("%(num)s day late", "%(num)s days late", days))
    return label(state)


def line_label(view: LineView) -> Label:
    """How a line was answered."""
    line = view.line
    if view.asked:
        return Label("warn", "message-circle-question-mark", asks(view))
    if line.refused and line.refused == line.quantity:
        return Label("bad", "circle-x", _("Refused"))
    return Label("", "hourglass", _("No answer yet")) if view.unanswered else _agreed_label(view)


def _agreed_label(view: LineView) -> Label:
    line = view.line
    days = {split.day for split in view.promised}
    if len(days) > 1:
        return Label("ok", "split", _n("%(num)s date", "%(num)s dates", len(days)))
    if line.refused:
        return Label("warn", "package-minus", _("%(q)s refused", q=show.quantity(line.refused)))
    if any(split.price != line.price for split in view.promised):
        return Label("ok", "circle-check", _("New price agreed"))
    if any(split.day > line.wanted_on for split in view.promised):
        return Label("ok", "circle-check", _("Later date agreed"))
    return Label("ok", "check", _("As ordered"))


def asks(view: LineView) -> str:
    """What the supplier asks on a line: the price in per cent, else another date."""
    for answer in view.asked:
        if answer.price != view.line.price and view.line.price:
            share = (answer.price - view.line.price) / view.line.price * 100
            return f"{'+' if share > 0 else show.MINUS}{abs(share):.1f}%"
    return _("Another date")


def short_day(value: date) -> str:
    """12月2日, 2 Dec: a day on a button."""
    return str(format_date(value, "M月d日" if reading() == "zh-Hans" else "d MMM")).replace(" ", show.NBSP)


LINKED = {
    "purchasing.order": "purchasing.order",
    "purchasing.shipment": "purchasing.shipment",
    "purchasing.receipt": "purchasing.receipt",
}


def entries(happened: list[Happened], event_words: Any, moment: Any, *, here: Any, linked: bool = True) -> list[Any]:
    """What happened, as the timeline macro takes it: newest first, links to other documents than `here`."""
    return [
        {
            "when": moment(one.at),
            "title": event_words(one.code, one.params),
            "text": one.who,
            "href": url_for(LINKED[one.kind], id=one.document_id)
            if linked and one.kind in LINKED and one.document_id != here
            else None,
            "state": "now" if first else "done",
        }
        for first, one in ((index == 0, one) for index, one in enumerate(happened))
    ]
