"""Leads, follow-ups and the rules that open them."""

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


class Lead(Row, Base):
    """A firm that may become a customer, and who looks after it; in the pool nobody does.

    Its key becomes the customer's, so that what was noted of a lead stands on the customer's page too.
    """

    __tablename__ = "lead"
    name: Mapped[str]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    wechat: Mapped[str | None]
    source: Mapped[str]
    region: Mapped[str | None]
    wants: Mapped[str | None]
    note: Mapped[str | None]
    rep_id: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(default="new")
    reason: Mapped[str | None]
    """Why it is not for us, where it is not."""
    partner_id: Mapped[uuid.UUID | None]
    """The customer that it became, or turned out to be."""
    touched_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """When somebody last had to do with it; after days of silence it goes into the pool."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises when what its form shows changes; what happens to it changes its state alone."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        CheckConstraint("(state = 'pool') = (rep_id IS NULL)", "pool"),
        CheckConstraint("(state = 'converted') = (partner_id IS NOT NULL)", "converted"),
        CheckConstraint("(state = 'disqualified') = (reason IS NOT NULL)", "reason"),
        belongs_to("partner", "partner_id"),
        Index("ix_lead_state", "company_id", "state", "created_at", "id"),
        Index("ix_lead_rep", "company_id", "rep_id", "created_at", "id"),
        Index("ix_lead_partner", "company_id", "partner_id", postgresql_where="partner_id IS NOT NULL"),
    )


class FollowUp(Row, Base):
    """A call or visit due: who, whom, when and why; once done, what came of it and what is next.

    It is with a customer or with a lead. While a lead is in the pool, its follow-ups are nobody's.
    """

    __tablename__ = "follow_up"
    partner_id: Mapped[uuid.UUID | None]
    lead_id: Mapped[uuid.UUID | None]
    rep_id: Mapped[uuid.UUID | None]
    due_on: Mapped[date]
    due_at: Mapped[time | None] = mapped_column(Time)
    """The hour it was agreed for, where one was."""
    code: Mapped[str]
    """Why it is due: the rule's event, `again` where a rep set it, `asked` by hand, `met` for what nobody planned."""
    params: Mapped[Params]
    kind: Mapped[str | None]
    document_id: Mapped[uuid.UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    done_at: Mapped[datetime | None]
    done_by: Mapped[uuid.UUID | None]
    how: Mapped[str | None]
    outcome: Mapped[str | None]
    place: Mapped[str | None]
    """Where one met, as far as the person says so."""
    next_id: Mapped[uuid.UUID | None]
    no_next_reason: Mapped[str | None]

    @property
    def state(self) -> str:
        """`due` until it is recorded, then `done` (see states.py)."""
        return "due" if self.done_at is None else "done"

    @property
    def whom_id(self) -> uuid.UUID:
        """The customer or the lead: on the timeline they have one key."""
        found = self.partner_id or self.lead_id
        assert found
        return found

    __table_args__ = (
        CheckConstraint("done_at IS NULL OR next_id IS NOT NULL OR no_next_reason IS NOT NULL", "next"),
        CheckConstraint("num_nonnulls(partner_id, lead_id) = 1", "whom"),
        CheckConstraint("rep_id IS NOT NULL OR lead_id IS NOT NULL", "rep"),
        belongs_to("partner", "partner_id"),
        belongs_to("lead", "lead_id"),
        Index("ix_follow_up_due", "company_id", "rep_id", "due_on", "id", postgresql_where="done_at IS NULL"),
        Index("ix_follow_up_open", "company_id", "due_on", "id", postgresql_where="done_at IS NULL"),
        Index("ix_follow_up_done", "company_id", "done_at", "id", postgresql_where="done_at IS NOT NULL"),
        Index(None, "company_id", "partner_id", "id"),
        Index("ix_follow_up_lead", "company_id", "lead_id", "id", postgresql_where="lead_id IS NOT NULL"),
        Index(
            "uq_follow_up_source",
            "company_id",
            "document_id",
            "code",
            unique=True,
            postgresql_where="document_id IS NOT NULL AND done_at IS NULL",
        ),
    )
