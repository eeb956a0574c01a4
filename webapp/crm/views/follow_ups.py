"""Follow-ups: the list, its CSV, and one with its form."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.crm.cadences import HOW_WORDS, MET
from webapp.crm.forms import OutcomeForm, ReassignForm, SnoozeForm
from webapp.crm.queries import follow_ups_of, follow_ups_to_export, whom_of
from webapp.crm.states import FOLLOW_UP
from webapp.crm.words import follow_up_state, tone, when, why
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import _
from webapp.kernel.refusals import Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page
from webapp.partners.identifiers import callable_number
from webapp.partners.queries import between_us, colleagues, last_change

from .blueprint import READERS, base_version, blueprint, with_reps


@blueprint.get("/c/<company>/follow-ups")
@allow(READERS)
def follow_ups() -> str | Response:
    """What waits and what is done: a rep's own unless all are asked for, everyone's for others."""
    which = "done" if request.args.get("which") == "done" else "open"
    mine = g.actor.role == "sales" and request.args.get("whose") != "all"
    rep_id = g.actor.user.id if mine else None
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells(which, rep_id)), "follow-ups.csv")
    found = follow_ups_of(g.actor).page(which, request.args.get("after"), rep_id=rep_id)
    whose = None if mine else "all"
    return page(
        "crm/follow_ups.html",
        rows=found.rows,
        which=which,
        mine=mine,
        when=lambda row: when(row.due_on, row.due_at, calendar.today(g.actor)),
        why=lambda row: why(row.code, row.params, calendar.today(g.actor)),
        tone=lambda row: tone(row.due_on, calendar.today(g.actor)),
        hows=HOW_WORDS,
        address=lambda **changed: url_for("crm.follow_ups", **({"which": which, "whose": whose} | changed)),
        following=url_for("crm.follow_ups", which=which, whose=whose, after=found.next) if found.next else None,
    )


@blueprint.get("/c/<company>/follow-ups/<uuid:id>")
@allow(READERS)
def follow_up(id: uuid.UUID) -> str:
    """One follow-up: whom to call and why, what came of it, what is next."""
    return follow_up_page(id)


def follow_up_page(id: uuid.UUID, form: OutcomeForm | None = None, **forms: Any) -> str:
    """The page, with forms as they were typed where one was refused."""
    found = follow_ups_of(g.actor).get(id)
    whom, today = whom_of(g.actor, found), calendar.today(g.actor)
    stale = isinstance(g.get("refused"), Stale)
    allowed = {transition.verb: transition for transition in FOLLOW_UP.allowed(found.state, g.actor.role)}
    return page(
        "crm/follow_up.html",
        follow_up=found,
        whom=whom,
        home=url_for(f"crm.{whom.kind}", id=whom.id),
        call=callable_number(whom.phone),
        state=follow_up_state(found.due_on, found.due_at, today, found.code),
        tone=tone(found.due_on, today),
        why=why(found.code, found.params, today),
        due=when(found.due_on, found.due_at, today),
        hows=HOW_WORDS,
        form=form or OutcomeForm(data={"how": "call", "next_on": proposed_day(g.actor)}),
        snooze=forms.get("snooze") or SnoozeForm(data={"until": max(found.due_on, today) + timedelta(days=1)}),
        reassign=forms.get("reassign") or with_reps(ReassignForm(data={"rep_id": str(found.rep_id)})),
        names=dict(colleagues(g.actor)),
        version=found.version if stale or request.method == "GET" else base_version(),
        theirs=last_change(g.actor, found.id) if stale else None,
        between=between_us(g.actor, found.whom_id, most=5),
        allowed=allowed,
        beside=stale and "record" not in allowed,
        undoable="take_back" in allowed and found.done_by == g.actor.user.id and found.code != MET,
    )


def proposed_day(actor: Actor) -> date:
    """The next day that a form proposes: as far ahead as a fortnight, on a working day."""
    return calendar.working_days_after(calendar.today(actor) + timedelta(days=13), 1)


def next_as_proposed() -> bool:
    """Whether the next day is still the one the form proposed: then a reason for none speaks."""
    return request.form.get("next_on") == request.form.get("proposed")


def _heads() -> list[str]:
    return [_("Customer or lead"), _("Who follows up"), _("Day"), _("Done"), _("How it was done"), _("What came of it")]


def _cells(which: str, rep_id: uuid.UUID | None) -> Iterator[list[Any]]:
    for name, rep, due_on, done_at, how, outcome in follow_ups_to_export(g.actor, which, rep_id):
        yield [name, rep, due_on, _local(done_at), _(HOW_WORDS[how]) if how else None, outcome]


def _local(moment: Any) -> date | None:
    return moment.astimezone(calendar.zone(g.actor)).date() if moment else None
