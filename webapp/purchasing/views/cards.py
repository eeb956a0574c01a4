"""What waits on Today for the buyer and the dock."""

from collections.abc import Iterable

from flask import url_for

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n
from webapp.kernel.register import Action, Card
from webapp.kernel.wall import Actor
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries.waiting import (
    Asked,
    asked_changes,
    drafts,
    expected_shipments,
    late_orders,
    refused_orders,
)


def buyer_cards(actor: Actor) -> Iterable[Card]:
    """Changes asked, orders that are late, refused or still drafts."""
    today = calendar.today(actor)
    yield from (_asked(asked, actor) for asked in asked_changes(actor))
    for row in late_orders(actor, today):
        days = (today - row.late_since).days
        yield Card(
            urgency=5,
            tone="bad",
            icon="octagon-alert",
            state=_n("%(num)s day late", "%(num)s days late", days),
            name=row.partner,
            reason=_("%(number)s · promised for %(day)s", number=row.number, day=show.day(row.late_since, today)),
            amount=row.total,
            href=url_for("purchasing.order", id=row.id),
            action=Action(_("Open"), url_for("purchasing.order", id=row.id)),
            key=f"purchasing.late.{row.id}",
        )
    for row in refused_orders(actor):
        yield Card(
            urgency=4,
            tone="bad",
            icon="circle-x",
            state=_("Refused by the supplier"),
            name=row.partner,
            reason=_("%(number)s · close it; what is short is planned anew", number=row.number),
            amount=row.total,
            href=url_for("purchasing.order", id=row.id),
            action=Action(_("Open"), url_for("purchasing.order", id=row.id)),
            key=f"purchasing.refused.{row.id}",
        )
    for row in drafts(actor):
        yield Card(
            urgency=25,
            tone="",
            icon="file-text",
            state=_("Draft not sent"),
            name=row.partner,
            reason=row.number,
            amount=row.total,
            href=url_for("purchasing.order", id=row.id),
            action=Action(_("Send order"), url_for("purchasing.send_order", id=row.id), "send", post={}),
            key=f"purchasing.draft.{row.id}",
        )


def _asked(asked: Asked, actor: Actor) -> Card:
    today = calendar.today(actor)
    if asked.price != asked.price_was:
        state = _("Asks another price")
        reason = _(
            "%(product)s: %(was)s → %(price)s",
            product=asked.product,
            was=shown_price(asked.price_was),
            price=shown_price(asked.price),
        )
        action = _("Agree to ¥%(price)s", price=shown_price(asked.price))
    else:
        state = _("Asks another date")
        reason = _(
            "%(product)s: %(q)s %(unit)s on %(day)s instead of %(was)s",
            product=asked.product,
            q=show.quantity(asked.quantity),
            unit=asked.unit,
            day=show.day(asked.day, today),
            was=show.day(asked.day_was, today),
        )
        action = _("Agree")
    return Card(
        urgency=2,
        tone="warn",
        icon="message-circle-question-mark",
        state=state,
        name=asked.partner,
        reason=f"{reason} · {asked.number}",
        amount=asked.total,
        href=url_for("purchasing.order", id=asked.order_id),
        action=Action(
            action,
            url_for("purchasing.settle", id=asked.order_id),
            post={"answer_id": str(asked.answer_id), "decision": "agreed"},
        ),
        key=f"purchasing.asked.{asked.answer_id}",
    )


def dock_cards(actor: Actor) -> Iterable[Card]:
    """Shipments at the dock, and those expected by today."""
    today = calendar.today(actor)
    for row in expected_shipments(actor, today):
        here = row.state != "shipped"
        yield Card(
            urgency=3 if here else 12,
            tone="warn" if here else "ink",
            icon="package-open" if here else "truck",
            state=_("Arrived, not booked in") if here else _("Expected %(day)s", day=show.day(row.expected_on, today)),
            name=row.partner,
            reason=f"{row.number} · " + _n("%(num)s line", "%(num)s lines", row.lines),
            href=url_for("purchasing.shipment", id=row.id),
            action=Action(_("Receive"), url_for("purchasing.receive_shipment", id=row.id), "scan-line"),
            key=f"purchasing.shipment.{row.id}",
        )
