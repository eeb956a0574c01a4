"""What is short and what to buy for it: proposals, until a buyer orders or dismisses them."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Params, Price, Quantity, Row, belongs_to


class Proposal(Row, Base):
    """Buy so many of a product from the best supplier, by a day; `why` holds the figures it came from.

    One open proposal a product (the index says so); planning again updates it.
    """

    __tablename__ = "proposal"
    product_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID | None]
    quantity: Mapped[Quantity]
    price: Mapped[Price | None]
    wanted_on: Mapped[date]
    why: Mapped[Params]
    state: Mapped[str] = mapped_column(default="open")
    order_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    __table_args__ = (
        CheckConstraint("state IN ('open', 'ordered', 'dismissed', 'gone')", "state"),
        CheckConstraint("quantity > 0", "quantity"),
        belongs_to("product", "product_id"),
        belongs_to("partner", "partner_id"),
        belongs_to("purchase_order", "order_id"),
        Index("uq_proposal_open", "company_id", "product_id", unique=True, postgresql_where="state = 'open'"),
        Index(None, "company_id", "state", "partner_id"),
    )
