"""The tables of planning."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import wall

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "proposal",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("why", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'ordered', 'dismissed', 'gone')", name=op.f("ck_proposal_state")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_proposal_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["purchase_order.company_id", "purchase_order.id"],
            name=op.f("fk_proposal_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_proposal_company_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_proposal_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_proposal")),
    )
    op.create_index(
        op.f("ix_proposal_company_id_state_partner_id"), "proposal", ["company_id", "state", "partner_id"], unique=False
    )
    op.create_index(
        "uq_proposal_open", "proposal", ["company_id", "product_id"], unique=True, postgresql_where="state = 'open'"
    )
    wall("proposal")


def downgrade() -> None:
    """Down."""
    op.drop_table("proposal")
