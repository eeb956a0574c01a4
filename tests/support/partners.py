"""Customers and suppliers for tests, in one line each."""

import itertools
from typing import Any

from webapp.kernel.wall import Actor
from webapp.partners import Partner, add_address, add_contact, add_partner

from .world import act

_n = itertools.count(1)


def a_customer(actor: Actor, name: str | None = None, *, contact: str | None = None, **known: Any) -> Partner:
    """A customer; `contact` is the name of a person there, `contact_phone` their number."""
    return _one(actor, name or f"Customer {next(_n)}", contact, is_customer=True, **known)


def a_supplier(actor: Actor, name: str | None = None, *, contact: str | None = None, **known: Any) -> Partner:
    """A supplier, in the same way."""
    return _one(actor, name or f"Supplier {next(_n)}", contact, is_supplier=True, **known)


def _one(actor: Actor, name: str, contact: str | None, *, contact_phone: str | None = None, **known: Any) -> Partner:
    address = known.pop("address", None)

    def take_in(acting: Actor) -> Partner:
        partner = add_partner(acting, name, **known)
        if contact:
            add_contact(acting, partner, contact, phone=contact_phone)
        if address:
            add_address(acting, partner, address)
        return partner

    partner = act(actor, take_in)
    actor.session.expunge(partner)  # so that a test may read it outside the wall
    return partner
