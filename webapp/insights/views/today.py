"""Today, and having seen what one was told."""

import hashlib
import uuid
from typing import Any

from flask import g, make_response, request, url_for
from flask_babel import format_date
from werkzeug.wrappers import Response

from webapp.insights.queries import first_steps, news, today_of
from webapp.insights.queries.today import SHOWN, Step
from webapp.insights.verbs import see, see_all
from webapp.kernel import calendar
from webapp.kernel.i18n import N_, _, reading
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL, Card, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, is_partial, page, submit

from .blueprint import blueprint


@blueprint.get("/c/<company>/today")
@allow(ALL_INTERNAL)
def today() -> Response:
    """What waits for the actor, in order of urgency, each with its one next action.

    A poll that has seen it so already is answered 304.
    """
    things = _things()
    if not is_partial():
        return make_response(page("insights/today.html", **things))
    seen_so = hashlib.sha256(repr(things).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(seen_so):
        return Response(status=304)
    response = make_response(page("insights/today.html", block="things", **things))
    response.set_etag(seen_so)
    return response


@blueprint.post("/c/<company>/notifications/<uuid:id>/seen")
@allow(ALL_INTERNAL | {"supplier", "customer"})
def seen(id: uuid.UUID) -> Any:
    """Open what one was told: it is seen, and its page follows."""

    def work(actor: Actor) -> Outcome:
        told = see(actor, id)
        if told is None:
            raise NotFound
        document = registers.documents.get(told.kind)
        there = document.link(told.document_id) if document and document.link else None
        return Outcome(there or url_for("insights.today"))

    return submit(None, work, _page)


@blueprint.post("/c/<company>/notifications/seen")
@allow(ALL_INTERNAL)
def all_seen() -> Any:
    """All that one was told is seen."""

    def work(actor: Actor) -> Outcome:
        see_all(actor)
        return Outcome(url_for("insights.today"), N_("All of it is seen"))

    return submit(None, work, _page)


def _page() -> str:
    return page("insights/today.html", **_things())


def _things() -> dict[str, Any]:
    everything = bool(request.args.get("all"))
    waiting = today_of(g.actor, None if everything else SHOWN)
    steps = [_step_card(step) for step in first_steps(g.actor)]
    return {
        "now": [_as_shown(card) for card in waiting.now],
        "later": [_as_shown(card) for card in waiting.later],
        "steps": steps,
        "everything": everything,
        "hidden": waiting.hidden,
        "day": _day(),
        "count": waiting.count + len(steps),
        "news": news(g.actor),
        "may_see_figures": g.actor.role in ("owner", "manager", "accountant", "auditor"),
    }


def _day() -> str:
    """Tue 24 Nov; 11月24日 周二."""
    pattern = "M月d日 EEE" if reading() == "zh-Hans" else "EEE d MMM"
    return str(format_date(calendar.today(g.actor), pattern))


def _as_shown(card: Card) -> dict[str, Any]:
    """A card as its macro takes it."""
    action = card.action
    shown: dict[str, Any] | None = None
    if action is not None and action.post is not None:
        shown = {"label": action.label, "url": action.href, "fields": action.post, "icon": action.icon}
    elif action is not None:
        shown = {"label": action.label, "href": action.href, "icon": action.icon}
    return {"card": card, "action": shown}


def _step_card(step: Step) -> dict[str, Any]:
    """A first step as a card."""
    there = url_for(step.endpoint)
    words = {"name": _(step.title), "reason": _(step.reason), "icon": step.icon, "href": there}
    return words | {"action": {"label": _(step.label), "href": there}}
