"""Answering an order line by line: all, part or later, another price, can't."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.kernel import calendar
from webapp.kernel.i18n import N_, _
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, Version, allow, page, queues, submit
from webapp.portal.forms import AnswerForm, LineForm
from webapp.purchasing import answer_order, history, lines_of, orders_of
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries.orders import LineView

from .blueprint import SUPPLIERS, blueprint
from .replies import button, kind_of, line_said, price_said, sum_words, summary
from .words import Label, entries, label, lines_words


@dataclass(slots=True, frozen=True)
class Answering:
    """A line being answered: its form, what is said so far, and the sum of its parts in words."""

    view: LineView
    form: LineForm
    label: Label
    sum_words: str
    fits: bool
    price_said: str
    open: bool


def fresh_answer(lines: list[LineView]) -> AnswerForm:
    """The form with every waiting line accepted as ordered; the first part holds all of it."""
    data = [
        {
            "line_id": view.id,
            "answer": "all",
            "price": view.line.price,
            "parts": [{"quantity": view.unanswered, "day": _first_day(view)}, {"quantity": Decimal(0), "day": None}],
        }
        for view in lines
        if view.unanswered
    ]
    return _bound(AnswerForm(data={"lines": data}), lines)


def _first_day(view: LineView) -> Any:
    return max(view.line.wanted_on, calendar.today(g.actor))


def _bound(form: AnswerForm, lines: list[LineView]) -> AnswerForm:
    """Tell each line's form what waits; forms of lines that are not waiting are left out."""
    waiting = {view.id: view for view in lines if view.unanswered}
    form.lines.entries = [entry for entry in form.lines.entries if entry.form.line_id.data in waiting]
    for entry in form.lines:
        entry.form.open = waiting[entry.form.line_id.data].unanswered
    return form


def answer_page(order: PurchaseOrder, lines: list[LineView], form: AnswerForm, *, block: str | None = None) -> str:
    """The page that answers an order."""
    answering = _answering(lines, form)
    kinds = [kind_of(each.view, each.form) for each in answering]
    return page(
        "portal/answer.html",
        block=block,
        order=order,
        lines=answering,
        settled=[view for view in lines if form.line_of(view.id) is None],
        form=form,
        count=lines_words(len(lines)),
        summary=summary(kinds, g.actor),
        button=button(kinds),
        figure=shown_price,
        happened=entries(history(g.actor, [order.id]), g.actor),
    )


def _answering(lines: list[LineView], form: AnswerForm) -> list[Answering]:
    pairs = [(view, mine) for view in lines if (mine := form.line_of(view.id)) is not None]
    return [
        Answering(
            view=view,
            form=mine,
            label=line_said(view, mine, g.actor),
            sum_words=sum_words(mine),
            fits=mine.total() <= view.unanswered,
            price_said=price_said(view, mine),
            open=_has_errors(mine),
        )
        for view, mine in pairs
    ]


def _has_errors(form: LineForm) -> bool:
    said = any(field.errors for field in (form.price, form.reason, form.answer))
    return said or any(part.form.errors for part in form.parts)


def _posted(order_id: uuid.UUID) -> tuple[PurchaseOrder, list[LineView], AnswerForm]:
    order = orders_of(g.actor).get(order_id)
    lines = lines_of(g.actor, order)
    return order, lines, _bound(AnswerForm(request.form), lines)


@blueprint.post("/c/<company>/portal/orders/<uuid:id>/preview")
@allow(SUPPLIERS)
def preview_answer(id: uuid.UUID) -> str:
    """What the answer comes to as it is typed; nothing is written."""
    order, lines, form = _posted(id)
    if not form.lines.entries:
        raise NotFound
    form.validate()
    return answer_page(order, lines, form, block="task")


@blueprint.post("/c/<company>/portal/orders/<uuid:id>/answers")
@allow(SUPPLIERS)
@queues
def answer(id: uuid.UUID) -> Any:
    """Send the answer."""
    _order, _lines, form = _posted(id)

    def work(actor: Actor) -> Outcome:
        replies = [reply for entry in form.lines if (reply := entry.form.reply()) is not None]
        order = orders_of(actor).locked(id)
        answered = answer_order(order, replies, actor=actor, base_version=_base_version())
        home, words = url_for("portal.order", id=id), N_("Your answer to %(number)s is there")
        return Outcome(home, words, {"number": answered.number}, versions={str(id): answered.version})

    def again() -> str:
        now = lines_of(g.actor, orders_of(g.actor).get(id))
        return answer_page(orders_of(g.actor).get(id), now, form)

    return submit(form, work, again, both=lambda: _both(id, form))


def _base_version() -> int | None:
    """The order's version as the form showed it; a form that does not say takes its chances."""
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _both(order_id: uuid.UUID, form: AnswerForm) -> Conflict:
    """The answer that waited on a phone beside what has happened to the order meanwhile."""
    order = orders_of(g.actor).get(order_id)
    answering = _answering(lines_of(g.actor, order), form)
    kinds = [kind_of(each.view, each.form) for each in answering]
    last = next(iter(entries(history(g.actor, [order_id]), g.actor)), {})
    return Conflict(
        Version(button(kinds) if kinds else _("Your answer"), summary(kinds, g.actor) if kinds else ""),
        Version(last.get("title", ""), label(order.state).word, who=last.get("text") or "", when=last.get("when", "")),
        {str(order_id): order.version},
    )
