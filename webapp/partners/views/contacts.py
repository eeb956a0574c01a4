"""The people and addresses of a partner."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request, url_for

from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, accepted, allow, page, queues, submit
from webapp.partners import verbs
from webapp.partners.forms import AddressForm, ContactForm
from webapp.partners.models import Address, Contact, Partner
from webapp.partners.queries import last_change, removal_of

from .blueprint import WRITERS, blueprint, theirs
from .changes import base_version, both_of, differences, said, versions_of

ALREADY = N_("It was off the list already")
Part = TypeVar("Part", Contact, Address)


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
    known = _known(theirs(g.actor).contact, id, contact_id)
    return _contact_page(theirs(g.actor).get(id), ContactForm(obj=known), known, contact_id)


@blueprint.post("/c/<company>/partners/<uuid:id>/contacts/<uuid:contact_id>")
@allow(WRITERS)
@queues
def change_contact(id: uuid.UUID, contact_id: uuid.UUID) -> Any:
    """Change a person, or take them away."""
    form, _found = ContactForm(request.form), _known(theirs(g.actor).contact, id, contact_id)
    taken = request.form.get("removal") == "yes"

    def work(actor: Actor) -> Outcome:
        partner, contact = theirs(actor).locked(id), _known(theirs(actor).contact, id, contact_id)
        typed = {"name": said(form.name), **_person(form)}
        if contact is None:
            if taken:
                return Outcome(_home(id), ALREADY)
            verbs.restore_contact(actor, partner, contact_id, accepted=accepted(), **typed)
        elif taken:
            verbs.remove_contact(actor, partner, contact)
            return Outcome(_home(id), N_("%(name)s is no longer listed"), {"name": contact.name}, versions_of(partner))
        else:
            verbs.edit_contact(actor, partner, contact, base_version(), **typed)
        return Outcome(_home(id), N_("Saved"), {}, versions_of(partner))

    def again() -> str:
        return _contact_page(theirs(g.actor).get(id), form, _known(theirs(g.actor).contact, id, contact_id), contact_id)

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
    known = _known(theirs(g.actor).address, id, address_id)
    return _address_page(theirs(g.actor).get(id), AddressForm(obj=known), known, address_id)


@blueprint.post("/c/<company>/partners/<uuid:id>/addresses/<uuid:address_id>")
@allow(WRITERS)
@queues
def change_address(id: uuid.UUID, address_id: uuid.UUID) -> Any:
    """Change an address, or take it away."""
    form, _found = AddressForm(request.form), _known(theirs(g.actor).address, id, address_id)
    taken = request.form.get("removal") == "yes"

    def work(actor: Actor) -> Outcome:
        partner, address = theirs(actor).locked(id), _known(theirs(actor).address, id, address_id)
        typed = {"text": said(form.text), **_place(form)}
        if address is None:
            if taken:
                return Outcome(_home(id), ALREADY)
            verbs.restore_address(actor, partner, address_id, accepted=accepted(), **typed)
        elif taken:
            verbs.remove_address(actor, partner, address)
            return Outcome(_home(id), N_("The address is no longer listed"), {}, versions_of(partner))
        else:
            verbs.edit_address(actor, partner, address, base_version(), **typed)
        return Outcome(_home(id), N_("Saved"), {}, versions_of(partner))

    def again() -> str:
        return _address_page(theirs(g.actor).get(id), form, _known(theirs(g.actor).address, id, address_id), address_id)

    def both() -> Conflict:
        return both_of(theirs(g.actor).get(id), form, AddressForm(obj=theirs(g.actor).address(id, address_id)))

    return submit(None if taken else form, work, again, both=both)


def _known(find: Callable[[uuid.UUID, uuid.UUID], Part], id: uuid.UUID, part_id: uuid.UUID) -> Part | None:
    """A person or an address; None for what was taken off the list meanwhile. Raises NotFound for what never was."""
    try:
        return find(id, part_id)
    except NotFound:
        if removal_of(g.actor, id, part_id) is None:
            raise
        return None


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


def _contact_page(
    partner: Partner, form: ContactForm, contact: Contact | None = None, key: uuid.UUID | None = None
) -> str:
    return _part_page("partners/contact.html", partner, form, contact, key)


def _address_page(
    partner: Partner, form: AddressForm, address: Address | None = None, key: uuid.UUID | None = None
) -> str:
    return _part_page("partners/address.html", partner, form, address, key)


def _part_page(template: str, partner: Partner, form: Form, part: Any, key: uuid.UUID | None) -> str:
    stale = isinstance(g.get("refused"), Stale)
    return page(
        template,
        partner=partner,
        form=form,
        part=part,
        key=key,
        removed=removal_of(g.actor, partner.id, key) if key and part is None else None,
        home=_home(partner.id),
        version=partner.version if stale or request.method == "GET" else base_version(),
        differences=differences(form, type(form)(obj=part)) if stale and part else [],
        theirs=last_change(g.actor, partner.id) if stale else None,
    )
