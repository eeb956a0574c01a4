"""The people and addresses of a partner."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, allow, page, queues, submit
from webapp.partners import verbs
from webapp.partners.forms import AddressForm, ContactForm
from webapp.partners.models import Partner
from webapp.partners.queries import last_change

from .blueprint import WRITERS, blueprint, theirs
from .changes import base_version, both_of, differences, said, versions_of


@blueprint.get("/c/<company>/partners/<uuid:id>/contacts/new")
@allow(WRITERS)
def new_contact(id: uuid.UUID) -> str:
    """The form of another person there."""
    return _contact_page(theirs(g.actor).get(id), ContactForm())


@blueprint.post("/c/<company>/partners/<uuid:id>/contacts")
@allow(WRITERS)
@queues
def add_contact(id: uuid.UUID) -> Any:
    """Add a person."""
    form, _found = ContactForm(request.form), theirs(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        partner = theirs(actor).locked(id)
        verbs.add_contact(actor, partner, said(form.name), id=form.id.data, **_person(form))
        return Outcome(_home(id), N_("%(name)s is here now"), {"name": form.name.data}, versions_of(partner))

    return submit(form, work, lambda: _contact_page(theirs(g.actor).get(id), form))


@blueprint.get("/c/<company>/partners/<uuid:id>/contacts/<uuid:contact_id>")
@allow(WRITERS)
def edit_contact(id: uuid.UUID, contact_id: uuid.UUID) -> str:
    """The form of a person there."""
    contact = theirs(g.actor).contact(id, contact_id)
    return _contact_page(theirs(g.actor).get(id), ContactForm(obj=contact), contact)


@blueprint.post("/c/<company>/partners/<uuid:id>/contacts/<uuid:contact_id>")
@allow(WRITERS)
@queues
def change_contact(id: uuid.UUID, contact_id: uuid.UUID) -> Any:
    """Change a person, or take them away."""
    form, _found = ContactForm(request.form), theirs(g.actor).contact(id, contact_id)
    taken = request.form.get("removal") == "yes"

    def work(actor: Actor) -> Outcome:
        partner, contact = theirs(actor).locked(id), theirs(actor).contact(id, contact_id)
        if taken:
            verbs.remove_contact(actor, partner, contact)
            return Outcome(_home(id), N_("%(name)s is no longer listed"), {"name": contact.name}, versions_of(partner))
        verbs.edit_contact(actor, partner, contact, base_version(), name=said(form.name), **_person(form))
        return Outcome(_home(id), N_("Saved"), {}, versions_of(partner))

    def again() -> str:
        return _contact_page(theirs(g.actor).get(id), form, theirs(g.actor).contact(id, contact_id))

    def both() -> Conflict:
        return both_of(theirs(g.actor).get(id), form, ContactForm(obj=theirs(g.actor).contact(id, contact_id)))

    return submit(None if taken else form, work, again, both=both)


@blueprint.get("/c/<company>/partners/<uuid:id>/addresses/new")
@allow(WRITERS)
def new_address(id: uuid.UUID) -> str:
    """The form of another address."""
    return _address_page(theirs(g.actor).get(id), AddressForm(data={"main": True}))


@blueprint.post("/c/<company>/partners/<uuid:id>/addresses")
@allow(WRITERS)
@queues
def add_address(id: uuid.UUID) -> Any:
    """Add an address."""
    form, _found = AddressForm(request.form), theirs(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        partner = theirs(actor).locked(id)
        verbs.add_address(actor, partner, said(form.text), id=form.id.data, **_place(form))
        return Outcome(_home(id), N_("The address is here now"), {}, versions_of(partner))

    return submit(form, work, lambda: _address_page(theirs(g.actor).get(id), form))


@blueprint.get("/c/<company>/partners/<uuid:id>/addresses/<uuid:address_id>")
@allow(WRITERS)
def edit_address(id: uuid.UUID, address_id: uuid.UUID) -> str:
    """The form of an address."""
    address = theirs(g.actor).address(id, address_id)
    return _address_page(theirs(g.actor).get(id), AddressForm(obj=address), address)


@blueprint.post("/c/<company>/partners/<uuid:id>/addresses/<uuid:address_id>")
@allow(WRITERS)
@queues
def change_address(id: uuid.UUID, address_id: uuid.UUID) -> Any:
    """Change an address, or take it away."""
    form, _found = AddressForm(request.form), theirs(g.actor).address(id, address_id)
    taken = request.form.get("removal") == "yes"

    def work(actor: Actor) -> Outcome:
        partner, address = theirs(actor).locked(id), theirs(actor).address(id, address_id)
        if taken:
            verbs.remove_address(actor, partner, address)
            return Outcome(_home(id), N_("The address is no longer listed"), {}, versions_of(partner))
        verbs.edit_address(actor, partner, address, base_version(), text=said(form.text), **_place(form))
        return Outcome(_home(id), N_("Saved"), {}, versions_of(partner))

    def again() -> str:
        return _address_page(theirs(g.actor).get(id), form, theirs(g.actor).address(id, address_id))

    def both() -> Conflict:
        return both_of(theirs(g.actor).get(id), form, AddressForm(obj=theirs(g.actor).address(id, address_id)))

    return submit(None if taken else form, work, again, both=both)


def _home(id: uuid.UUID) -> str:
    return url_for("partners.partner", id=id)


def _person(form: ContactForm) -> dict[str, Any]:
    return {
        "title": form.title.data or None,
        "phone": form.phone.data or None,
        "email": form.email.data or None,
        "main": form.main.data,
    }


def _place(form: AddressForm) -> dict[str, Any]:
    return {
        "city": form.city.data or None,
        "postal_code": form.postal_code.data or None,
        "country": form.country.data or None,
        "main": form.main.data,
    }


def _contact_page(partner: Partner, form: ContactForm, contact: Any = None) -> str:
    return _part_page("partners/contact.html", partner, form, contact, ContactForm)


def _address_page(partner: Partner, form: AddressForm, address: Any = None) -> str:
    return _part_page("partners/address.html", partner, form, address, AddressForm)


def _part_page(template: str, partner: Partner, form: Form, part: Any, kind: type[Form]) -> str:
    stale = isinstance(g.get("refused"), Stale)
    return page(
        template,
        partner=partner,
        form=form,
        part=part,
        home=_home(partner.id),
        version=partner.version if stale or request.method == "GET" else base_version(),
        differences=differences(form, kind(obj=part)) if stale and part else [],
        theirs=last_change(g.actor, partner.id) if stale else None,
    )
