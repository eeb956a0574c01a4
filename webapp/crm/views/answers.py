"""What is posted about a follow-up: what came of it, putting it off, giving it away, taking it back."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import OutcomeForm, ReassignForm, SnoozeForm
from webapp.crm.queries import follow_ups_of, whom_of
from webapp.crm.verbs import reassign, record_follow_up, snooze, take_back
from webapp.crm.words import on_arrival
from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, allow, queues, submit

from .blueprint import WRITERS, base_version, blueprint, with_reps
from .conflicts import both_of, version_of, versions_of
from .follow_ups import follow_up_page, next_as_proposed


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/outcome")
@allow(WRITERS)
@queues
def record(id: uuid.UUID) -> Any:
    """Record what came of it, and what is next."""
    follow_ups_of(g.actor).get(id)
    form = OutcomeForm(request.form)
    reason = form.no_next_reason.data or None

    def work(actor: Actor) -> Outcome:
        found = follow_ups_of(actor).locked(id)
        following = record_follow_up(
            actor,
            found,
            base_version(),
            how=form.how.data,
            outcome=form.outcome.data or "",
            next_on=None if reason and next_as_proposed() else form.next_on.data,
            next_at=form.next_at.data,
            no_next_reason=reason,
        )
        undo, versions = url_for("crm.reopen", id=id), versions_of(found, following)
        if following is None:
            return Outcome(url_for("insights.today"), N_("Follow-up noted"), {}, versions, undo)
        day = {"day": on_arrival(actor, following.due_on)}
        return Outcome(url_for("insights.today"), N_("Follow-up noted, next %(day)s"), day, versions, undo)

    def both() -> Conflict:
        day = None if reason and next_as_proposed() else form.next_on.data
        mine = version_of(g.actor, day, form.next_at.data, form.how.data, reason)
        return both_of(g.actor, follow_ups_of(g.actor).get(id), mine)

    return submit(form, work, lambda: follow_up_page(id, form), both=both)


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/reopening")
@allow(WRITERS)
def reopen(id: uuid.UUID) -> Any:
    """Undo what was recorded."""

    def work(actor: Actor) -> Outcome:
        found = follow_ups_of(actor).locked(id)
        take_back(actor, found)
        return Outcome(url_for("crm.follow_up", id=id), N_("It is open again"), {}, versions_of(found))

    return submit(None, work, lambda: follow_up_page(id))


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/postponement")
@allow(WRITERS)
@queues
def put_off(id: uuid.UUID) -> Any:
    """Put it off."""
    follow_ups_of(g.actor).get(id)
    form = SnoozeForm(request.form)

    def work(actor: Actor) -> Outcome:
        until = form.until.data or calendar.today(actor)
        found = snooze(actor, follow_ups_of(actor).locked(id), base_version(), until)
        day = {"day": on_arrival(actor, found.due_on)}
        return Outcome(url_for("insights.today"), N_("Put off until %(day)s"), day, versions_of(found))

    def both() -> Conflict:
        mine = version_of(g.actor, form.until.data, None, None, None)
        return both_of(g.actor, follow_ups_of(g.actor).get(id), mine)

    return submit(form, work, lambda: follow_up_page(id, snooze=form), both=both)


@blueprint.post("/c/<company>/follow-ups/<uuid:id>/reassignment")
@allow(WRITERS)
def give(id: uuid.UUID) -> Any:
    """Give it to a colleague."""
    follow_ups_of(g.actor).get(id)
    form = with_reps(ReassignForm(request.form))

    def work(actor: Actor) -> Outcome:
        found = follow_ups_of(actor).locked(id)
        reassign(actor, found, base_version(), uuid.UUID(form.rep_id.data), whom_of(actor, found))
        name = dict(form.rep_id.choices or []).get(form.rep_id.data, "")
        return Outcome(url_for("insights.today"), N_("%(name)s has it now"), {"name": name}, versions_of(found))

    return submit(form, work, lambda: follow_up_page(id, reassign=with_reps(form)))
