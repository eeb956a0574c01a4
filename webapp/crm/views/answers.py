"""What is posted about a follow-up: what came of it, putting it off, giving it away, taking it back."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import OutcomeForm, ReassignForm, SnoozeForm
from webapp.crm.queries import follow_ups_of
from webapp.crm.verbs import reassign, record_follow_up, snooze, take_back
from webapp.kernel import calendar, show
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, submit
from webapp.partners import customers_of

from .blueprint import WRITERS, base_version, blueprint, with_reps
from .follow_ups import follow_up_page


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/outcome")
@allow(WRITERS)
def record(id: uuid.UUID) -> Any:
    """Record what came of it, and what is next."""
    follow_ups_of(g.actor).get(id)
    form = OutcomeForm(request.form)

    def work(actor: Actor) -> Outcome:
        found = follow_ups_of(actor).locked(id)
        reason = form.no_next_reason.data or None
        following = record_follow_up(
            actor,
            found,
            base_version(),
            how=form.how.data,
            outcome=form.outcome.data or "",
            next_on=None if reason and _next_as_proposed() else form.next_on.data,
            next_at=form.next_at.data,
            no_next_reason=reason,
        )
        undo = url_for("crm.reopen", id=id)
        if following is None:
            return Outcome(url_for("insights.today"), N_("Follow-up noted"), undo=undo)
        day = show.day(following.due_on, calendar.today(actor))
        return Outcome(url_for("insights.today"), N_("Follow-up noted, next %(day)s"), {"day": day}, undo=undo)

    return submit(form, work, lambda: follow_up_page(id, form))


def _next_as_proposed() -> bool:
    """Whether the next day is still the one the form proposed: then a reason for none speaks."""
    return request.form.get("next_on") == request.form.get("proposed")


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/reopening")
@allow(WRITERS)
def reopen(id: uuid.UUID) -> Any:
    """Undo what was recorded."""

    def work(actor: Actor) -> Outcome:
        take_back(actor, follow_ups_of(actor).locked(id))
        return Outcome(url_for("crm.follow_up", id=id), N_("It is open again"))

    return submit(None, work, lambda: follow_up_page(id))


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/postponement")
@allow(WRITERS)
def put_off(id: uuid.UUID) -> Any:
    """Put it off."""
    follow_ups_of(g.actor).get(id)
    form = SnoozeForm(request.form)

    def work(actor: Actor) -> Outcome:
        until = form.until.data or calendar.today(actor)
        found = snooze(actor, follow_ups_of(actor).locked(id), base_version(), until)
        day = show.day(found.due_on, calendar.today(actor))
        return Outcome(url_for("insights.today"), N_("Put off until %(day)s"), {"day": day})

    return submit(form, work, lambda: follow_up_page(id, snooze=form))


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/reassignment")
@allow(WRITERS)
def give(id: uuid.UUID) -> Any:
    """Give it to a colleague."""
    follow_ups_of(g.actor).get(id)
    form = with_reps(ReassignForm(request.form))

    def work(actor: Actor) -> Outcome:
        found = follow_ups_of(actor).locked(id)
        partner = customers_of(actor).get(found.partner_id)
        reassign(actor, found, base_version(), uuid.UUID(form.rep_id.data), partner.name)
        name = dict(form.rep_id.choices or []).get(form.rep_id.data, "")
        return Outcome(url_for("insights.today"), N_("%(name)s has it now"), {"name": name})

    return submit(form, work, lambda: follow_up_page(id, reassign=with_reps(form)))
