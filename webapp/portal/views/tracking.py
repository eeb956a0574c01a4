"""A customer's order by its link: when it comes, what is on the truck, what happened; and a word where it is wrong."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.identity.verbs.limits import Limit, count_try
from webapp.kernel import calendar, show
from webapp.kernel.db import db
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import by_link, page, submit
from webapp.kernel.web.pages import event_words
from webapp.portal.forms import ProblemForm
from webapp.portal.verbs import report_problem
from webapp.portal.visiting import Visit, visit
from webapp.sales.queries.tracking import Tracking, tracking

from .blueprint import blueprint

STAGES = ("ordered", "packed", "on_the_way", "received")


@blueprint.get("/t/<token>")
@by_link
def track(token: str) -> str:
    """The order as its customer sees it."""
    return _page(visit(db.session(), token), token)


def _page(coming: Visit, token: str) -> str:
    problem = url_for("portal.problem", token=token)
    return page("portal/tracking.html", **followed(coming.visitor, coming.order_id), problem=problem)


def followed(guest: Actor, order_id: uuid.UUID) -> dict[str, Any]:
    """What an order's page shows its customer, who came by a link or signed in."""
    found = tracking(guest, order_id)
    about, title, more = _answer(found, guest)
    return {
        "house": display_name(guest.company),
        "order": found,
        "about": about,
        "title": title,
        "more": more,
        "thread": _thread(found),
        "later": [(part, show.day(part.on, calendar.today(guest))) for part in found.later],
        "happened": _happened(found, guest),
        "trucks": [found.truck, *found.earlier] if found.truck else found.earlier,
    }


def _answer(order: Tracking, guest: Actor) -> tuple[str, str, str | None]:
    """What it is about, when, and one line more."""
    today, truck = calendar.today(guest), order.truck
    if order.stage == "cancelled":
        return _("Your order"), _("Cancelled"), None
    if truck is not None and order.stage == "received":
        return _("Delivered"), show.day(truck.day, today), None
    if truck is not None and order.stage == "on_the_way":
        by = " · ".join(word for word in (truck.carrier, truck.plate) if word) or None
        if truck.day == today:
            return _("On the way"), _("Arriving today"), by
        return _("On the way"), _("Left %(day)s", day=show.day(truck.day, today)), by
    days = [part.on for part in order.later if part.on]
    day = max([order.wanted_on, *days[:1]]) if truck is None else truck.day
    about = _("Packed, leaves soon") if order.stage == "packed" else _("We are on it")
    return about, _("Planned for %(day)s", day=show.day(max(day, today), today)), None


def _thread(order: Tracking) -> list[dict[str, Any]]:
    words = dict(zip(STAGES, (_("Order placed"), _("Packed"), _("On the way"), _("Delivered")), strict=True))
    now = STAGES.index(order.stage) if order.stage in STAGES else -1
    return [
        {
            "label": words[stage],
            "state": "next" if at > now else "now" if at == now and stage != "received" else "done",
        }
        for at, stage in enumerate(STAGES)
    ]


def _happened(order: Tracking, guest: Actor) -> list[dict[str, Any]]:
    return [
        {
            "when": show.moment(one.at, guest),
            "title": event_words(one.code, one.params),
            "text": one.who,
            "state": "now" if first == 0 and order.stage not in ("received", "cancelled") else "done",
        }
        for first, one in enumerate(order.events)
    ]


@blueprint.get("/t/<token>/problem")
@by_link
def problem(token: str) -> str:
    """Say what is wrong."""
    return _problem_page(visit(db.session(), token), token, ProblemForm())


def _problem_page(coming: Visit, token: str, form: ProblemForm) -> str:
    found = tracking(coming.visitor, coming.order_id)
    ways = {
        "back": url_for("portal.track", token=token),
        "to": url_for("portal.problem_post", token=token),
    }
    return page("portal/problem.html", house=display_name(coming.visitor.company), order=found, form=form, **ways)


@blueprint.post("/t/<token>/problem")
@by_link
def problem_post(token: str) -> Any:
    """Write down what is wrong, and tell who looks after the customer."""
    coming, form = visit(db.session(), token), ProblemForm(request.form)
    tracking(coming.visitor, coming.order_id)
    count_try(db.session(), Limit(f"problem:{coming.link.id}", 10, 60))

    def work(actor: Actor) -> Outcome:
        report_problem(actor, coming.order_id, form.text.data or "")
        return Outcome(url_for("portal.track", token=token), N_("Thank you. We see to it and call you back"))

    g.actor = coming.visitor
    try:
        return submit(form, work, lambda: _problem_page(visit(db.session(), token), token, form))
    finally:
        g.actor = None  # whoever holds a link is signed in nowhere
