"""Places that somebody should count."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from webapp.catalog.models import Product, Unit
from webapp.inventory.models import CountTask, Location, Lot
from webapp.kernel.wall import Actor


def to_count(actor: Actor, limit: int = 20) -> Sequence[Any]:
    """Open tasks with place, goods, lot and unit, the oldest first."""
    statement = (
        select(
            *(CountTask.location_id, CountTask.product_id, CountTask.lot_id, CountTask.quantity, CountTask.opened_at),
            *(Location.code, Lot.code.label("lot"), Product.name, Product.name2),
            *(Unit.name.label("unit_name"), Unit.name2.label("unit_name2")),
        )
        .join(Location, and_(Location.company_id == CountTask.company_id, Location.id == CountTask.location_id))
        .join(Product, and_(Product.company_id == CountTask.company_id, Product.id == CountTask.product_id))
        .join(Lot, and_(Lot.company_id == CountTask.company_id, Lot.id == CountTask.lot_id))
        .join(Unit, and_(Unit.company_id == Product.company_id, Unit.id == Product.unit_id))
        .where(CountTask.closed_at.is_(None))
    )
    return actor.session.execute(statement.order_by(CountTask.opened_at, CountTask.id).limit(limit)).all()


def open_task(actor: Actor, location_id: uuid.UUID, product_id: uuid.UUID, lot_id: uuid.UUID) -> CountTask | None:
    """What asks for a count of these goods, if anything does."""
    place = (CountTask.location_id == location_id, CountTask.product_id == product_id)
    statement = select(CountTask).where(*place, CountTask.lot_id == lot_id, CountTask.closed_at.is_(None))
    return actor.session.scalars(statement).one_or_none()
