"""Recording a call or visit with a customer or a lead, planned or not."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import VisitForm
from webapp.crm.models import Lead
from webapp.crm.queries import leads_of
from webapp.crm.verbs import Said, record_visit
from webapp.crm.words import on_arrival
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, queues, submit
from webapp.partners import Partner, customers_of

from .blueprint import WRITERS, blueprint
from .follow_ups import next_as_proposed, proposed_day
from .leads import versions_of


@blueprint.get("/c/<company>/customers/<uuid:id>/visits/new")
@allow(WRITERS)
def new_visit(id: uuid.UUID) -> str:
    """The form that records a call or visit with a customer."""
    return _visit_page(customers_of(g.actor).get(id), _proposed())


@blueprint.post("/c/<company>/customers/<uuid:id>/visits")
@allow(WRITERS)
@queues
def visit(id: uuid.UUID) -> Any:
    """Record a call or visit with a customer."""
    return _record(lambda actor: customers_of(actor).get(id))


@blueprint.get("/c/<company>/leads/<uuid:id>/visits/new")
@allow(WRITERS)
def new_lead_visit(id: uuid.UUID) -> str:
    """The form that records a call or visit with a lead."""
    return _visit_page(leads_of(g.actor).get(id), _proposed())


@blueprint.post("/c/<company>/leads/<uuid:id>/visits")
@allow(WRITERS)
@queues
def lead_visit(id: uuid.UUID) -> Any:
    """Record a call or visit with a lead."""
    return _record(lambda actor: leads_of(actor).get(id))


def _proposed() -> VisitForm:
    return VisitForm(data={"how": "visit", "next_on": proposed_day(g.actor)})


def _record(find: Callable[[Actor], Partner | Lead]) -> Any:
    find(g.actor)
    form = VisitForm(request.form)
    reason = form.no_next_reason.data or None

    def work(actor: Actor) -> Outcome:
        whom = find(actor)
        next_on = None if reason and next_as_proposed() else form.next_on.data
        said = Said(form.how.data, form.outcome.data or "", next_on, form.next_at.data, reason, form.place.data)
        made = record_visit(actor, whom, said, id=form.id.data)
        versions = {str(made.id): made.version} | ({str(made.next_id): 1} if made.next_id else {})
        if isinstance(whom, Lead):
            there, versions = url_for("crm.lead", id=whom.id), versions | versions_of(whom)
        else:
            there = url_for("crm.customer", id=whom.id)
        if next_on is None:
            return Outcome(there, N_("Noted"), {}, versions)
        return Outcome(there, N_("Noted, next %(day)s"), {"day": on_arrival(actor, next_on)}, versions)

    return submit(form, work, lambda: _visit_page(find(g.actor), form))


def _visit_page(whom: Partner | Lead, form: VisitForm) -> str:
    of_lead = isinstance(whom, Lead)
    return page(
        "crm/visit.html",
        whom=whom,
        of_lead=of_lead,
        form=form,
        home=url_for("crm.lead" if of_lead else "crm.customer", id=whom.id),
        action=url_for("crm.lead_visit" if of_lead else "crm.visit", id=whom.id),
    )
