"""The tables of sales."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "sales_order",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("rep_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("prices_with_tax", sa.Boolean(), nullable=False),
        sa.Column("split", sa.Boolean(), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_sales_order_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_order")),
    )
    op.create_index(
        op.f("ix_sales_order_company_id_partner_id_id"), "sales_order", ["company_id", "partner_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_sales_order_company_id_rep_id_id"), "sales_order", ["company_id", "rep_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_sales_order_company_id_state_id"), "sales_order", ["company_id", "state", "id"], unique=False
    )
    op.create_index("uq_sales_order_number", "sales_order", ["company_id", "number"], unique=True)
    op.create_table(
        "delivery",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("cost", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("driver_phone", sa.Text(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_delivery_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_delivery_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_company_id_order_id"), "delivery", ["company_id", "order_id"], unique=False)
    op.create_index(
        op.f("ix_delivery_company_id_partner_id_id"), "delivery", ["company_id", "partner_id", "id"], unique=False
    )
    op.create_index(op.f("ix_delivery_company_id_state_id"), "delivery", ["company_id", "state", "id"], unique=False)
    op.create_index("uq_delivery_number", "delivery", ["company_id", "number"], unique=True)
    op.create_table(
        "invoice",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_invoice_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_invoice_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_invoice")),
    )
    op.create_index(op.f("ix_invoice_company_id_order_id"), "invoice", ["company_id", "order_id"], unique=False)
    op.create_index("uq_invoice_number", "invoice", ["company_id", "number"], unique=True)
    op.create_table(
        "sales_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("discount", sa.Numeric(precision=7, scale=4), server_default="0", nullable=False),
        sa.Column("vat_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("shipped", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("invoiced", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("returned", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.CheckConstraint("discount >= 0 AND discount <= 1", name=op.f("ck_sales_line_discount")),
        sa.CheckConstraint("quantity > 0 AND price >= 0", name=op.f("ck_sales_line_figures")),
        sa.CheckConstraint("shipped <= quantity AND invoiced <= shipped", name=op.f("ck_sales_line_done")),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["sales_order.company_id", "sales_order.id"],
            name=op.f("fk_sales_line_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_sales_line_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_sales_line")),
    )
    op.create_index(
        op.f("ix_sales_line_company_id_product_id"), "sales_line", ["company_id", "product_id"], unique=False
    )
    op.create_index("uq_sales_line", "sales_line", ["company_id", "order_id", "line"], unique=True)
    op.create_table(
        "delivery_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("picked", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("cost", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.CheckConstraint("quantity > 0 AND picked >= 0", name=op.f("ck_delivery_line_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "delivery_id"],
            ["delivery.company_id", "delivery.id"],
            name=op.f("fk_delivery_line_company_id_delivery_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "location_id"],
            ["location.company_id", "location.id"],
            name=op.f("fk_delivery_line_company_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lot_id"], ["lot.company_id", "lot.id"], name=op.f("fk_delivery_line_company_id_lot_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["sales_line.company_id", "sales_line.id"],
            name=op.f("fk_delivery_line_company_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_delivery_line_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_delivery_line")),
    )
    op.create_index(
        op.f("ix_delivery_line_company_id_delivery_id"), "delivery_line", ["company_id", "delivery_id"], unique=False
    )
    op.create_index(
        op.f("ix_delivery_line_company_id_order_line_id"),
        "delivery_line",
        ["company_id", "order_line_id"],
        unique=False,
    )
    op.create_table(
        "invoice_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["invoice.company_id", "invoice.id"],
            name=op.f("fk_invoice_line_company_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["sales_line.company_id", "sales_line.id"],
            name=op.f("fk_invoice_line_company_id_order_line_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_invoice_line")),
    )
    op.create_index(
        op.f("ix_invoice_line_company_id_invoice_id"), "invoice_line", ["company_id", "invoice_id"], unique=False
    )
    op.create_index(
        op.f("ix_invoice_line_company_id_order_line_id"), "invoice_line", ["company_id", "order_line_id"], unique=False
    )
    wall("sales_order", "delivery", "invoice", "sales_line", "delivery_line", "invoice_line")


def downgrade() -> None:
    """Down."""
    op.drop_table("invoice_line")
    op.drop_table("delivery_line")
    op.drop_table("sales_line")
    op.drop_table("invoice")
    op.drop_table("delivery")
    op.drop_table("sales_order")
