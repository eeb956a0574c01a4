"""The tables of partners."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "partner",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("is_customer", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("supplier_state", sa.Text(), nullable=False),
        sa.Column("tax_number", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("credit_limit", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("is_customer OR is_supplier", name=op.f("ck_partner_kind")),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_partner")),
    )
    op.create_index(
        "ix_partner_customers",
        "partner",
        ["company_id", "sort_key", "id"],
        unique=False,
        postgresql_where="is_customer",
    )
    op.create_index(
        "ix_partner_suppliers",
        "partner",
        ["company_id", "sort_key", "id"],
        unique=False,
        postgresql_where="is_supplier",
    )
    op.create_index("uq_partner_code", "partner", ["company_id", "code"], unique=True)
    op.create_table(
        "address",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_address_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_company_id_partner_id"), "address", ["company_id", "partner_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_contact_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_company_id_partner_id"), "contact", ["company_id", "partner_id"], unique=False)
    wall("partner", "address", "contact")


def downgrade() -> None:
    """Down."""
    op.drop_table("contact")
    op.drop_table("address")
    op.drop_table("partner")
