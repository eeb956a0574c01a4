"""A shelf of cream and a keeper whose phone had no network in the morning."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.inventory import Opening, open_stock
from webapp.inventory.models import CountTask, Location
from webapp.kernel.wall import Actor

from .catalog import a_product
from .inventory import place, stock_at, stock_differences
from .pages import Pages
from .world import a_company, a_member, act, look

NINE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
"""In the morning; the phone has a network again two hours later."""


def later(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


class Floor:
    """Ten of cream at A-01-1, worth 1000; two keepers with a phone each."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.owner = client, a_company(session)
        self.cream = a_product(self.owner, sku="CREAM").id
        act(self.owner, self.begin)
        self.here, self.there = place(self.owner, "A-01-1"), place(self.owner, "B-01-1")
        self.keeper = Pages(client, a_member(self.owner, "warehouse"))

    def begin(self, actor: Actor) -> None:
        """The stock it begins with was there since yesterday."""
        assert actor.operation
        actor.operation.done_at = NINE - timedelta(days=1)
        shelf = place_id(actor, "A-01-1")
        open_stock(actor, [Opening(self.cream, self.cream, shelf, Decimal(10), Decimal("1000.00"))], on=NINE.date())

    def goods(self, quantity: int | str, **where: object) -> dict[str, object]:
        ids = {"product_id": self.cream, "lot_id": self.cream, "from_id": self.here, "to_id": self.there}
        return {key: str(value) for key, value in (ids | {"quantity": quantity} | where).items()}

    def move(self, quantity: int | str, minute: int = 0, status: int = 200, **where: object) -> dict:
        op_id = where.pop("op_id", None)
        fields = self.goods(quantity, **where)
        return self.keeper.queued("stock/transfers", status, op_id=op_id, done_at=later(minute), **fields)  # type: ignore[arg-type]

    def count(self, counted: int | str, minute: int = 0, status: int = 200, **said: str) -> dict:
        fields = {"product_id": self.cream, "lot_id": self.cream, "location_id": self.here, "book": "10"}
        fields = {key: str(value) for key, value in fields.items()} | {"reason": "count"} | said
        return self.keeper.queued("stock/adjustments", status, done_at=later(minute), counted=str(counted), **fields)

    def take_back(self, key: UUID, minute: int = 0, status: int = 200, **said: UUID) -> dict:
        return self.keeper.queued(f"stock/counts/{key}/reversal", status, done_at=later(minute), **said)

    def stock(self) -> dict[str, int]:
        assert stock_differences(self.owner) == []
        return {code: int(quantity) for code, (quantity, _kept) in stock_at(self.owner, self.cream).items()}

    def tasks(self) -> list[tuple[Decimal, Decimal]]:
        statement = select(CountTask.quantity, CountTask.value).where(CountTask.closed_at.is_(None))
        return look(self.owner, lambda actor: [tuple(row) for row in actor.session.execute(statement)])


def place_id(actor: Actor, code: str) -> UUID:
    return actor.session.scalars(select(Location.id).where(Location.code == code)).one()
