"""Warehouses, locations and lots; the stock ledger and its kept balances; demands and what is reserved for them."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Money, OfCompany, Quantity, Row, belongs_to

VIRTUAL = ("supplier", "customer", "production", "loss", "unexplained", "opening")
"""Locations that make every event one kind of row; they keep no balance."""

USABLE = """l.kind IN ('stock', 'receiving') AND (lot.expires_on IS NULL OR lot.expires_on >= %(today)s)"""
"""Which goods may be promised: the one predicate, over `location l` and `lot`. A lot is usable through its last day."""


class Warehouse(Row, Base):
    """A place with locations in it."""

    __tablename__ = "warehouse"
    code: Mapped[str]
    name: Mapped[str]
    name2: Mapped[str | None]
    __table_args__ = (Index("uq_warehouse_code", "company_id", "code", unique=True),)


class Location(Row, Base):
    """A shelf, bay or floor (kind `stock`), goods blocked from sale (`blocked`), or a virtual one without warehouse."""

    __tablename__ = "location"
    warehouse_id: Mapped[uuid.UUID | None]
    code: Mapped[str]
    kind: Mapped[str] = mapped_column(default="stock")
    may_go_negative: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "kind IN ('stock', 'receiving', 'blocked', "
            "'supplier', 'customer', 'production', 'loss', 'unexplained', 'opening')",
            "kind",
        ),
        CheckConstraint("(kind IN ('stock', 'receiving', 'blocked')) = (warehouse_id IS NOT NULL)", "warehouse"),
        belongs_to("warehouse", "warehouse_id"),
        Index("uq_location_code", "company_id", "code", unique=True),
    )


class Lot(Row, Base):
    """A batch with its expiry. Every product has one `no lot` row, with an empty code, so that lot is never NULL.

    Usable through `expires_on`, that day included.
    """

    __tablename__ = "lot"
    product_id: Mapped[uuid.UUID]
    code: Mapped[str]
    expires_on: Mapped[date | None]
    produced_on: Mapped[date | None]
    __table_args__ = (
        belongs_to("product", "product_id"),
        Index("uq_lot_code", "company_id", "product_id", "code", unique=True),
        Index("ix_lot_by_code", "company_id", "code"),
        Index("ix_lot_expiry", "company_id", "expires_on", "id", postgresql_where="expires_on IS NOT NULL"),
    )

    def usable_on(self, day: date) -> bool:
        """Whether it has not expired on `day`: the same rule as USABLE, for one row."""
        return self.expires_on is None or self.expires_on >= day


class Move(Row, Base):
    """The stock ledger: goods went from one location to another. Append-only; `value` is as posted.

    A row may carry value and no quantity (an invoice's price difference). `kind` and `document_id` name its source.
    """

    __tablename__ = "move"
    product_id: Mapped[uuid.UUID]
    lot_id: Mapped[uuid.UUID]
    from_id: Mapped[uuid.UUID]
    to_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    value: Mapped[Money]
    day: Mapped[date]
    done_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID]
    line_id: Mapped[uuid.UUID | None]
    reverses_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity"),
        CheckConstraint("from_id <> to_id", "somewhere_else"),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        belongs_to("location", "from_id"),
        belongs_to("location", "to_id"),
        Index("uq_move_reverses", "company_id", "reverses_id", unique=True, postgresql_where="reverses_id IS NOT NULL"),
        Index(None, "company_id", "product_id", "id"),
        Index(None, "company_id", "document_id"),
        Index("ix_move_id", "company_id", "received_at", "id"),
    )


class Balance(OfCompany, Base):
    """What lies where: kept beside the ledger in the same transaction. Nothing is promised beyond what lies there."""

    __tablename__ = "balance"
    location_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    product_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Quantity]
    reserved: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    may_go_negative: Mapped[bool] = mapped_column(default=False, server_default="false")
    __table_args__ = (
        CheckConstraint("quantity >= 0 OR may_go_negative", "quantity"),
        CheckConstraint("reserved >= 0 AND (reserved <= quantity OR reserved = 0)", "reserved"),
        belongs_to("location", "location_id"),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        Index(None, "company_id", "product_id"),
    )


class Valuation(OfCompany, Base):
    """A product's quantity and value over all own locations; unit cost is derived (moving average)."""

    __tablename__ = "valuation"
    product_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    quantity: Mapped[Quantity]
    value: Mapped[Money]
    __table_args__ = (belongs_to("product", "product_id"),)


class Demand(Row, Base):
    """Goods somebody waits for: a sales order's line. `reserved` counts its living reservations."""

    __tablename__ = "demand"
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID]
    line_id: Mapped[uuid.UUID]
    product_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID | None]
    wanted_on: Mapped[date]
    quantity: Mapped[Quantity]
    reserved: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    filled: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity"),
        CheckConstraint("reserved >= 0 AND filled >= 0 AND reserved + filled <= quantity", "covered"),
        belongs_to("product", "product_id"),
        Index("uq_demand_line", "company_id", "line_id", unique=True),
        Index(None, "company_id", "document_id"),
        Index(
            "ix_demand_waiting",
            "company_id",
            "product_id",
            "wanted_on",
            "id",
            postgresql_where="cancelled_at IS NULL AND reserved + filled < quantity",
        ),
    )


class Reservation(OfCompany, Base):
    """Goods at a place kept for a demand; the sum over a balance is its `reserved`."""

    __tablename__ = "reservation"
    demand_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    location_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    product_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity"),
        belongs_to("demand", "demand_id"),
        Index(None, "company_id", "product_id", "location_id", "lot_id"),
    )


class StockCount(Row, Base):
    """What someone counted of a lot at a place, also where the books said the same. Append-only.

    `book` is what the books said as of the count. What it booked is the adjustment of its own id.
    """

    __tablename__ = "stock_count"
    location_id: Mapped[uuid.UUID]
    product_id: Mapped[uuid.UUID]
    lot_id: Mapped[uuid.UUID]
    counted: Mapped[Quantity]
    book: Mapped[Quantity]
    done_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        belongs_to("location", "location_id"),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        Index("ix_stock_count_place", "company_id", "location_id", "product_id", "lot_id", "done_at"),
    )


class CountUndone(OfCompany, Base):
    """A count that was taken back: it stays, what it booked is reversed, no other is judged by it. Append-only."""

    __tablename__ = "count_undone"
    count_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    __table_args__ = (belongs_to("stock_count", "count_id"),)


class CountTask(Row, Base):
    """Goods at a place that somebody should count: so much more was moved, without a network, than the books had.

    `value` is what that much was worth then: what its count posts. Quantity 0: a move came in after the place had been
    counted, and was done before. One open task a place, product and lot; the count `count_id` closes it.
    """

    __tablename__ = "count_task"
    location_id: Mapped[uuid.UUID]
    product_id: Mapped[uuid.UUID]
    lot_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    value: Mapped[Money]
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]
    count_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND value >= 0", "quantity"),
        belongs_to("stock_count", "count_id"),
        Index("ix_count_task_count", "company_id", "count_id", postgresql_where="count_id IS NOT NULL"),
        belongs_to("location", "location_id"),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        Index(
            "uq_count_task_open",
            "company_id",
            "location_id",
            "product_id",
            "lot_id",
            unique=True,
            postgresql_where="closed_at IS NULL",
        ),
    )
