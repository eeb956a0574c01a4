"""The kernel's tables: operations, the timeline, steps, numbers, search terms, notifications, settings."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .types import Base, OfCompany, Params, Row


class OperationRow(OfCompany, Base):
    """One thing done, by the id its form carried: applied once, answered the same again, kept for ever."""

    __tablename__ = "operation"
    op_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID]
    membership_id: Mapped[uuid.UUID]
    verb: Mapped[str]
    fingerprint: Mapped[str]
    status: Mapped[str]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    done_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (CheckConstraint("status IN ('running', 'applied', 'rejected')", "status"),)


class TimelineEntry(Row, Base):
    """Who did what to which document. Append-only."""

    __tablename__ = "timeline"
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    code: Mapped[str]
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID | None]
    params: Mapped[Params]
    __table_args__ = (
        Index(None, "company_id", "document_id", "id"),
        Index(None, "company_id", "partner_id", "id"),
    )


class Step(OfCompany, Base):
    """What someone brought a document to, once. Append-only."""

    __tablename__ = "step"
    document_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]


class Counter(OfCompany, Base):
    """The last number given, per kind and period."""

    __tablename__ = "counter"
    kind: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class SearchTerm(OfCompany, Base):
    """A suffix by which a row is found."""

    __tablename__ = "search_term"
    term: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    __table_args__ = (Index(None, "company_id", "kind", "id"),)


class Notification(Row, Base):
    """Something a person should know: a code and its parameters, the words made when shown."""

    __tablename__ = "notification"
    user_id: Mapped[uuid.UUID]
    code: Mapped[str]
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID]
    params: Mapped[Params]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime | None]
    __table_args__ = (
        Index(None, "company_id", "user_id", "seen_at", "id"),
        Index(None, "company_id", "document_id", "code"),
    )


class Setting(OfCompany, Base):
    """A company's policy, by key; what is not set has the default its package registered."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
