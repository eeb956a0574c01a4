"""A new customer or supplier, changing one, and a supplier's page."""

import uuid
from decimal import Decimal
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel.i18n import N_, _, both_names
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, accepted, allow, page, queues, submit
from webapp.partners import verbs
from webapp.partners.forms import NewPartnerForm, PartnerForm
from webapp.partners.identifiers import callable_number
from webapp.partners.models import Partner
from webapp.partners.queries import between_us, colleagues, last_change, partners_of, suppliers_of

from .blueprint import (
    CUSTOMER_READERS,
    CUSTOMER_WRITERS,
    READERS,
    SUPPLIER_READERS,
    SUPPLIER_WRITERS,
    blueprint,
    finder,
)
from .changes import base_version, both_of, differences, known_of, said, typed_of, versions_of
from .lists import BESIDE, listed

LOOKED_AFTER_BY = {"customer": ("sales", "manager", "owner"), "supplier": ("buyer", "manager", "owner")}


@blueprint.get("/c/<company>/partners/<uuid:id>")
@allow(READERS)
def partner(id: uuid.UUID) -> Response:
    """The page of a partner: as a customer where it is one and the actor may see customers, else as a supplier."""
    found = partners_of(g.actor).get(id)
    as_customer = found.is_customer and g.actor.role in CUSTOMER_READERS
    if not as_customer and g.actor.role in SUPPLIER_READERS:
        return redirect(url_for("partners.supplier", id=id), 303)
    return redirect(url_for("crm.customer", id=id), 303)


@blueprint.get("/c/<company>/suppliers/<uuid:id>")
@allow(SUPPLIER_READERS)
def supplier(id: uuid.UUID) -> str:
    """A supplier: whom one calls, where they are, what was agreed, what there was between us."""
    finding = suppliers_of(g.actor)
    found = finding.get(id)
    contacts = finding.contacts(found)
    return page(
        "partners/supplier.html",
        partner=found,
        contacts=contacts,
        call=callable_number(next((contact.phone for contact in contacts if contact.phone), found.phone)),
        addresses=finding.addresses(found),
        names=dict(colleagues(g.actor)),
        between=between_us(g.actor, id),
        may_change=g.actor.role in SUPPLIER_WRITERS,
        **listed("supplier", size=BESIDE, shown_id=id),
    )


@blueprint.get("/c/<company>/customers/new")
@allow(CUSTOMER_WRITERS)
def new_customer() -> str:
    """The form of a new customer."""
    return _new("customer", _new_form("customer", request.args.get("name")))


@blueprint.post("/c/<company>/customers")
@allow(CUSTOMER_WRITERS)
@queues
def add_customer() -> Any:
    """Take in a customer."""
    return _add("customer")


@blueprint.get("/c/<company>/suppliers/new")
@allow(SUPPLIER_WRITERS)
def new_supplier() -> str:
    """The form of a new supplier."""
    return _new("supplier", _new_form("supplier", request.args.get("name")))


@blueprint.post("/c/<company>/suppliers")
@allow(SUPPLIER_WRITERS)
def add_supplier() -> Any:
    """Take in a supplier."""
    return _add("supplier")


@blueprint.get("/c/<company>/customers/<uuid:id>/edit")
@allow(CUSTOMER_WRITERS)
def edit_customer(id: uuid.UUID) -> str:
    """The form of a customer's own data."""
    return _edit("customer", id)


@blueprint.post("/c/<company>/customers/<uuid:id>")
@allow(CUSTOMER_WRITERS)
@queues
def change_customer(id: uuid.UUID) -> Any:
    """Change a customer."""
    return _change("customer", id)


@blueprint.get("/c/<company>/suppliers/<uuid:id>/edit")
@allow(SUPPLIER_WRITERS)
def edit_supplier(id: uuid.UUID) -> str:
    """The form of a supplier's own data."""
    return _edit("supplier", id)


@blueprint.post("/c/<company>/suppliers/<uuid:id>")
@allow(SUPPLIER_WRITERS)
def change_supplier(id: uuid.UUID) -> Any:
    """Change a supplier."""
    return _change("supplier", id)


@blueprint.post("/c/<company>/customers/<uuid:id>/archival")
@allow("owner", "manager")
def archive_customer(id: uuid.UUID) -> Any:
    """Take a customer out of lists and search, or back in."""
    return _archive("customer", id)


