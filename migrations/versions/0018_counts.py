"""What was counted, and what is to be counted because a phone moved more than the books had."""

import sqlalchemy as sa
from alembic import op
from walls import ledger, wall

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "stock_count",
        *_place("stock_count"),
        sa.Column("counted", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("book", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
    )
    op.create_index(
        "ix_stock_count_place", "stock_count", ["company_id", "location_id", "product_id", "lot_id", "done_at"]
    )
    op.create_table(
        "count_task",
        *_place("count_task"),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity >= 0 AND value >= 0", name=op.f("ck_count_task_quantity")),
    )
    op.create_index(
        "uq_count_task_open",
        "count_task",
        ["company_id", "location_id", "product_id", "lot_id"],
        unique=True,
        postgresql_where="closed_at IS NULL",
    )
    ledger("stock_count")
    wall("count_task")


def _place(table: str) -> list[sa.schema.SchemaItem]:
    """Goods of a lot at a place."""
    keys = {"location_id": "location", "product_id": "product", "lot_id": "lot"}
    return [
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(key, sa.Uuid(), nullable=False) for key in keys),
        *(
            sa.ForeignKeyConstraint(
                ["company_id", key], [f"{of}.company_id", f"{of}.id"], name=op.f(f"fk_{table}_company_id_{key}")
            )
            for key, of in keys.items()
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Down."""
    op.drop_table("count_task")
    op.drop_table("stock_count")
