"""Finders of warehouses, own locations and lots; a product's unit and category in words."""

import uuid

from sqlalchemy import select

from webapp.catalog.models import Category, Unit
from webapp.inventory.models import Location, Lot, Warehouse
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor


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


def category_of(actor: Actor, category_id: uuid.UUID | None) -> str:
    """A category's name in the reader's language; nothing for None."""
    if category_id is None:
        return ""
    return display_name(actor.session.scalars(select(Category).where(Category.id == category_id)).one())
