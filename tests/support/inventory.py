"""Shelves and goods on them, in a line each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.support.world import act, look
from webapp.finance import Fact, post, posting_day
from webapp.inventory import (
    Demanded,
    Key,
    Movement,
    Opening,
    add_location,
    demand,
    lot_of,
    move,
    no_lot,
    open_stock,
    reserve,
    virtual,
)
from webapp.inventory.checks import CHECKS
from webapp.inventory.models import Balance, Demand, Location, Move, Reservation, Valuation, Warehouse
from webapp.inventory.verbs.adjustments import ADJUSTMENT
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

TODAY = date(2026, 11, 24)


def place(owner: Actor, code: str) -> UUID:
    """The location of that code; it is made where it is not there yet."""

    def find(actor: Actor) -> UUID | None:
        return actor.session.scalar(select(Location.id).where(Location.code == code))

    def make(actor: Actor) -> UUID:
        warehouse = actor.session.scalars(select(Warehouse.id)).first()
        assert warehouse
        return add_location(actor, warehouse, code).id

    return look(owner, find) or act(owner, make)


def bring(
    owner: Actor,
    product_id: UUID,
    quantity: int | str,
    value: int | str,
    to: str = "A-01-1",
    lot: str = "",
    **known: Any,
) -> UUID:
    """Goods are there from the beginning, worth `value` in all. Returns their lot."""
    where = place(owner, to)

    def open_with(actor: Actor) -> UUID:
        lot_id = lot_of(actor, product_id, lot, known.get("expires_on"))
        worth = Decimal(value).quantize(Decimal("0.01"))
        open_stock(actor, [Opening(product_id, lot_id, where, Decimal(quantity), worth)], on=TODAY)
        return lot_id

    return act(owner, open_with)


def send(
    owner: Actor, product_id: UUID, quantity: int | str, source: str = "A-01-1", lot: UUID | None = None
) -> Decimal:
    """Goods leave for good, with their voucher. Returns what they cost."""
    where = place(owner, source)
    return act(
        owner, lambda actor: leave(actor, Key(where, product_id, lot or no_lot(actor, product_id)), Decimal(quantity))
    )


def leave(actor: Actor, key: Key, quantity: Decimal, document_id: UUID | None = None) -> Decimal:
    """Within an operation: goods go to a customer at cost, posted as a count loss, which needs no order."""
    document = document_id or new_id()
    goods = Movement(key.product_id, key.lot_id, key.location_id, virtual(actor, "customer"), quantity)
    day = posting_day(actor, TODAY)
    (cost,) = move(actor, [goods], on=day, kind=ADJUSTMENT, document_id=document)
    facts = [Fact({"cost": cost}, key.product_id)]
    post(actor, "inventory.count_loss", on=day, kind=ADJUSTMENT, document_id=document, facts=facts)
    return cost


def wanted(owner: Actor, product_id: UUID, quantity: int | str, *, keep: bool = True) -> UUID:
    """Somebody waits for goods; with `keep` they are reserved at once. Returns the demand."""

    def ask(actor: Actor) -> UUID:
        line = Demanded(new_id(), product_id, Decimal(quantity), TODAY, "test", new_id())
        (demand_id,) = demand(actor, line)
        if keep:
            reserve(actor, [demand_id])
        return demand_id

    return act(owner, ask)


def kept_for(owner: Actor, demand_id: UUID) -> Decimal:
    """What is reserved for a demand."""
    return look(owner, lambda actor: actor.session.scalars(select(Demand.reserved).where(Demand.id == demand_id)).one())


def stock_at(owner: Actor, product_id: UUID) -> dict[str, tuple[Decimal, Decimal]]:
    """(quantity, reserved) of a product by location, empty places left out."""

    def ask(actor: Actor) -> dict[str, tuple[Decimal, Decimal]]:
        rows = actor.session.execute(
            select(Location.code, Balance.quantity, Balance.reserved)
            .join(Location, (Location.company_id == Balance.company_id) & (Location.id == Balance.location_id))
            .where(Balance.product_id == product_id, Balance.quantity != 0)
        )
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for code, quantity, reserved in rows:
            before = found.get(code, (Decimal(0), Decimal(0)))
            found[code] = (before[0] + quantity, before[1] + reserved)
        return found

    return look(owner, ask)


def worth(owner: Actor, product_id: UUID) -> tuple[Decimal, Decimal]:
    """(quantity, value) of a product over all own locations."""
    statement = select(Valuation.quantity, Valuation.value).where(Valuation.product_id == product_id)
    return look(owner, lambda actor: tuple(actor.session.execute(statement).one()))


def moves_of(owner: Actor, product_id: UUID) -> Sequence[Move]:
    """The stock ledger of a product, oldest first."""
    statement = select(Move).where(Move.product_id == product_id).order_by(Move.id)

    def ask(actor: Actor) -> Sequence[Move]:
        moves = actor.session.scalars(statement).all()
        actor.session.expunge_all()
        return moves

    return look(owner, ask)


def reservations_of(owner: Actor, demand_id: UUID) -> dict[str, Decimal]:
    """What is reserved for a demand, by location."""
    statement = (
        select(Location.code, Reservation.quantity)
        .join(Location, (Location.company_id == Reservation.company_id) & (Location.id == Reservation.location_id))
        .where(Reservation.demand_id == demand_id)
    )
    return look(owner, lambda actor: dict(actor.session.execute(statement).all()))


def stock_differences(owner: Actor) -> list[str]:
    """What inventory's own checks of `verify` find wrong in the company."""
    return look(owner, lambda actor: [f"{check.name}: {one}" for check in CHECKS for one in check.differences(actor)])
