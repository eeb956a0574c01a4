"""What suppliers offer: a supplier's price list, and the offers for a product."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from webapp.catalog.models import Product, Unit
from webapp.kernel import paging
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import Supply

MOST = 200
"""Products of a list shown on one order form."""


class Supplies:
    """The price lists an actor may see: the house's own people only."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get(self, supply_id: uuid.UUID) -> Supply:
        """The offer. Raises NotFound."""
        return self._one(supply_id, lock=False)

    def locked(self, supply_id: uuid.UUID) -> Supply:
        """The offer, held until the verb ends. Raises NotFound."""
        return self._one(supply_id, lock=True)

    def _one(self, supply_id: uuid.UUID, *, lock: bool) -> Supply:
        statement = select(Supply).where(Supply.id == supply_id)
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        supply = None if self.actor.is_portal else self.actor.session.scalars(statement).one_or_none()
        if supply is None:
            raise NotFound
        return supply

    def of(self, partner_id: uuid.UUID, product_id: uuid.UUID, *, lock: bool = False) -> Supply:
        """What a supplier offers a product for. Raises NotFound where it is not on the list."""
        statement = select(Supply.id).where(Supply.partner_id == partner_id, Supply.product_id == product_id)
        supply_id = self.actor.session.scalar(statement)
        if supply_id is None:
            raise NotFound
        return self._one(supply_id, lock=lock)

    def page(self, partner_id: uuid.UUID, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
        """A page of a supplier's list, by product name."""
        statement = (
            select(
                *(Supply.id, Supply.product_id, Supply.price, Supply.lead_days, Supply.least, Supply.multiple),
                *(Supply.supplier_code, Product.name, Product.name2, Product.sku, Product.sort_key),
                *(Unit.name.label("unit"), Unit.name2.label("unit2")),
            )
            .join(Product, (Product.company_id == Supply.company_id) & (Product.id == Supply.product_id))
            .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
            .where(Supply.partner_id == partner_id)
        )
        keys = [Product.sort_key, Supply.id]
        return paging.page(self.actor.session, statement, keys, mark, descending=False, size=size)


def supplies_of(actor: Actor) -> Supplies:
    """The finder of suppliers' price lists."""
    return Supplies(actor)


@dataclass(slots=True, frozen=True)
class Offered:
    """A product of a supplier's list, as an order form shows it."""

    product_id: uuid.UUID
    name: str
    sku: str
    unit: str
    price: Decimal
    least: Decimal
    multiple: Decimal
    lead_days: int


def offered_by(actor: Actor, partner_id: uuid.UUID) -> list[Offered]:
    """What a supplier offers, by name, the first 200."""
    statement = (
        select(Supply, Product, Unit)
        .join(Product, (Product.company_id == Supply.company_id) & (Product.id == Supply.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .where(Supply.partner_id == partner_id, Product.archived_at.is_(None))
        .order_by(Product.sort_key, Product.id)
        .limit(MOST)
    )
    return [_offered(supply, product, unit) for supply, product, unit in actor.session.execute(statement)]


def _offered(supply: Supply, product: Product, unit: Unit) -> Offered:
    return Offered(
        product_id=product.id,
        name=display_name(product),
        sku=product.sku,
        unit=display_name(unit),
        price=supply.price,
        least=supply.least,
        multiple=supply.multiple,
        lead_days=supply.lead_days,
    )


@dataclass(slots=True, frozen=True)
class Source:
    """Who offers a product, on which terms, and how well they keep their days."""

    product_id: uuid.UUID
    partner_id: uuid.UUID
    price: Decimal
    lead_days: int
    days_late: int
    least: Decimal
    multiple: Decimal


def sources_of(actor: Actor, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Source]]:
    """The approved suppliers of products, cheapest first, then soonest by their record."""
    statement = (
        select(Supply, Partner.days_late)
        .join(Partner, (Partner.company_id == Supply.company_id) & (Partner.id == Supply.partner_id))
        .where(
            Supply.product_id.in_(list(product_ids)),
            Partner.is_supplier,
            Partner.supplier_state == "approved",
            Partner.archived_at.is_(None),
        )
    )
    found: dict[uuid.UUID, list[Source]] = {}
    for s, late in actor.session.execute(statement):
        source = Source(s.product_id, s.partner_id, s.price, s.lead_days, late, s.least, s.multiple)
        found.setdefault(s.product_id, []).append(source)
    for sources in found.values():
        sources.sort(key=lambda source: (source.price, source.lead_days + source.days_late, source.partner_id))
    return found
