"""Finders of warehouses, own locations and lots; a product's unit and category in words."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, select

from webapp.catalog.models import Category, Product, Unit
from webapp.inventory.models import Location, Lot, Valuation, Warehouse
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .stock import Named, may_see_cost


def warehouses(actor: Actor) -> list[Warehouse]:
    """All warehouses, by code."""
    return list(actor.session.scalars(select(Warehouse).order_by(Warehouse.code)))


def get_location(actor: Actor, location_id: uuid.UUID) -> Location:
    """An own location. Raises NotFound, for virtual ones too."""
    statement = select(Location).where(Location.id == location_id, Location.warehouse_id.isnot(None))
    found = None if actor.is_portal else actor.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_lot(actor: Actor, lot_id: uuid.UUID) -> Lot:
    """A lot. Raises NotFound."""
    found = None if actor.is_portal else actor.session.scalars(select(Lot).where(Lot.id == lot_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def unit_of(actor: Actor, unit_id: uuid.UUID) -> str:
    """A unit's name in the reader's language."""
    return display_name(actor.session.scalars(select(Unit).where(Unit.id == unit_id)).one())


@dataclass(slots=True, frozen=True)
class Described:
    """A product's unit and category in the reader's language, and what its stock is worth to who may see it."""

    unit: str
    category: str
    value: Decimal | None


def describe(actor: Actor, product: Product) -> Described:
    """Unit, category and value of a product, in one query."""
    row = actor.session.execute(
        select(Unit.name, Unit.name2, Category.name, Category.name2, Valuation.value)
        .outerjoin(Category, and_(Category.company_id == Unit.company_id, Category.id == product.category_id))
        .outerjoin(Valuation, and_(Valuation.company_id == Unit.company_id, Valuation.product_id == product.id))
        .where(Unit.id == product.unit_id)
    ).one()
    unit, category = Named(row[0], row[1]), Named(row[2] or "", row[3])
    return Described(display_name(unit), display_name(category), row[4] if may_see_cost(actor) else None)
