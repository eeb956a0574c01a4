"""What waits for the warehouse on Today: places to count, goods to put away, lots about to expire."""

from collections.abc import Iterator
from typing import Any

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, display_name
from webapp.kernel.register import Action, Card
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries import expiring, waiting_at_places
from .queries.stock import unit_name

MOST = 6


def cards(actor: Actor) -> Iterator[Card]:
    """Two queries: what is to be counted and put away, and what expires soon."""
    for row in waiting_at_places(actor, MOST):
        yield _count(row) if row.what == "count" else _put_away(row)
    days = int(setting(actor, "inventory.expiry_days"))
    for row in expiring(actor, days, MOST):
        yield _expiring(actor, row)


def _count(row: Any) -> Card:
    href = url_for("inventory.new_adjustment", location=row.location_id, product=row.product_id, lot=row.lot_id)
    more = f"{show.quantity(row.quantity)} {unit_name(row)}"
    why = (
        _("%(more)s more moved than the books had", more=more)
        if row.quantity
        else _("Something moved before its last count came in after it")
    )
    lot = _("Lot %(lot)s", lot=row.lot) if row.lot else ""
    return Card(
        urgency=8,
        tone="warn",
        icon="clipboard-list",
        state=_("Count %(place)s", place=row.code),
        name=display_name(row),
        reason=" · ".join(filter(None, [why, lot])),
        href=href,
        action=Action(_("Count it"), href, "clipboard-list"),
        key=f"count-{row.location_id}-{row.lot_id}",
    )


def _put_away(row: Any) -> Card:
    return Card(
        urgency=12,
        tone="ink",
        icon="package-check",
        state=_("Put away"),
        name=display_name(row),
        reason=_where(row),
        href=_move(row),
        action=Action(_("Put it away"), _move(row), "arrow-right-left"),
        key=f"put-away-{row.location_id}-{row.lot_id}",
    )


def _expiring(actor: Actor, row: Any) -> Card:
    left = (row.expires_on - calendar.today(actor)).days
    day = show.day(row.expires_on, calendar.today(actor))
    gone = left < 0
    words = (
        _n("Expired %(day)s, %(num)s day ago", "Expired %(day)s, %(num)s days ago", -left, day=day)
        if gone
        else _n("Expires %(day)s, %(num)s day left", "Expires %(day)s, %(num)s days left", left, day=day)
    )
    return Card(
        urgency=2 if gone else 22,
        tone="bad" if gone else "warn",
        icon="octagon-x" if gone else "calendar-clock",
        state=_("Expired") if gone else _("Expires soon"),
        name=display_name(row),
        reason=f"{words} · {_where(row)}",
        href=url_for("inventory.lot", id=row.lot_id),
        action=Action(_("Block it"), _move(row), "ban") if gone else None,
        key=f"expiry-{row.location_id}-{row.lot_id}",
    )


def _where(row: Any) -> str:
    goods = f"{show.quantity(row.quantity)} {unit_name(row)}"
    lot = _("Lot %(lot)s", lot=row.lot) if row.lot else ""
    return " · ".join(filter(None, [goods, _("At %(place)s", place=row.code), lot]))


def _move(row: Any) -> str:
    """The move of all of it: nobody scanned it one by one, and the figure can be changed before it is sent."""
    return url_for(
        "inventory.new_transfer",
        product=row.product_id,
        lot=row.lot_id,
        source=row.location_id,
        quantity=f"{row.quantity.normalize():f}",
    )
