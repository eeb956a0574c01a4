"""Leads: the list and its CSV, one of them, a new one, and changing one."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.crm import verbs
from webapp.crm.cadences import SOURCES
from webapp.crm.forms import LeadForm, ReasonForm
from webapp.crm.models import Lead
from webapp.crm.queries import leads_of, leads_to_export, twin_of
from webapp.crm.states import FOLLOWERS, LEAD
from webapp.crm.words import follow_up_card
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import N_, _
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, accepted, allow, attachment, page, queues, submit
from webapp.partners.identifiers import callable_number
from webapp.partners.queries import between_us, colleagues, last_change
from webapp.partners.views.changes import conflict, differences

from .blueprint import READERS, WRITERS, base_version, blueprint

WHICH = ("mine", "pool", "all", "closed")
TEXTS = ("contact", "phone", "wechat", "wants", "region", "note")


@blueprint.get("/c/<company>/leads")
@allow(READERS)
def leads() -> str | Response:
    """Leads: one's own, the pool, all that are worked on, or those that are settled."""
    usual = "mine" if g.actor.role == "sales" else "all"
    which = request.args.get("which", usual)
    which = which if which in WHICH else usual
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells(which)), "leads.csv")
    found = leads_of(g.actor).page(which, request.args.get("after"))
    return page(
        "crm/leads.html",
        rows=found.rows,
        which=which,
        words=LEAD.words,
        sources=SOURCES,
        may_add=g.actor.role in WRITERS,
        day=_day,
        address=lambda **changed: url_for("crm.leads", **({"which": which} | changed)),
        following=url_for("crm.leads", which=which, after=found.next) if found.next else None,
    )


@blueprint.get("/c/<company>/leads/<uuid:id>")
@allow(READERS)
def lead(id: uuid.UUID) -> str:
    """A lead: who they are, what they want, the next step, and what there was."""
    return lead_page(id)


def lead_page(id: uuid.UUID, reason: ReasonForm | None = None) -> str:
    """The page, with the reason as it was typed where it was refused."""
    found = leads_of(g.actor).get(id)
    waiting = leads_of(g.actor).waiting(id)
    allowed = {transition.verb: transition for transition in LEAD.allowed(found.state, g.actor.role)}
    call = callable_number(found.phone)
    return page(
        "crm/lead.html",
        lead=found,
        state=LEAD.words[found.state],
        source=SOURCES[found.source],
        call=call,
        card=follow_up_card(g.actor, waiting[0], call, found.contact or found.name) if waiting else None,
        names=dict(colleagues(g.actor)),
        allowed=allowed,
        may_change=g.actor.role in WRITERS and found.state != "converted",
        reason=reason or ReasonForm(),
        twin=twin_of(g.actor, found.name, [found.phone, found.wechat], but=id) if "convert" in allowed else None,
        between=between_us(g.actor, id),
    )


@blueprint.get("/c/<company>/leads/new")
@allow(WRITERS)
def new_lead() -> str:
    """The form of a new lead."""
    form = LeadForm(data={"name": request.args.get("name"), "source": "referral"})
    return _form_page(_with_owners(form, str(g.actor.user.id)))


@blueprint.post("/c/<company>/leads")
@allow(WRITERS)
@queues
def add_lead() -> Any:
    """Take in a lead."""
    form = _with_owners(LeadForm(request.form))

    def work(actor: Actor) -> Outcome:
        made = verbs.add_lead(actor, form.name.data, id=form.id.data, accepted=accepted(), **_typed(form))
        there = url_for("crm.lead", id=made.id)
        return Outcome(there, N_("%(name)s is here now"), {"name": made.name}, versions_of(made))

    return submit(form, work, lambda: _form_page(_with_owners(form, form.rep_id.data)))


@blueprint.get("/c/<company>/leads/<uuid:id>/edit")
@allow(WRITERS)
def edit_lead(id: uuid.UUID) -> str:
    """The form of a lead's own data."""
    found = leads_of(g.actor).get(id)
    return _form_page(_known(found), found, found.version)


@blueprint.post("/c/<company>/leads/<uuid:id>")
@allow(WRITERS)
@queues
def change_lead(id: uuid.UUID) -> Any:
    """Change a lead, or give it to a colleague."""
    leads_of(g.actor).get(id)
    form = _with_owners(LeadForm(request.form))

    def work(actor: Actor) -> Outcome:
        found = verbs.change_lead(
            actor, leads_of(actor).locked(id), base_version(), name=form.name.data, **_typed(form)
        )
        return Outcome(url_for("crm.lead", id=id), N_("Saved"), {}, versions_of(found))

    def again() -> str:
        return _form_page(_with_owners(form, form.rep_id.data), leads_of(g.actor).get(id), base_version())

    def both() -> Conflict:
        found = leads_of(g.actor).get(id)
        return conflict(differences(form, _known(found)), last_change(g.actor, id), versions_of(found))

    return submit(form, work, again, both=both)


def versions_of(lead: Lead) -> dict[str, int]:
    """The version that the next form is based on."""
    return {str(lead.id): lead.version}


def _form_page(form: LeadForm, lead: Lead | None = None, version: int = 0) -> str:
    stale = isinstance(g.get("refused"), Stale) and lead is not None
    return page(
        "crm/lead_form.html",
        form=form,
        lead=lead,
        version=lead.version if stale and lead else version,
        differences=differences(form, _known(lead)) if stale and lead else [],
        theirs=last_change(g.actor, lead.id) if stale and lead else None,
    )


def _with_owners(form: Any, chosen: str | None = None) -> Any:
    offered = [(str(key), name) for key, name in colleagues(g.actor, FOLLOWERS)]
    form.rep_id.choices = [("", _("nobody: it goes to the pool")), *offered]
    if chosen is not None:
        form.rep_id.data = chosen
    return form


def _known(lead: Lead) -> Any:
    known = {name: getattr(lead, name) or "" for name in ("name", "source", *TEXTS)}
    return _with_owners(LeadForm(data=known), str(lead.rep_id or ""))


def _typed(form: LeadForm) -> dict[str, Any]:
    typed: dict[str, Any] = {name: form[name].data or None for name in TEXTS}
    return typed | {
        "source": form.source.data,
        "rep_id": uuid.UUID(form.rep_id.data) if form.rep_id.data else None,
    }


def _heads() -> list[str]:
    return [
        *(_("Company name"), _("Contact"), _("Mobile"), _("WeChat"), _("State"), _("Looked after by")),
        *(_("Where they come from"), _("Region"), _("What they want"), _("Taken in"), _("Last touched"), _("Why not")),
    ]


def _cells(which: str) -> Iterator[list[Any]]:
    for row in leads_to_export(g.actor, which):
        yield [
            *(row.name, row.contact, row.phone, row.wechat, _(LEAD.words[row.state]), row.rep),
            *(_(SOURCES[row.source]), row.region, row.wants, _day(row.created_at), _day(row.touched_at), row.reason),
        ]


def _day(moment: Any) -> date:
    day: date = moment.astimezone(calendar.zone(g.actor)).date()
    return day
