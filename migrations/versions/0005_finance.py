"""The tables of finance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from walls import ledger, wall

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDS = """
CREATE FUNCTION voucher_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_difference numeric; v_lines integer; v_state text;
BEGIN
  SELECT sum(debit) - sum(credit), count(*) INTO v_difference, v_lines
  FROM voucher_line WHERE company_id = NEW.company_id AND voucher_id = NEW.id;
  IF v_difference IS DISTINCT FROM 0 OR v_lines <> NEW.lines THEN
    RAISE EXCEPTION 'voucher % does not balance: % over % of % lines', NEW.id, v_difference, v_lines, NEW.lines
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT state INTO v_state FROM period WHERE company_id = NEW.company_id AND month = NEW.month;
  IF v_state = 'closed' THEN
    RAISE EXCEPTION 'voucher % posts into the closed month %', NEW.id, NEW.month
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Up."""
    op.create_table(
        "account",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name2", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("control", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('asset', 'liability', 'equity', 'cost', 'income', 'expense')", name=op.f("ck_account_kind")
        ),
        sa.CheckConstraint("side IN ('debit', 'credit')", name=op.f("ck_account_side")),
        sa.PrimaryKeyConstraint("company_id", "code", name=op.f("pk_account")),
    )
    op.create_table(
        "period",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closing', 'closed')", name=op.f("ck_period_state")),
        sa.CheckConstraint("EXTRACT(day FROM month) = 1", name=op.f("ck_period_first_day")),
        sa.PrimaryKeyConstraint("company_id", "month", name=op.f("pk_period")),
    )
    op.create_table(
        "seal",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "n", name=op.f("pk_seal")),
    )
    op.create_table(
        "account_balance",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("debit", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("credit", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "account"],
            ["account.company_id", "account.code"],
            name=op.f("fk_account_balance_company_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "month"],
            ["period.company_id", "period.month"],
            name=op.f("fk_account_balance_company_id_month"),
        ),
        sa.PrimaryKeyConstraint("company_id", "month", "account", name=op.f("pk_account_balance")),
    )
    op.create_table(
        "voucher",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("lines", sa.SmallInteger(), nullable=False),
        sa.Column("params", postgresql.JSONB(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("op_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("lines >= 2", name=op.f("ck_voucher_lines")),
        sa.CheckConstraint("month = day - EXTRACT(day FROM day)::integer + 1", name=op.f("ck_voucher_month")),
        sa.ForeignKeyConstraint(
            ["company_id", "month"], ["period.company_id", "period.month"], name=op.f("fk_voucher_company_id_month")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "reverses_id"],
            ["voucher.company_id", "voucher.id"],
            name=op.f("fk_voucher_company_id_reverses_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_voucher")),
    )
    op.create_index(op.f("ix_voucher_company_id_document_id"), "voucher", ["company_id", "document_id"], unique=False)
    op.create_index("uq_voucher_number", "voucher", ["company_id", "month", "number"], unique=True)
    op.create_index(
        "uq_voucher_reverses",
        "voucher",
        ["company_id", "reverses_id"],
        unique=True,
        postgresql_where="reverses_id IS NOT NULL",
    )
    op.create_index("uq_voucher_whole", "voucher", ["company_id", "id", "month", "number", "lines"], unique=True)
    op.create_table(
        "open_item",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.CheckConstraint("side IN ('customer', 'supplier')", name=op.f("ck_open_item_side")),
        sa.ForeignKeyConstraint(
            ["company_id", "partner_id"],
            ["partner.company_id", "partner.id"],
            name=op.f("fk_open_item_company_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "voucher_id"],
            ["voucher.company_id", "voucher.id"],
            name=op.f("fk_open_item_company_id_voucher_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name=op.f("pk_open_item")),
    )
    op.create_index(
        op.f("ix_open_item_company_id_document_id"), "open_item", ["company_id", "document_id"], unique=False
    )
    op.create_index(
        op.f("ix_open_item_company_id_side_partner_id_due_on"),
        "open_item",
        ["company_id", "side", "partner_id", "due_on"],
        unique=False,
    )
    op.create_table(
        "seal_row",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "voucher_id"],
            ["voucher.company_id", "voucher.id"],
            name=op.f("fk_seal_row_company_id_voucher_id"),
        ),
        sa.PrimaryKeyConstraint("company_id", "voucher_id", name=op.f("pk_seal_row")),
    )
    op.create_table(
        "voucher_line",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("lines", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("debit", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("credit", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.CheckConstraint("(debit = 0) <> (credit = 0)", name=op.f("ck_voucher_line_one_side")),
        sa.CheckConstraint("line BETWEEN 1 AND lines", name=op.f("ck_voucher_line_line")),
        sa.ForeignKeyConstraint(
            ["company_id", "month", "account"],
            ["account_balance.company_id", "account_balance.month", "account_balance.account"],
            name=op.f("fk_voucher_line_company_id_month_account"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "voucher_id", "month", "number", "lines"],
            ["voucher.company_id", "voucher.id", "voucher.month", "voucher.number", "voucher.lines"],
            name=op.f("fk_voucher_line_company_id_voucher_id_month_number_lines"),
        ),
        sa.PrimaryKeyConstraint("company_id", "voucher_id", "line", name=op.f("pk_voucher_line")),
    )
    op.create_index(
        op.f("ix_voucher_line_company_id_account_month_number_line"),
        "voucher_line",
        ["company_id", "account", "month", "number", "line"],
        unique=False,
    )
    wall("account", "period", "account_balance")
    ledger("voucher", "voucher_line", "open_item", "seal", "seal_row")
    op.execute(STANDS)
    op.execute(
        "CREATE CONSTRAINT TRIGGER stands AFTER INSERT ON voucher DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION voucher_stands()"
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("voucher_line")
    op.drop_table("seal_row")
    op.drop_table("open_item")
    op.drop_table("voucher")
    op.drop_table("account_balance")
    op.drop_table("seal")
    op.drop_table("period")
    op.drop_table("account")
