"""People and addresses of a partner."""

import uuid
from typing import Any

from sqlalchemy import update

from webapp.kernel import show, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import NotFound, Refused, Warned
from webapp.kernel.wall import Actor
from webapp.partners.models import Address, Contact, Partner
from webapp.partners.queries.between import removal_of

from .partners import check_version, contacts_of, make_findable


def add_contact(
    actor: Actor,
    partner: Partner,
    name: str,
    *,
    title: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    main: bool = False,
    id: uuid.UUID | None = None,
    told: bool = True,
) -> Contact:
    """Add a person at a partner, found by name and phone from now on; the first is the main one. Refused unnamed.

    `told` is False for who comes with a new partner: that one's own entry on the timeline says enough.
    """
    known = contacts_of(actor, partner.id)
    contact = Contact(
        id=new_key(actor, id, Contact),
        company_id=actor.company_id,
        partner_id=partner.id,
        name=_named(name),
        title=title,
        phone=phone,
        email=email,
        main=main or not known,
    )
    if main and known:
        _one_main_contact(actor, partner)
    actor.session.add(contact)
    make_findable(actor, partner, [*known, contact])
    _changed(actor, partner, "contacts", told=told)
    return contact


def edit_contact(
    actor: Actor,
    partner: Partner,
    contact: Contact,
    base_version: int,
    *,
    name: str,
    title: str | None,
    phone: str | None,
    email: str | None,
    main: bool,
) -> None:
    """Change a person at a partner. The main one stays main until another is made so.

    Stale (412) where someone changed the partner, its people or addresses since the form was shown.
    """
    check_version(actor, partner, base_version)
    if main and not contact.main:
        _one_main_contact(actor, partner)
        contact.main = True
    contact.name, contact.title, contact.phone, contact.email = _named(name), title, phone, email
    make_findable(actor, partner, contacts_of(actor, partner.id))
    _changed(actor, partner, "contacts")


def remove_contact(actor: Actor, partner: Partner, contact: Contact) -> None:
    """Take a person away; the next becomes the main one."""
    rest = [other for other in contacts_of(actor, partner.id) if other.id != contact.id]
    if contact.main and rest:
        rest[0].main = True
    actor.session.delete(contact)
    make_findable(actor, partner, rest)
    _changed(actor, partner, "contacts", removed=str(contact.id), named=contact.name)


def restore_contact(
    actor: Actor, partner: Partner, id: uuid.UUID, name: str, *, accepted: frozenset[str], **known: Any
) -> Contact:
    """Put a person back whom somebody took off the list while they were being changed, as typed now.

    Asks first (`contact.removed`), saying who did it and when. Raises NotFound for one who was never there.
    """
    _ask_to_restore(
        *(actor, partner, id, accepted, "contact.removed"),
        N_("%(who)s took %(name)s off the list %(when)s. Put them back with what was typed?"),
    )
    return add_contact(actor, partner, name, id=id, **known)


def add_address(
    actor: Actor,
    partner: Partner,
    text: str,
    *,
    city: str | None = None,
    postal_code: str | None = None,
    country: str | None = None,
    main: bool = True,
    id: uuid.UUID | None = None,
    told: bool = True,
) -> Address:
    """Add where goods or papers go; a main one takes the place of the main one before."""
    if not text.strip():
        raise Refused("address.text", N_("Type the address."), field="text")
    if main:
        _one_main_address(actor, partner)
    address = Address(
        id=new_key(actor, id, Address),
        company_id=actor.company_id,
        partner_id=partner.id,
        text=text.strip(),
        city=city,
        postal_code=postal_code,
        country=country,
        main=main,
    )
    actor.session.add(address)
    _changed(actor, partner, "addresses", told=told)
    return address


def edit_address(
    actor: Actor,
    partner: Partner,
    address: Address,
    base_version: int,
    *,
    text: str,
    city: str | None,
    postal_code: str | None,
    country: str | None,
    main: bool,
) -> None:
    """Change an address. Stale (412) where someone changed the partner since the form was shown."""
    check_version(actor, partner, base_version)
    if not text.strip():
        raise Refused("address.text", N_("Type the address."), field="text")
    if main and not address.main:
        _one_main_address(actor, partner)
        address.main = True
    address.text, address.city, address.postal_code, address.country = text.strip(), city, postal_code, country
    _changed(actor, partner, "addresses")


def remove_address(actor: Actor, partner: Partner, address: Address) -> None:
    """Take an address away. Documents keep their own words of it."""
    actor.session.delete(address)
    _changed(actor, partner, "addresses", removed=str(address.id), named=address.text)


def restore_address(
    actor: Actor, partner: Partner, id: uuid.UUID, text: str, *, accepted: frozenset[str], **known: Any
) -> Address:
    """Put an address back in the same way (`address.removed`)."""
    _ask_to_restore(
        *(actor, partner, id, accepted, "address.removed"),
        N_("%(who)s took “%(name)s” off the list %(when)s. Put the address back as it was typed?"),
    )
    return add_address(actor, partner, text, id=id, **known)


def _ask_to_restore(
    actor: Actor, partner: Partner, id: uuid.UUID, accepted: frozenset[str], code: str, question: str
) -> None:
    removal = removal_of(actor, partner.id, id)
    if removal is None:
        raise NotFound
    if code not in accepted:
        when = show.moment(removal.at, actor)
        raise Warned(code, question, who=removal.by or "–", when=when, name=removal.params["named"])


def _changed(actor: Actor, partner: Partner, what: str, *, told: bool = True, **params: Any) -> None:
    partner.version += 1
    if told:
        timeline.record(
            *(actor, "partners.partner.changed", "partner", partner.id),
            partner_id=partner.id,
            name=partner.name,
            what=[what],
            **params,
        )


def _named(name: str) -> str:
    if not name.strip():
        raise Refused("contact.name", N_("Type the name."), field="name")
    return name.strip()


def _one_main_contact(actor: Actor, partner: Partner) -> None:
    actor.session.execute(update(Contact).where(Contact.partner_id == partner.id).values(main=False))


def _one_main_address(actor: Actor, partner: Partner) -> None:
    actor.session.execute(update(Address).where(Address.partner_id == partner.id).values(main=False))
