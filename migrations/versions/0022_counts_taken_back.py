"""Counts that were taken back, and which count an open task was closed by."""

import sqlalchemy as sa
from alembic import op
from walls import ledger

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "count_undone",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "count_id"],
            ["stock_count.company_id", "stock_count.id"],
            name=op.f("fk_count_undone_company_id_count_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "count_id", name=op.f("pk_count_undone")),
    )
    ledger("count_undone")
    op.add_column("count_task", sa.Column("count_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_count_task_count", "count_task", ["company_id", "count_id"], postgresql_where="count_id IS NOT NULL"
    )
    op.create_foreign_key(
        op.f("fk_count_task_company_id_count_id"),
        "count_task",
        "stock_count",
        ["company_id", "count_id"],
        ["company_id", "id"],
    )


def downgrade() -> None:
    """Down."""
    op.drop_column("count_task", "count_id")
    op.drop_table("count_undone")
