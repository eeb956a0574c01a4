"""The kernel: operations, timeline, steps, numbers, search, settings; the company wall."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import ledger, wall

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FUNCTIONS = (
    """
    CREATE FUNCTION app_company() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    DECLARE v text := current_setting('app.company', true);
    BEGIN
      IF v IS NULL OR v = '' THEN
        RAISE EXCEPTION 'no company is set' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN v::uuid;
    END $$
    """,
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: mend a mistake by a reversing row', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "GRANT USAGE ON SCHEMA public TO throughline_app",
)


def upgrade() -> None:
    """Up."""
    for statement in FUNCTIONS:
        op.execute(statement)
    op.create_table(
        "counter",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "kind", "period", name=op.f("pk_counter")),
    )
    op.create_table(
        "notification",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_notification")),
    )
    op.create_index(
        op.f("ix_notification_company_id_user_id_seen_at_id"),
        "notification",
        ["company_id", "user_id", "seen_at", "id"],
        unique=False,
    )
    op.create_table(
        "operation",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status IN ('running', 'applied', 'rejected')", name=op.f("ck_operation_status")),
        sa.PrimaryKeyConstraint("company_id", "op_id", name=op.f("pk_operation")),
    )
    op.create_table(
        "search_term",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "term", "kind", "id", name=op.f("pk_search_term")),
    )
    op.create_index(
        op.f("ix_search_term_company_id_kind_id"), "search_term", ["company_id", "kind", "id"], unique=False
    )
    op.create_table(
        "setting",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "key", name=op.f("pk_setting")),
    )
    op.create_table(
        "step",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "document_id", "name", name=op.f("pk_step")),
    )
    op.create_table(
        "timeline",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_timeline")),
    )
    op.create_index(
        op.f("ix_timeline_company_id_document_id_id"), "timeline", ["company_id", "document_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_timeline_company_id_partner_id_id"), "timeline", ["company_id", "partner_id", "id"], unique=False
    )
    wall("counter", "notification", "operation", "search_term", "setting")
    ledger("timeline", "step")


def downgrade() -> None:
    """Down."""
    op.drop_table("timeline")
    op.drop_table("step")
    op.drop_table("setting")
    op.drop_table("search_term")
    op.drop_table("operation")
    op.drop_table("notification")
    op.drop_table("counter")
