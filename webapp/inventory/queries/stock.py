"""What lies where: a product's places, a place's goods, a lot's, and the list of all stock."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from webapp.catalog import find_products, products_of, units
from webapp.catalog.models import Product, Unit
from webapp.inventory.models import Balance, Location, Lot, Valuation, Warehouse
from webapp.kernel import calendar, paging
from webapp.kernel.i18n import display_name
from webapp.kernel.wall import Actor

from .availability import Available, availability

COST_ROLES = frozenset({"owner", "manager", "buyer", "accountant", "auditor"})
"""Who may see what stock is worth; sales and warehouse never do, on no page and in no export."""


def may_see_cost(actor: Actor) -> bool:
    """Whether the actor may see what goods cost."""
    return actor.role in COST_ROLES


@dataclass(slots=True, frozen=True)
class InStock:
    """A product's line of the stock list. `value` is None where there is none, or it is not the actor's to see."""

    id: uuid.UUID
    sku: str
    name: str
    unit: str
    stock: Available
    value: Decimal | None


def stock_page(actor: Actor, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
    """A page of the stock list, by pinyin; rows are `InStock`. Four queries, however long."""
    found = products_of(actor).page(mark, size=size)
    return paging.Page(_in_stock(actor, found.rows), found.next)


def find_stock(actor: Actor, text: str) -> list[InStock]:
    """Lines of the stock list that a name, its initials, a code or a barcode finds."""
    return _in_stock(actor, find_products(actor, text))


def _in_stock(actor: Actor, products: Sequence[Any]) -> list[InStock]:
    ids = [product.id for product in products]
    stock = availability(actor, ids, incoming=False)
    names = {unit.id: display_name(unit) for unit in units(actor)}
    values = valuations(actor, ids)
    return [
        InStock(p.id, p.sku, display_name(p), names.get(p.unit_id, ""), stock[p.id], values.get(p.id)) for p in products
    ]


def valuations(actor: Actor, product_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """What each product's stock is worth; nothing for who may not see cost."""
    if not may_see_cost(actor):
        return {}
    rows = actor.session.execute(
        select(Valuation.product_id, Valuation.value).where(Valuation.product_id.in_(product_ids))
    )
    return {row.product_id: row.value for row in rows}


def lying() -> Any:
    """Balances with goods, with their place, lot, product and unit."""
    return (
        select(
            *(Balance.location_id, Balance.product_id, Balance.lot_id, Balance.quantity, Balance.reserved),
            *(Location.code, Location.kind, Location.warehouse_id, Lot.code.label("lot"), Lot.expires_on),
            *(Product.sku, Product.name, Product.name2, Product.sort_key, Product.unit_id, Product.least_days),
            *(Unit.name.label("unit_name"), Unit.name2.label("unit_name2")),
        )
        .join(Location, and_(Location.company_id == Balance.company_id, Location.id == Balance.location_id))
        .join(Product, and_(Product.company_id == Balance.company_id, Product.id == Balance.product_id))
        .join(Lot, and_(Lot.company_id == Balance.company_id, Lot.id == Balance.lot_id, Lot.product_id == Product.id))
        .join(Unit, and_(Unit.company_id == Product.company_id, Unit.id == Product.unit_id))
        .where(Balance.quantity != 0)
    )


class Named(NamedTuple):
    """A name in two languages, for `display_name`."""

    name: str
    name2: str | None


def unit_name(row: Any) -> str:
    """The unit of a row of `lying` or of the ledger, in the reader's language."""
    return display_name(Named(row.unit_name, row.unit_name2))


BY_EXPIRY = (Lot.expires_on.asc().nulls_last(), Location.code, Lot.code, Balance.lot_id)


def places_of(actor: Actor, product_id: uuid.UUID, lot_id: uuid.UUID | None = None) -> Sequence[Any]:
    """Where a product (or one lot of it) lies, first expiry first."""
    statement = lying().where(Balance.product_id == product_id)
    if lot_id:
        statement = statement.where(Balance.lot_id == lot_id)
    return actor.session.execute(statement.order_by(*BY_EXPIRY)).all()


def goods_at(actor: Actor, location_id: uuid.UUID, mark: str | None = None) -> paging.Page:
    """A page of what lies at a place, by the products' pinyin."""
    statement = lying().where(Balance.location_id == location_id)
    keys = [Product.sort_key, Balance.product_id, Balance.lot_id]
    return paging.page(actor.session, statement, keys, mark, descending=False)


def goods_of(actor: Actor, location_id: uuid.UUID, product_id: uuid.UUID, lot_id: uuid.UUID) -> Any | None:
    """One lot at one place, or None where nothing of it lies there."""
    return actor.session.execute(
        lying().where(Balance.location_id == location_id, Balance.product_id == product_id, Balance.lot_id == lot_id)
    ).first()


def expiring(actor: Actor, days: int, limit: int = 20) -> Sequence[Any]:
    """Goods in lots that expire within `days` or have expired and are not blocked yet, soonest first."""
    until = calendar.today(actor) + timedelta(days=days)
    statement = lying().where(Lot.expires_on <= until, Balance.quantity > 0, Location.kind != "blocked")
    return actor.session.execute(statement.order_by(*BY_EXPIRY).limit(limit)).all()


def lots_by_expiry(actor: Actor, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
    """A page of goods in lots with an expiry, soonest first."""
    statement = lying().where(Lot.expires_on.isnot(None), Balance.quantity > 0)
    keys = [Lot.expires_on, Balance.lot_id, Balance.location_id]
    return paging.page(actor.session, statement, keys, mark, descending=False, size=size)


@dataclass(slots=True, frozen=True)
class Place:
    """A location as a list shows it."""

    id: uuid.UUID
    code: str
    kind: str
    warehouse: str


def _places() -> Any:
    return (
        select(Location.id, Location.code, Location.kind, Warehouse.name, Warehouse.name2)
        .join(Warehouse, and_(Warehouse.company_id == Location.company_id, Warehouse.id == Location.warehouse_id))
        .where(Location.archived_at.is_(None))
    )


def _as_places(rows: Iterable[Any]) -> list[Place]:
    return [Place(row.id, row.code, row.kind, display_name(row)) for row in rows]


def locations(actor: Actor, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
    """A page of own locations, by code; rows are `Place`."""
    keys = [Location.code, Location.id]
    found = paging.page(actor.session, _places(), keys, mark, descending=False, size=size)
    return paging.Page(_as_places(found.rows), found.next)


def targets(
    actor: Actor, product_id: uuid.UUID, source_id: uuid.UUID, *, blocked: bool = False, limit: int = 12
) -> list[Place]:
    """Where goods of a product may go from a place: where some of it lies first; only blocked places if `blocked`."""
    has_some = (
        select(Balance.lot_id)
        .where(
            Balance.company_id == Location.company_id,
            Balance.location_id == Location.id,
            Balance.product_id == product_id,
            Balance.quantity > 0,
        )
        .exists()
    )
    statement = _places().where(Location.id != source_id).order_by(has_some.desc(), Location.code).limit(limit)
    if blocked:
        statement = statement.where(Location.kind == "blocked")
    return _as_places(actor.session.execute(statement))
