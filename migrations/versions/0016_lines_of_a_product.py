"""What was bought of a product is found by it."""

from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

NAME = "ix_purchase_line_product"


def upgrade() -> None:
    """Up."""
    op.create_index(NAME, "purchase_line", ["company_id", "product_id"])


def downgrade() -> None:
    """Down."""
    op.drop_index(NAME, "purchase_line")
