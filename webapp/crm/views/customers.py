"""A customer's page: the figures, the next step, what there was between us; and asking for a follow-up."""

import uuid
from datetime import date, timedelta
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import AskForm
from webapp.crm.models import FollowUp
from webapp.crm.queries import figures, follow_ups_of
from webapp.crm.verbs import ask_follow_up
from webapp.crm.words import follow_up_card, when, why
from webapp.kernel import calendar
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, queues, submit
from webapp.partners import customers_of
from webapp.partners.identifiers import callable_number
from webapp.partners.queries import between_us, colleagues
from webapp.partners.views.blueprint import CUSTOMER_READERS, CUSTOMER_WRITERS
from webapp.partners.views.lists import BESIDE, listed

from .blueprint import WRITERS, blueprint, with_reps


@blueprint.get("/c/<company>/customers/<uuid:id>")
@allow(CUSTOMER_READERS)
def customer(id: uuid.UUID) -> str:
    """A customer: figures, the next step, people and addresses, and what there was between us."""
    finder = customers_of(g.actor)
    found = finder.get(id)
    contacts, waiting = finder.contacts(found), follow_ups_of(g.actor).open_with(id)
    main = contacts[0] if contacts else None
    call = callable_number(next((contact.phone for contact in contacts if contact.phone), found.phone))
    return page(
        "crm/customer.html",
        partner=found,
        contacts=contacts,
        addresses=finder.addresses(found),
        main=main,
        call=call,
        figures=figures(g.actor, id),
        days_since=_days_since,
        card=follow_up_card(g.actor, waiting[0], call, main.name if main else display_name(found)) if waiting else None,
        future=[_promised(follow_up) for follow_up in reversed(waiting[1:])],
        between=between_us(g.actor, id, before=_mark()),
        older=_mark() is not None,
        names=dict(colleagues(g.actor)),
        may_change=g.actor.role in CUSTOMER_WRITERS,
        may_ask=g.actor.role in WRITERS,
        **listed("customer", size=BESIDE, shown_id=id),
    )


@blueprint.get("/c/<company>/customers/<uuid:id>/follow-ups/new")
@allow(WRITERS)
def new_follow_up(id: uuid.UUID) -> str:
    """The form that asks for a follow-up with a customer."""
    tomorrow = calendar.working_days_after(calendar.today(g.actor), 1)
    return _ask_page(id, with_reps(AskForm(data={"rep_id": str(g.actor.user.id), "due_on": tomorrow})))


@blueprint.post("/c/<company>/customers/<uuid:id>/follow-ups")
@allow(WRITERS)
@queues
def ask(id: uuid.UUID) -> Any:
    """Ask for a follow-up with a customer."""
    customers_of(g.actor).get(id)
    form = with_reps(AskForm(request.form))

    def work(actor: Actor) -> Outcome:
        made = ask_follow_up(
            actor,
            customers_of(actor).get(id),
            form.due_on.data,
            form.note.data,
            due_at=form.due_at.data,
            rep_id=uuid.UUID(form.rep_id.data),
            id=form.id.data,
        )
        return Outcome(url_for("crm.customer", id=id), N_("The follow-up is planned"), {}, {str(made.id): 1})

    return submit(form, work, lambda: _ask_page(id, with_reps(form)))


def _ask_page(id: uuid.UUID, form: AskForm) -> str:
    return page("crm/ask.html", partner=customers_of(g.actor).get(id), form=form)


def _promised(follow_up: FollowUp) -> dict[str, Any]:
    """A follow-up that waits, as the timeline's future."""
    today = calendar.today(g.actor)
    return {
        "when": when(follow_up.due_on, follow_up.due_at, today),
        "exact": follow_up.due_on.isoformat(),
        "title": _("Follow-up"),
        "text": why(follow_up.code, follow_up.params, today),
        "href": url_for("crm.follow_up", id=follow_up.id),
        "state": "next",
    }


def _days_since(day: date) -> int:
    return (calendar.today(g.actor) - day) // timedelta(days=1)


def _mark() -> uuid.UUID | None:
    """The timeline's entry that a further page begins after; what is none begins at the newest."""
    try:
        return uuid.UUID(request.args.get("before", ""))
    except ValueError:
        return None