@blueprint.post("/c/<company>/suppliers/<uuid:id>/archival")
@allow("owner", "manager")
def archive_supplier(id: uuid.UUID) -> Any:
    """Take a supplier out of lists and search, or back in."""
    return _archive("supplier", id)


def home(kind: str, id: uuid.UUID) -> str:
    """The address of a partner's page as `kind`."""
    return url_for("crm.customer" if kind == "customer" else "partners.supplier", id=id)


def _new_form(kind: str, name: str | None = None) -> NewPartnerForm:
    form = NewPartnerForm(
        request.form or None,
        data={"payment_days": Decimal(30), "lead_days": Decimal(3), "owner_id": "", "name": name or ""},
    )
    form.owner_id.choices = _owners(kind)
    if not request.form:
        form.owner_id.data = str(g.actor.user.id) if g.actor.role in ("sales", "buyer") else ""
    return form


def _owners(kind: str) -> list[tuple[str, str]]:
    return [("", _("nobody yet")), *((str(key), name) for key, name in colleagues(g.actor, LOOKED_AFTER_BY[kind]))]


def _new(kind: str, form: NewPartnerForm) -> str:
    return page("partners/new.html", kind=kind, form=form)


def _add(kind: str) -> Any:
    form = _new_form(kind)

    def work(actor: Actor) -> Outcome:
        made = verbs.add_partner(actor, said(form.name), id=form.id.data, accepted=accepted(), **typed_of(form, kind))
        if form.contact_name.data:
            verbs.add_contact(actor, made, form.contact_name.data, phone=form.contact_phone.data or None, told=False)
        elif form.contact_phone.data and not made.phone:
            made.phone = form.contact_phone.data
            verbs.make_findable(actor, made, ())
        if form.address.data:
            verbs.add_address(actor, made, form.address.data, told=False)
        return Outcome(home(kind, made.id), N_("%(name)s is here now"), {"name": both_names(made)}, versions_of(made))

    return submit(form, work, lambda: _new(kind, _offered_again(form, kind)))


def _offered_again(form: Any, kind: str) -> Any:
    form.owner_id.choices = _owners(kind)
    return form


def _edit(kind: str, id: uuid.UUID) -> str:
    found = finder(kind, g.actor).get(id)
    form = PartnerForm(data=known_of(found))
    return _edit_page(kind, found, _offered_again(form, kind), found.version)


def _edit_page(kind: str, found: Partner, form: PartnerForm, version: int) -> str:
    stale = isinstance(g.get("refused"), Stale)
    return page(
        "partners/edit.html",
        kind=kind,
        partner=found,
        form=form,
        back=home(kind, found.id),
        version=found.version if stale else version,
        differences=differences(form, _offered_again(PartnerForm(data=known_of(found)), kind)) if stale else [],
        theirs=last_change(g.actor, found.id) if stale else None,
    )


def _change(kind: str, id: uuid.UUID) -> Any:
    found = finder(kind, g.actor).get(id)
    form = PartnerForm(request.form, data=known_of(found))
    form.owner_id.choices = _owners(kind)

    def work(actor: Actor) -> Outcome:
        partner = finder(kind, actor).locked(id)
        verbs.edit_partner(actor, partner, base_version(), name=said(form.name), **typed_of(form, kind))
        return Outcome(home(kind, id), N_("Saved"), {}, versions_of(partner))

    def again() -> str:
        return _edit_page(kind, finder(kind, g.actor).get(id), _offered_again(form, kind), base_version())

    def both() -> Conflict:
        partner = finder(kind, g.actor).get(id)
        return both_of(partner, form, _offered_again(PartnerForm(data=known_of(partner)), kind))

    return submit(form, work, again, both=both)


def _archive(kind: str, id: uuid.UUID) -> Any:
    def work(actor: Actor) -> Outcome:
        partner = finder(kind, actor).locked(id)
        if request.form.get("back") == "yes":
            verbs.restore_partner(actor, partner)
            return Outcome(home(kind, id), N_("%(name)s is back in the lists"), {"name": both_names(partner)})
        verbs.archive_partner(actor, partner)
        return Outcome(
            url_for(f"partners.{kind}s"), N_("%(name)s is archived; its documents stay"), {"name": both_names(partner)}
        )

    return submit(None, work, lambda: _edit(kind, id))
