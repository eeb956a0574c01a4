"""What waits for a supplier on their Today."""

from collections.abc import Iterable

from flask import url_for

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, display_name
from webapp.kernel.register import Action, Card
from webapp.kernel.wall import Actor
from webapp.portal.queries import waiting_orders

from .words import lines_words


def supplier_cards(actor: Actor) -> Iterable[Card]:
    """Orders to answer, then goods to ship."""
    today, house = calendar.today(actor), display_name(actor.company)
    for row in waiting_orders(actor):
        there = url_for("portal.order", id=row.id)
        wanted = _("wanted by %(day)s", day=show.day(row.wanted_on, today))
        if row.unanswered:
            late = row.answer_by is not None and row.answer_by < calendar.now()
            by = _("answer by %(when)s", when=show.moment(row.answer_by, actor)) if row.answer_by else ""
            yield Card(
                urgency=0 if late else 8,
                tone="bad" if late else "warn",
                icon="clock-alert" if late else "message-circle-question-mark",
                state=_("Your answer is late") if late else _("Wants your answer"),
                name=f"{house} · {row.number}",
                reason=" · ".join(part for part in (lines_words(row.unanswered), wanted, by) if part),
                amount=row.total,
                href=there,
                action=Action(_("Answer"), there),
                key=f"portal.answer.{row.id}",
            )
        elif row.to_ship:
            yield Card(
                urgency=5 if row.wanted_on <= today else 15,
                tone="bad" if row.wanted_on < today else "ink",
                icon="truck",
                state=_("To ship"),
                name=f"{house} · {row.number}",
                reason=f"{lines_words(row.to_ship)} · {wanted}",
                amount=row.total,
                href=there,
                action=Action(_("Ship"), url_for("portal.new_shipment", id=row.id), "truck"),
                key=f"portal.ship.{row.id}",
            )
