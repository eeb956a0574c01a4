"""Shelves and goods on them, in a line each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.support.world import act, look
from webapp.inventory import Demanded, Movement, add_location, demand, lot_of, move, no_lot, reserve, virtual
from webapp.inventory.models import Balance, Demand, Location, Move, Reservation, Valuation, Warehouse
from webapp.kernel.register import registers
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
    """Goods come from a supplier, worth `value` in all. Returns their lot."""
    lots: list[UUID] = []
    where = place(owner, to)

    def receive(actor: Actor) -> None:
        lots.append(lot_of(actor, product_id, lot, known.get("expires_on")))
        goods = Movement(
            product_id,
            lots[0],
            virtual(actor, "supplier"),
            where,
            Decimal(quantity),
            Decimal(value).quantize(Decimal("0.01")),
        )
        move(actor, [goods], on=TODAY, kind="test", document_id=new_id())

    act(owner, receive)
    return lots[0]


def send(
    owner: Actor, product_id: UUID, quantity: int | str, source: str = "A-01-1", lot: UUID | None = None
) -> Decimal:
    """Goods go to a customer. Returns what they cost."""
    where = place(owner, source)

    def ship(actor: Actor) -> Decimal:
        lot_id = lot or no_lot(actor, product_id)
        goods = Movement(product_id, lot_id, where, virtual(actor, "customer"), Decimal(quantity))
        return move(actor, [goods], on=TODAY, kind="test", document_id=new_id())[0]

    return act(owner, ship)


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
    return look(owner, lambda actor: {code: quantity for code, quantity in actor.session.execute(statement)})


def stock_differences(owner: Actor) -> list[str]:
    """What inventory's own checks of `verify` find wrong in the company."""
    checks = [check for check in registers.checks if check.name.startswith("inventory")]
    return look(owner, lambda actor: [f"{check.name}: {one}" for check in checks for one in check.differences(actor)])
