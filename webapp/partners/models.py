"""Customers and suppliers in one table, since many firms are both; their contacts and addresses."""

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Money, Row, belongs_to


class Partner(Row, Base):
    """A firm one trades with. `sort_key` is the pinyin of its name; `owner_id` the user who looks after it."""

    __tablename__ = "partner"
    code: Mapped[str]
    name: Mapped[str]
    name2: Mapped[str | None]
    sort_key: Mapped[str]
    is_customer: Mapped[bool] = mapped_column(default=False)
    is_supplier: Mapped[bool] = mapped_column(default=False)
    supplier_state: Mapped[str] = mapped_column(default="approved")
    tax_number: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    region: Mapped[str | None]
    payment_days: Mapped[int] = mapped_column(default=30)
    credit_limit: Mapped[Money | None]
    lead_days: Mapped[int] = mapped_column(default=3)
    days_late: Mapped[int] = mapped_column(default=0)
    """A supplier's mean days behind its own promise, kept by purchasing; moves the promise dates we give."""
    owner_id: Mapped[uuid.UUID | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    """Words of the company's own, such as "cold chain"."""
    note: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("is_customer OR is_supplier", "kind"),
        Index("uq_partner_code", "company_id", "code", unique=True),
        Index("ix_partner_customers", "company_id", "sort_key", "id", postgresql_where="is_customer"),
        Index("ix_partner_suppliers", "company_id", "sort_key", "id", postgresql_where="is_supplier"),
    )


class Contact(Row, Base):
    """A person at a partner."""

    __tablename__ = "contact"
    partner_id: Mapped[uuid.UUID]
    name: Mapped[str]
    title: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    main: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (belongs_to("partner", "partner_id"), Index(None, "company_id", "partner_id"))


class Address(Row, Base):
    """Where goods or papers go."""

    __tablename__ = "address"
    partner_id: Mapped[uuid.UUID]
    text: Mapped[str]
    city: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    main: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (belongs_to("partner", "partner_id"), Index(None, "company_id", "partner_id"))
