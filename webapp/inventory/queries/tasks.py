"""What waits at places: goods to count, goods to put away."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, literal, select, union_all

from webapp.catalog.models import Product, Unit
from webapp.inventory.models import Balance, CountTask, Location, Lot, StockCount
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .stock import lying


def waiting_at_places(actor: Actor, limit: int = 20) -> Sequence[Any]:
    """Open tasks to count (`what` is count), the oldest first, and goods in receiving (put), in one query.

    `quantity` is by how much a place was short, or what lies there to put away.
    """
    return actor.session.execute(
        union_all(*(select(part.subquery()) for part in (_tasks(limit), _put_away(limit))))
    ).all()


def _tasks(limit: int) -> Any:
    return (
        select(
            literal("count").label("what"),
            *(CountTask.location_id, CountTask.product_id, CountTask.lot_id, CountTask.quantity),
            *(Location.code, Lot.code.label("lot"), Product.name, Product.name2),
            *(Unit.name.label("unit_name"), Unit.name2.label("unit_name2")),
        )
        .join(Location, and_(Location.company_id == CountTask.company_id, Location.id == CountTask.location_id))
        .join(Product, and_(Product.company_id == CountTask.company_id, Product.id == CountTask.product_id))
        .join(Lot, and_(Lot.company_id == CountTask.company_id, Lot.id == CountTask.lot_id))
        .join(Unit, and_(Unit.company_id == Product.company_id, Unit.id == Product.unit_id))
        .where(CountTask.closed_at.is_(None))
        .order_by(CountTask.opened_at, CountTask.id)
        .limit(limit)
    )


def _put_away(limit: int) -> Any:
    columns = (
        literal("put").label("what"),
        *(Balance.location_id, Balance.product_id, Balance.lot_id, Balance.quantity),
        *(Location.code, Lot.code.label("lot"), Product.name, Product.name2),
        *(Unit.name.label("unit_name"), Unit.name2.label("unit_name2")),
    )
    statement = lying().with_only_columns(*columns).where(Location.kind == "receiving", Balance.quantity > 0)
    return statement.order_by(Location.code, Product.sort_key, Balance.lot_id).limit(limit)


def open_task(actor: Actor, location_id: uuid.UUID, product_id: uuid.UUID, lot_id: uuid.UUID) -> CountTask | None:
    """What asks for a count of these goods, if anything does."""
    place = (CountTask.location_id == location_id, CountTask.product_id == product_id)
    statement = select(CountTask).where(*place, CountTask.lot_id == lot_id, CountTask.closed_at.is_(None))
    return actor.session.scalars(statement).one_or_none()


def get_count(actor: Actor, count_id: uuid.UUID) -> StockCount:
    """A count that was kept. Raises NotFound."""
    row = actor.session.scalars(select(StockCount).where(StockCount.id == count_id)).one_or_none()
    if row is None:
        raise NotFound
    return row
