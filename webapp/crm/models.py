"""Follow-ups and the rules that open them."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Index, Time, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, OfCompany, Params, Row, belongs_to


class FollowUpRule(OfCompany, Base):
    """After `event` (a timeline code), a follow-up is due in so many days; a company's own to change."""

    __tablename__ = "follow_up_rule"
    event: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int]
    working_days: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (CheckConstraint("days >= 0 AND days <= 365", "days"),)


class FollowUp(Row, Base):
    """A call or visit due: who, whom, when and why; once done, what came of it and what is next."""

    __tablename__ = "follow_up"
    partner_id: Mapped[uuid.UUID]
    rep_id: Mapped[uuid.UUID]
    due_on: Mapped[date]
    due_at: Mapped[time | None] = mapped_column(Time)
    """The hour it was agreed for, where one was."""
    code: Mapped[str]
    """Why it is due: the rule's event, `again` for one that a rep set, or `asked` for one made by hand."""
    params: Mapped[Params]
    kind: Mapped[str | None]
    document_id: Mapped[uuid.UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    done_at: Mapped[datetime | None]
    done_by: Mapped[uuid.UUID | None]
    how: Mapped[str | None]
    outcome: Mapped[str | None]
    next_id: Mapped[uuid.UUID | None]
    no_next_reason: Mapped[str | None]

    @property
    def state(self) -> str:
        """`due` until it is recorded, then `done` (see states.py)."""
        return "due" if self.done_at is None else "done"

    __table_args__ = (
        CheckConstraint("done_at IS NULL OR next_id IS NOT NULL OR no_next_reason IS NOT NULL", "next"),
        belongs_to("partner", "partner_id"),
        Index("ix_follow_up_due", "company_id", "rep_id", "due_on", "id", postgresql_where="done_at IS NULL"),
        Index("ix_follow_up_open", "company_id", "due_on", "id", postgresql_where="done_at IS NULL"),
        Index("ix_follow_up_done", "company_id", "done_at", "id", postgresql_where="done_at IS NOT NULL"),
        Index(None, "company_id", "partner_id", "id"),
        Index(
            "uq_follow_up_source",
            "company_id",
            "document_id",
            "code",
            unique=True,
            postgresql_where="document_id IS NOT NULL AND done_at IS NULL",
        ),
    )
