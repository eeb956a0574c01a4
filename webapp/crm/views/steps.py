"""What is done with a lead: good, not for us, taken up again, a customer; to the pool and out of it."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import ReasonForm
from webapp.crm.models import Lead
from webapp.crm.queries import leads_of
from webapp.crm.verbs import convert, disqualify, give_back, qualify, take, take_up
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, queues, submit
from webapp.partners import Partner, customers_of

from .blueprint import WRITERS, blueprint
from .leads import lead_page, versions_of


@blueprint.post("/c/<company>/leads/<uuid:id>/qualification")
@allow(WRITERS)
@queues
def qualify_lead(id: uuid.UUID) -> Any:
    """They need what we sell."""
    return _step(id, qualify, N_("Noted: they need what we sell"))


@blueprint.post("/c/<company>/leads/<uuid:id>/disqualification")
@allow(WRITERS)
@queues
def disqualify_lead(id: uuid.UUID) -> Any:
    """It is not for us, and why."""
    leads_of(g.actor).get(id)
    form = ReasonForm(request.form)

    def work(actor: Actor) -> Outcome:
        found = leads_of(actor).locked(id)
        disqualify(actor, found, form.reason.data or "")
        return Outcome(url_for("crm.leads"), N_("Noted; it can be taken up again"), {}, versions_of(found))

    return submit(form, work, lambda: lead_page(id, form))


@blueprint.post("/c/<company>/leads/<uuid:id>/resumption")
@allow(WRITERS)
@queues
def take_up_lead(id: uuid.UUID) -> Any:
    """Take it up again."""
    return _step(id, take_up, N_("It is worked on again"))


@blueprint.post("/c/<company>/leads/<uuid:id>/pooling")
@allow(WRITERS)
@queues
def pool_lead(id: uuid.UUID) -> Any:
    """Give it to the pool."""
    return _step(id, give_back, N_("It lies in the pool; whoever takes it looks after it"))


@blueprint.post("/c/<company>/leads/<uuid:id>/taking")
@allow(WRITERS)
def take_lead(id: uuid.UUID) -> Any:
    """Take it out of the pool: only with a network, since the first to take it has it."""
    return _step(id, take, N_("It is yours; speak with them within a day"))


@blueprint.post("/c/<company>/leads/<uuid:id>/conversion")
@allow(WRITERS)
@queues
def convert_lead(id: uuid.UUID) -> Any:
    """Make a customer of it, or note which customer it turned out to be."""
    leads_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        found = leads_of(actor).locked(id)
        made = convert(actor, found, customer=_named(actor), accepted=accepted())
        versions = versions_of(found) | {str(made.id): made.version}
        return Outcome(
            url_for("crm.customer", id=made.id), N_("%(name)s is a customer now"), {"name": both_names(made)}, versions
        )

    return submit(None, work, lambda: lead_page(id))


def _named(actor: Actor) -> Partner | None:
    """The customer that the form names, where it names one."""
    try:
        key = request.form.get("customer")
        return customers_of(actor).get(uuid.UUID(key)) if key else None
    except ValueError:
        raise NotFound from None


def _step(id: uuid.UUID, verb: Callable[[Actor, Lead], None], said: str) -> Any:
    leads_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        found = leads_of(actor).locked(id)
        verb(actor, found)
        return Outcome(url_for("crm.lead", id=id), said, {}, versions_of(found))

    return submit(None, work, lambda: lead_page(id))
