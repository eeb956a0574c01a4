"""Follow-ups: the list, its CSV, and one with its form."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.crm.cadences import HOWS
from webapp.crm.forms import OutcomeForm, ReassignForm, SnoozeForm
from webapp.crm.queries import follow_ups_of, follow_ups_to_export
from webapp.crm.states import FOLLOW_UP
from webapp.crm.words import follow_up_state, tone, when, why
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import _
from webapp.kernel.refusals import Stale
from webapp.kernel.web import allow, attachment, page
from webapp.partners import customers_of
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
        hows=HOWS,
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
    finder, today = customers_of(g.actor), calendar.today(g.actor)
    partner = finder.get(found.partner_id)
    contacts = finder.contacts(partner)
    stale = isinstance(g.get("refused"), Stale)
    return page(
        "crm/follow_up.html",
        follow_up=found,
        partner=partner,
        main=contacts[0] if contacts else None,
        call=callable_number(next((contact.phone for contact in contacts if contact.phone), partner.phone)),
        state=follow_up_state(found.due_on, found.due_at, today),
        tone=tone(found.due_on, today),
        why=why(found.code, found.params, today),
        due=when(found.due_on, found.due_at, today),
        hows=HOWS,
        form=form or _proposed(),
        snooze=forms.get("snooze") or SnoozeForm(data={"until": max(found.due_on, today) + timedelta(days=1)}),
        reassign=forms.get("reassign") or with_reps(ReassignForm(data={"rep_id": str(found.rep_id)})),
        names=dict(colleagues(g.actor)),
        version=found.version if stale or request.method == "GET" else base_version(),
        theirs=last_change(g.actor, found.id) if stale else None,
        between=between_us(g.actor, found.partner_id, most=5),
        allowed={transition.verb: transition for transition in FOLLOW_UP.allowed(found.state, g.actor.role)},
    )


def _proposed() -> OutcomeForm:
    """The form with a next day proposed: as far ahead as a fortnight, on a working day."""
    ahead = calendar.today(g.actor) + timedelta(days=13)
    return OutcomeForm(data={"how": "call", "next_on": calendar.working_days_after(ahead, 1)})


def _heads() -> list[str]:
    return [_("Customer"), _("Who follows up"), _("Day"), _("Done"), _("How it was done"), _("What came of it")]


def _cells(which: str, rep_id: uuid.UUID | None) -> Iterator[list[Any]]:
    for name, rep, due_on, done_at, how, outcome in follow_ups_to_export(g.actor, which, rep_id):
        yield [name, rep, due_on, _local(done_at), _(HOWS[how]) if how else None, outcome]


def _local(moment: Any) -> date | None:
    return moment.astimezone(calendar.zone(g.actor)).date() if moment else None
