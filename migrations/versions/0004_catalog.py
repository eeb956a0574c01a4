"""The tables of catalog."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "category",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_category")),
    )
    op.create_index("uq_category_name", "category", ["company_id", "name"], unique=True)
    op.create_table(
        "unit",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_unit")),
    )
    op.create_index("uq_unit_name", "unit", ["company_id", "name"], unique=True)
    op.create_table(
        "product",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("vat_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("keeps_lots", sa.Boolean(), nullable=False),
        sa.Column("least_days", sa.Integer(), nullable=False),
        sa.Column("reorder_point", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("safety_stock", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("price >= 0", name=op.f("ck_product_price")),
        sa.CheckConstraint("vat_rate >= 0 AND vat_rate < 1", name=op.f("ck_product_vat_rate")),
        sa.ForeignKeyConstraint(
            ["company_id", "category_id"],
            ["category.company_id", "category.id"],
            name=op.f("fk_product_company_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "unit_id"], ["unit.company_id", "unit.id"], name=op.f("fk_product_company_id_unit_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_product")),
    )
    op.create_index("ix_product_sorted", "product", ["company_id", "sort_key", "id"], unique=False)
    op.create_index("uq_product_sku", "product", ["company_id", "sku"], unique=True)
    op.create_table(
        "barcode",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("factor", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint("factor > 0", name=op.f("ck_barcode_factor")),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_barcode_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_barcode")),
    )
    op.create_index(op.f("ix_barcode_company_id_product_id"), "barcode", ["company_id", "product_id"], unique=False)
    op.create_index("uq_barcode_code", "barcode", ["company_id", "code"], unique=True)
    wall("category", "unit", "product", "barcode")


def downgrade() -> None:
    """Down."""
    op.drop_table("barcode")
    op.drop_table("product")
    op.drop_table("unit")
    op.drop_table("category")
