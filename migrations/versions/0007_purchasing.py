"""The tables of purchasing."""

import sqlalchemy as sa
from alembic import op
from walls import wall

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "purchase_order",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prices_with_tax", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_purchase_order_company_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["warehouse.company_id", "warehouse.id"],
            name=op.f("fk_purchase_order_company_id_warehouse_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_purchase_order")),
    )
    op.create_index(
        op.f("ix_purchase_order_company_id_partner_id_id"),
        "purchase_order",
        ["company_id", "partner_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_purchase_order_company_id_state_id"), "purchase_order", ["company_id", "state", "id"], unique=False
    )
    op.create_index("uq_purchase_order_number", "purchase_order", ["company_id", "number"], unique=True)
    op.create_table(
        "purchase_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("vat_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("net", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("gross", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("accepted", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("waiting", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("refused", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("shipped", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("received", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("rejected", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("invoiced", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.CheckConstraint("accepted + waiting + refused <= quantity", name=op.f("ck_purchase_line_answered")),
        sa.CheckConstraint(
            "least(accepted, waiting, refused, shipped, received, rejected, invoiced) >= 0",
            name=op.f("ck_purchase_line_figures"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_line_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["purchase_order.company_id", "purchase_order.id"],
            name=op.f("fk_purchase_line_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_purchase_line_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_purchase_line")),
    )
    op.create_index(
        "ix_purchase_line_open",
        "purchase_line",
        ["company_id", "product_id"],
        unique=False,
        postgresql_where="received + refused < quantity",
    )
    op.create_index("uq_purchase_line", "purchase_line", ["company_id", "order_id", "line"], unique=True)
    op.create_table(
        "shipment",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["purchase_order.company_id", "purchase_order.id"],
            name=op.f("fk_shipment_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_shipment_company_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_shipment")),
    )
    op.create_index(op.f("ix_shipment_company_id_order_id"), "shipment", ["company_id", "order_id"], unique=False)
    op.create_index(
        op.f("ix_shipment_company_id_partner_id_id"), "shipment", ["company_id", "partner_id", "id"], unique=False
    )
    op.create_index(op.f("ix_shipment_company_id_state_id"), "shipment", ["company_id", "state", "id"], unique=False)
    op.create_index("uq_shipment_number", "shipment", ["company_id", "number"], unique=True)
    op.create_table(
        "supply",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_code", sa.Text(), nullable=True),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("least", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("multiple", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.CheckConstraint(
            "price >= 0 AND lead_days >= 0 AND least > 0 AND multiple > 0", name=op.f("ck_supply_figures")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_supply_company_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_supply_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_supply")),
    )
    op.create_index(op.f("ix_supply_company_id_partner_id"), "supply", ["company_id", "partner_id"], unique=False)
    op.create_index("uq_supply_offer", "supply", ["company_id", "product_id", "partner_id"], unique=True)
    op.create_table(
        "line_answer",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("split", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("price", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("settled IN ('agreed', 'declined', 'withdrawn')", name=op.f("ck_line_answer_settled")),
        sa.CheckConstraint("verdict IN ('accepted', 'countered', 'refused')", name=op.f("ck_line_answer_verdict")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_line_answer_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "line_id"],
            ["purchase_line.company_id", "purchase_line.id"],
            name=op.f("fk_line_answer_company_id_line_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_line_answer")),
    )
    op.create_index("uq_line_answer_split", "line_answer", ["company_id", "line_id", "round", "split"], unique=True)
    op.create_table(
        "receipt",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "order_id"],
            ["purchase_order.company_id", "purchase_order.id"],
            name=op.f("fk_receipt_company_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_receipt_company_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["shipment.company_id", "shipment.id"],
            name=op.f("fk_receipt_company_id_shipment_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_company_id_order_id"), "receipt", ["company_id", "order_id"], unique=False)
    op.create_index(
        op.f("ix_receipt_company_id_partner_id_day"), "receipt", ["company_id", "partner_id", "day"], unique=False
    )
    op.create_index(op.f("ix_receipt_company_id_shipment_id"), "receipt", ["company_id", "shipment_id"], unique=False)
    op.create_index("uq_receipt_number", "receipt", ["company_id", "number"], unique=True)
    op.create_index(
        "uq_receipt_reverses",
        "receipt",
        ["company_id", "reverses_id"],
        unique=True,
        postgresql_where="reverses_id IS NOT NULL",
    )
    op.create_table(
        "shipment_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("lot_code", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("damaged", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("missing", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_shipment_line_quantity")),
        sa.CheckConstraint("received >= 0 AND damaged >= 0 AND missing >= 0", name=op.f("ck_shipment_line_dealt_with")),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["purchase_line.company_id", "purchase_line.id"],
            name=op.f("fk_shipment_line_company_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_id"],
            ["shipment.company_id", "shipment.id"],
            name=op.f("fk_shipment_line_company_id_shipment_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_shipment_line")),
    )
    op.create_index("uq_shipment_line", "shipment_line", ["company_id", "shipment_id", "line"], unique=True)
    op.create_table(
        "receipt_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_line_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("damaged", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("wrong", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("missing", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("difference", sa.Text(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "difference IN ('over', 'short', 'damaged', 'wrong')", name=op.f("ck_receipt_line_difference")
        ),
        sa.CheckConstraint(
            "quantity >= 0 AND damaged >= 0 AND wrong >= 0 AND missing >= 0", name=op.f("ck_receipt_line_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lot_id"], ["lot.company_id", "lot.id"], name=op.f("fk_receipt_line_company_id_lot_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "order_line_id"],
            ["purchase_line.company_id", "purchase_line.id"],
            name=op.f("fk_receipt_line_company_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_receipt_line_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "receipt_id"],
            ["receipt.company_id", "receipt.id"],
            name=op.f("fk_receipt_line_company_id_receipt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "shipment_line_id"],
            ["shipment_line.company_id", "shipment_line.id"],
            name=op.f("fk_receipt_line_company_id_shipment_line_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_receipt_line")),
    )
    op.create_index(
        op.f("ix_receipt_line_company_id_order_line_id"), "receipt_line", ["company_id", "order_line_id"], unique=False
    )
    op.create_index(
        op.f("ix_receipt_line_company_id_receipt_id"), "receipt_line", ["company_id", "receipt_id"], unique=False
    )
    op.create_index(
        op.f("ix_receipt_line_company_id_shipment_line_id"),
        "receipt_line",
        ["company_id", "shipment_line_id"],
        unique=False,
    )
    wall(
        "purchase_order",
        "purchase_line",
        "shipment",
        "supply",
        "line_answer",
        "receipt",
        "shipment_line",
        "receipt_line",
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("receipt_line")
    op.drop_table("shipment_line")
    op.drop_table("receipt")
    op.drop_table("line_answer")
    op.drop_table("supply")
    op.drop_table("shipment")
    op.drop_table("purchase_line")
    op.drop_table("purchase_order")
