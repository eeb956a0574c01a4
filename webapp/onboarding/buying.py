"""Goods bought and taken in without a supplier at a phone: what imports and the demo's history need."""

import uuid
from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from webapp.kernel.wall import Actor
from webapp.purchasing import Counted, orders_of, receive
from webapp.purchasing.models import PurchaseLine

Lot = tuple[str, date | None]


def no_lots(_product_id: uuid.UUID) -> Lot:
    """Goods kept without lots."""
    return "", None


def receive_all(
    actor: Actor,
    order_id: uuid.UUID,
    day: date,
    *,
    lot: Callable[[uuid.UUID], Lot] = no_lots,
    location_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Take in all that is open of an order on `day`, each product in the lot that `lot` names. Returns the receipt."""
    order = orders_of(actor).locked(order_id)
    lines = actor.session.execute(
        select(PurchaseLine.id, PurchaseLine.product_id, PurchaseLine.quantity, PurchaseLine.refused).where(
            PurchaseLine.order_id == order_id
        )
    ).all()
    counted = [
        Counted(
            line.id, line.quantity - line.refused, lot_code=lot(line.product_id)[0], expires_on=lot(line.product_id)[1]
        )
        for line in lines
        if line.quantity > line.refused
    ]
    return receive(order, counted, actor=actor, location_id=location_id, on=day).id
