"""The tables of inventory."""

import sqlalchemy as sa
from alembic import op
from walls import ledger, wall

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "warehouse",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_warehouse")),
    )
    op.create_index("uq_warehouse_code", "warehouse", ["company_id", "code"], unique=True)
    op.create_table(
        "location",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("may_go_negative", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind IN ('stock', 'receiving', 'blocked')) = (warehouse_id IS NOT NULL)",
            name=op.f("ck_location_warehouse"),
        ),
        sa.CheckConstraint(
            "kind IN ('stock', 'receiving', 'blocked', "
            "'supplier', 'customer', 'production', 'loss', 'unexplained', 'opening')",
            name=op.f("ck_location_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "warehouse_id"],
            ["warehouse.company_id", "warehouse.id"],
            name=op.f("fk_location_company_id_warehouse_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_location")),
    )
    op.create_index("uq_location_code", "location", ["company_id", "code"], unique=True)
    op.create_table(
        "demand",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("reserved", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("filled", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_demand_quantity")),
        sa.CheckConstraint(
            "reserved >= 0 AND filled >= 0 AND reserved + filled <= quantity", name=op.f("ck_demand_covered")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_demand_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_demand")),
    )
    op.create_index(op.f("ix_demand_company_id_document_id"), "demand", ["company_id", "document_id"], unique=False)
    op.create_index(
        "ix_demand_waiting",
        "demand",
        ["company_id", "product_id", "wanted_on", "id"],
        unique=False,
        postgresql_where="cancelled_at IS NULL AND reserved + filled < quantity",
    )
    op.create_index("uq_demand_line", "demand", ["company_id", "line_id"], unique=True)
    op.create_table(
        "lot",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("produced_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_lot_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_lot")),
    )
    op.create_index("ix_lot_by_code", "lot", ["company_id", "code"], unique=False)
    op.create_index(
        "ix_lot_expiry",
        "lot",
        ["company_id", "expires_on", "id"],
        unique=False,
        postgresql_where="expires_on IS NOT NULL",
    )
    op.create_index("uq_lot_code", "lot", ["company_id", "product_id", "code"], unique=True)
    op.create_table(
        "valuation",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_valuation_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "product_id", name=op.f("pk_valuation")),
    )
    op.create_table(
        "balance",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("reserved", sa.Numeric(precision=18, scale=4), server_default="0", nullable=False),
        sa.Column("may_go_negative", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("quantity >= 0 OR may_go_negative", name=op.f("ck_balance_quantity")),
        sa.CheckConstraint(
            "reserved >= 0 AND (reserved <= quantity OR reserved = 0)", name=op.f("ck_balance_reserved")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "location_id"],
            ["location.company_id", "location.id"],
            name=op.f("fk_balance_company_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lot_id"], ["lot.company_id", "lot.id"], name=op.f("fk_balance_company_id_lot_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_balance_company_id_product_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "location_id", "product_id", "lot_id", name=op.f("pk_balance")),
    )
    op.create_index(op.f("ix_balance_company_id_product_id"), "balance", ["company_id", "product_id"], unique=False)
    op.create_table(
        "move",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_move_somewhere_else")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_move_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "from_id"], ["location.company_id", "location.id"], name=op.f("fk_move_company_id_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "lot_id"], ["lot.company_id", "lot.id"], name=op.f("fk_move_company_id_lot_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "product_id"],
            ["product.company_id", "product.id"],
            name=op.f("fk_move_company_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_id"], ["location.company_id", "location.id"], name=op.f("fk_move_company_id_to_id")
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_move")),
    )
    op.create_index(op.f("ix_move_company_id_document_id"), "move", ["company_id", "document_id"], unique=False)
    op.create_index(op.f("ix_move_company_id_product_id_id"), "move", ["company_id", "product_id", "id"], unique=False)
    op.create_index("ix_move_id", "move", ["company_id", "received_at", "id"], unique=False)
    op.create_index(
        "uq_move_reverses",
        "move",
        ["company_id", "reverses_id"],
        unique=True,
        postgresql_where="reverses_id IS NOT NULL",
    )
    op.create_table(
        "reservation",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_reservation_quantity")),
        sa.ForeignKeyConstraint(
            ["company_id", "demand_id"],
            ["demand.company_id", "demand.id"],
            name=op.f("fk_reservation_company_id_demand_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "demand_id", "location_id", "lot_id", name=op.f("pk_reservation")),
    )
    op.create_index(
        op.f("ix_reservation_company_id_product_id_location_id_lot_id"),
        "reservation",
        ["company_id", "product_id", "location_id", "lot_id"],
        unique=False,
    )
    wall("warehouse", "location", "demand", "lot", "valuation", "balance", "reservation")
    ledger("move")


def downgrade() -> None:
    """Down."""
    op.drop_table("reservation")
    op.drop_table("move")
    op.drop_table("balance")
    op.drop_table("valuation")
    op.drop_table("lot")
    op.drop_table("demand")
    op.drop_table("location")
    op.drop_table("warehouse")
