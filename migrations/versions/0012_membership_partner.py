"""A supplier's or customer's person belongs to a partner that is there: one of the few keys that point upwards."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME = "fk_membership_company_id_partner_id"


def upgrade() -> None:
    """Up."""
    op.create_foreign_key(NAME, "membership", "partner", ["company_id", "partner_id"], ["company_id", "id"])


def downgrade() -> None:
    """Down."""
    op.drop_constraint(NAME, "membership", type_="foreignkey")
