"""The tables of crm."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import wall

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "follow_up_rule",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days >= 0 AND days <= 365", name=op.f("ck_follow_up_rule_days")),
        sa.PrimaryKeyConstraint("company_id", "event", name=op.f("pk_follow_up_rule")),
    )
    op.create_table(
        "follow_up",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("rep_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("next_id", sa.Uuid(), nullable=True),
        sa.Column("no_next_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "done_at IS NULL OR next_id IS NOT NULL OR no_next_reason IS NOT NULL", name=op.f("ck_follow_up_next")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_follow_up_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_follow_up")),
    )
    op.create_index(
        op.f("ix_follow_up_company_id_partner_id_id"), "follow_up", ["company_id", "partner_id", "id"], unique=False
    )
    op.create_index(
        "ix_follow_up_open",
        "follow_up",
        ["company_id", "due_on", "id"],
        unique=False,
        postgresql_where="done_at IS NULL",
    )
    op.create_index(
        "ix_follow_up_done",
        "follow_up",
        ["company_id", "done_at", "id"],
        unique=False,
        postgresql_where="done_at IS NOT NULL",
    )
    op.create_index(
        "ix_follow_up_due",
        "follow_up",
        ["company_id", "rep_id", "due_on", "id"],
        unique=False,
        postgresql_where="done_at IS NULL",
    )
    op.create_index(
        "uq_follow_up_source",
        "follow_up",
        ["company_id", "document_id", "code"],
        unique=True,
        postgresql_where="document_id IS NOT NULL AND done_at IS NULL",
    )
    wall("follow_up_rule", "follow_up")


def downgrade() -> None:
    """Down."""
    op.drop_table("follow_up")
    op.drop_table("follow_up_rule")
