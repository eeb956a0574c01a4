"""Finders of customers and suppliers. A portal's user sees only the partner they belong to."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select

from webapp.kernel import paging, search
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners.models import Address, Contact, Partner

Part = TypeVar("Part", Contact, Address)

COLUMNS = (
    *(Partner.id, Partner.code, Partner.name, Partner.name2, Partner.sort_key, Partner.phone, Partner.region),
    *(Partner.tags, Partner.payment_days, Partner.credit_limit, Partner.lead_days, Partner.is_customer),
    *(Partner.is_supplier, Partner.email, Partner.tax_number, Partner.owner_id, Partner.version),
)
"""What a list shows and a CSV holds."""


@dataclass(slots=True, frozen=True)
class Partners:
    """The partners an actor may see, of one kind or all."""

    actor: Actor
    kind: str | None = None

    def seen(self) -> list[Any]:
        """The conditions of what may be seen."""
        conditions: list[Any] = []
        if self.kind == "customer":
            conditions.append(Partner.is_customer)
        elif self.kind == "supplier":
            conditions.append(Partner.is_supplier)
        if self.actor.is_portal:
            conditions.append(Partner.id == self.actor.partner_id)
        return conditions

    def get(self, id: uuid.UUID) -> Partner:
        """The partner. Raises NotFound where there is none, or not for this actor."""
        return self._one(select(Partner).where(Partner.id == id, *self.seen()))

    def locked(self, id: uuid.UUID) -> Partner:
        """The partner, held FOR UPDATE until the verb ends. Raises NotFound."""
        return self._one(
            select(Partner)
            .where(Partner.id == id, *self.seen())
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def _one(self, statement: Select[Partner]) -> Partner:
        partner = self.actor.session.execute(statement).scalar_one_or_none()
        if partner is None:
            raise NotFound
        return partner

    def many(self, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Partner]:
        """Those of `ids` that may be seen, by id, in one query."""
        statement = select(Partner).where(Partner.id.in_(list(ids)), *self.seen())
        return {partner.id: partner for partner in self.actor.session.execute(statement).scalars()}

    def page(self, mark: str | None = None, *, size: int = paging.PAGE, archived: bool = False) -> paging.Page:
        """A page by pinyin; rows have COLUMNS."""
        statement = select(*COLUMNS).where(
            Partner.archived_at.isnot(None) if archived else Partner.archived_at.is_(None), *self.seen()
        )
        return paging.page(
            self.actor.session, statement, [Partner.sort_key, Partner.id], mark, descending=False, size=size
        )

    def contacts(self, partner: Partner | uuid.UUID) -> list[Contact]:
        """The people at a partner (found already, or by its id), the main one first."""
        found = self.get(partner) if isinstance(partner, uuid.UUID) else partner
        statement = select(Contact).where(Contact.partner_id == found.id)
        return list(self.actor.session.execute(statement.order_by(Contact.main.desc(), Contact.id)).scalars())

    def addresses(self, partner: Partner | uuid.UUID) -> list[Address]:
        """The addresses of a partner (found already, or by its id), the main one first."""
        found = self.get(partner) if isinstance(partner, uuid.UUID) else partner
        statement = select(Address).where(Address.partner_id == found.id)
        return list(self.actor.session.execute(statement.order_by(Address.main.desc(), Address.id)).scalars())

    def contact(self, partner_id: uuid.UUID, contact_id: uuid.UUID) -> Contact:
        """A person at a partner. Raises NotFound."""
        return self._part(
            select(Contact).where(Contact.id == contact_id, Contact.partner_id == self.get(partner_id).id)
        )

    def address(self, partner_id: uuid.UUID, address_id: uuid.UUID) -> Address:
        """An address of a partner. Raises NotFound."""
        return self._part(
            select(Address).where(Address.id == address_id, Address.partner_id == self.get(partner_id).id)
        )

    def _part(self, statement: Select[Part]) -> Part:
        part = self.actor.session.execute(statement).scalar_one_or_none()
        if part is None:
            raise NotFound
        return part


def partners_of(actor: Actor) -> Partners:
    """All partners the actor may see."""
    return Partners(actor)


def customers_of(actor: Actor) -> Partners:
    """The customers the actor may see: all for the company's own people, a customer's user only their own."""
    return Partners(actor, "customer")


def suppliers_of(actor: Actor) -> Partners:
    """The suppliers the actor may see: all for the company's own people, a supplier's user only their own."""
    return Partners(actor, "supplier")


def find_customers(actor: Actor, text: str, limit: int = 20) -> list[Partner]:
    """Customers by name, pinyin initials, code, part of a phone number or a contact's name; nearest first."""
    return _find(customers_of(actor), "customer", text, limit)


def find_suppliers(actor: Actor, text: str, limit: int = 20) -> list[Partner]:
    """Suppliers, found the same way."""
    return _find(suppliers_of(actor), "supplier", text, limit)


def _find(finder: Partners, kind: str, text: str, limit: int) -> list[Partner]:
    ids = [key for _kind, key in search.find(finder.actor, text, [kind], limit)]
    found = finder.many(ids) if ids else {}
    return [found[key] for key in ids if key in found]


def partner_names(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of partners in the reader's language, in one query."""
    if not ids:
        return {}
    statement = select(Partner.id, Partner.name, Partner.name2).where(Partner.id.in_(set(ids)))
    return {row.id: display_name(row) for row in actor.session.execute(statement)}
