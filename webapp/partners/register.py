"""What partners offer: how they are found, named and linked, and the words of what happens to them."""

import uuid
from collections.abc import Sequence

from webapp.kernel import constraints
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.register import DocumentKind, Entry, Found, SearchKind, registers, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .pack import PACK
from .queries import CallingCard, calling_cards, partner_names
from .views.blueprint import CUSTOMER_READERS, SUPPLIER_READERS


def _found(actor: Actor, ids: Sequence[uuid.UUID], kind: str, endpoint: str, icon: str) -> list[Found]:
    cards = calling_cards(actor, ids)
    return [
        Found(kind, key, display_name(card), _sub(card), url_for(endpoint, id=key), icon)
        for key in ids
        if (card := cards.get(key))
    ]


def _sub(card: CallingCard) -> str:
    return " · ".join(word for word in (card.contact, card.phone, card.code) if word)


def _customers(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    return _found(actor, ids, "customer", "crm.customer", icon="store")


def _suppliers(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    return _found(actor, ids, "supplier", "partners.supplier", icon="factory")


registers.search |= {
    "customer": SearchKind("customer", N_("Customers"), CUSTOMER_READERS, _customers),
    "supplier": SearchKind("supplier", N_("Suppliers"), SUPPLIER_READERS, _suppliers),
}
registers.documents |= {
    "partner": DocumentKind(
        "partner", N_("Customer or supplier"), "store", lambda key: url_for("partners.partner", id=key), partner_names
    ),
    "supplier": DocumentKind(
        "supplier", N_("Supplier"), "factory", lambda key: url_for("partners.supplier", id=key), partner_names
    ),
}
registers.packs += PACK
registers.events |= {
    "partners.partner.added": N_("%(name)s taken in"),
    "partners.partner.changed": N_("Details changed"),
    "partners.partner.archived": N_("Archived"),
    "partners.partner.restored": N_("Back in the lists"),
}
registers.entries += [
    Entry("new", N_("Customer"), "store", roles("sales", "accountant"), "partners.new_customer", order=20),
    Entry("new", N_("Supplier"), "factory", roles("buyer", "accountant"), "partners.new_supplier", order=40),
    Entry("books", N_("Customers"), "store", CUSTOMER_READERS, "partners.customers", order=20),
    Entry("books", N_("Suppliers"), "factory", SUPPLIER_READERS, "partners.suppliers", order=30),
]
constraints.only_new("partner", "contact", "address")
constraints.say("uq_partner_code", "partner.code", N_("This code is taken. Choose another."), "code")
constraints.say(
    "ck_partner_kind", "partner.kind", N_("Say whether this is a customer, a supplier or both."), "is_customer"
)
