"""The rest of an order that will not come."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

DONE = "ck_sales_line_done"


def upgrade() -> None:
    """Up."""
    closed = sa.Column("closed", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False)
    op.add_column("sales_line", closed)
    op.drop_constraint(op.f(DONE), "sales_line", type_="check")
    op.create_check_constraint(
        op.f(DONE), "sales_line", "closed >= 0 AND shipped + closed <= quantity AND invoiced <= shipped"
    )


def downgrade() -> None:
    """Down."""
    op.drop_constraint(op.f(DONE), "sales_line", type_="check")
    op.create_check_constraint(op.f(DONE), "sales_line", "shipped <= quantity AND invoiced <= shipped")
    op.drop_column("sales_line", "closed")
