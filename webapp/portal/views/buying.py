"""A signed-in customer's house: what they ordered and where it is, each order by itself, a word where it is wrong."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.kernel import calendar, show
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit
from webapp.portal.forms import ProblemForm
from webapp.portal.verbs import report_problem
from webapp.sales import orders_of, tracking, visitor
from webapp.sales.queries.lists import bought_page

from .blueprint import CUSTOMERS, blueprint
from .tracking import followed

MOST = 30


def listed(mark: str | None) -> dict[str, Any]:
    """What the home of a customer lists: their orders, newest first."""
    found = bought_page(g.actor, mark=mark, size=MOST)
    return {
        "bought": [_standing(row) for row in found.rows],
        "following": url_for("portal.home", after=found.next) if found.next else None,
    }


def _standing(row: Any) -> dict[str, Any]:
    """How an order stands, in a customer's words."""
    today = calendar.today(g.actor)
    wanted = _("wanted %(day)s", day=show.day(row.wanted_on, today))
    done, word, tone, icon, reason = False, _("We are on it"), "ink", "package", wanted
    if row.state == "cancelled":
        done, word, tone, icon = True, _("Cancelled"), "", "circle-x"
    elif row.truck == "shipped":
        word, icon, reason = _("On the way"), "truck", _("Left %(day)s", day=show.day(row.truck_day, today))
    elif row.truck == "delivered" and row.state in ("shipped", "invoiced"):
        arrived = show.day(row.truck_day, today)
        done, word, tone, icon, reason = True, _("Delivered"), "ok", "circle-check", arrived
    elif row.truck == "delivered":
        word, tone, icon, reason = _("Part has come"), "warn", "truck", _("the rest follows")
    elif row.truck:
        word, icon = _("Being made ready"), "package-check"
    return {
        "number": row.number,
        "gross": row.gross,
        "href": url_for("portal.bought", id=row.id),
        "done": done,
        "word": word,
        "tone": tone,
        "icon": icon,
        "reason": reason,
    }


def _guest(id: uuid.UUID) -> Actor:
    """Whoever looks at an order of theirs, with a link's eyes: the dates are said as they are said to a guest."""
    orders_of(g.actor).get(id)
    return visitor(g.actor.db, g.actor.company_id)


@blueprint.get("/c/<company>/portal/bought/<uuid:id>")
@allow(CUSTOMERS)
def bought(id: uuid.UUID) -> str:
    """One order of theirs."""
    return page("portal/bought.html", **followed(_guest(id), id), problem=url_for("portal.bought_problem", id=id))


@blueprint.get("/c/<company>/portal/bought/<uuid:id>/problem")
@allow(CUSTOMERS)
def bought_problem(id: uuid.UUID) -> str:
    """Say what is wrong with it."""
    return _problem_page(id, ProblemForm())


def _problem_page(id: uuid.UUID, form: ProblemForm) -> str:
    ways = {"back": url_for("portal.bought", id=id), "to": url_for("portal.bought_problem_post", id=id)}
    order = tracking(_guest(id), id)
    return page("portal/problem.html", house=display_name(g.actor.company), order=order, form=form, **ways)


@blueprint.post("/c/<company>/portal/bought/<uuid:id>/problem")
@allow(CUSTOMERS)
def bought_problem_post(id: uuid.UUID) -> Any:
    """Write down what is wrong, and tell who looks after the customer."""
    form = ProblemForm(request.form)

    def work(actor: Actor) -> Outcome:
        report_problem(actor, id, form.text.data or "")
        return Outcome(url_for("portal.bought", id=id), N_("Thank you. We see to it and call you back"))

    return submit(form, work, lambda: _problem_page(id, form))
