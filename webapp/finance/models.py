"""Accounts, periods, vouchers and their lines (the general ledger), kept balances, open items, seals."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Money, OfCompany, Params, Quantity, Row, belongs_to


class Account(OfCompany, Base):
    """An account of the chart, by its code. A `control` account takes no manual lines."""

    __tablename__ = "account"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name2: Mapped[str | None]
    kind: Mapped[str]
    side: Mapped[str]
    control: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("kind IN ('asset', 'liability', 'equity', 'cost', 'income', 'expense')", "kind"),
        CheckConstraint("side IN ('debit', 'credit')", "side"),
    )


class Period(OfCompany, Base):
    """An accounting month, open until closed. Posting holds its row FOR SHARE, closing FOR UPDATE."""

    __tablename__ = "period"
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    state: Mapped[str] = mapped_column(default="open")
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closing', 'closed')", "state"),
        CheckConstraint("EXTRACT(day FROM month) = 1", "first_day"),
    )


class Voucher(Row, Base):
    """A balanced set of lines. Append-only: a mistake is mended by a reversing voucher.

    It says how many lines it has and each line says so too, so that none can be added later.
    """

    __tablename__ = "voucher"
    month: Mapped[date]
    number: Mapped[int]
    """Gapless within company and month; shown as 记-0231."""
    day: Mapped[date]
    event: Mapped[str]
    kind: Mapped[str]
    """The kind of its source document, with `document_id`."""
    document_id: Mapped[uuid.UUID]
    reverses_id: Mapped[uuid.UUID | None]
    lines: Mapped[int] = mapped_column(SmallInteger)
    params: Mapped[Params]
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        CheckConstraint("lines >= 2", "lines"),
        CheckConstraint("month = day - EXTRACT(day FROM day)::integer + 1", "month"),
        ForeignKeyConstraint(["company_id", "month"], ["period.company_id", "period.month"]),
        ForeignKeyConstraint(["company_id", "reverses_id"], ["voucher.company_id", "voucher.id"]),
        Index("uq_voucher_whole", "company_id", "id", "month", "number", "lines", unique=True),
        Index("uq_voucher_number", "company_id", "month", "number", unique=True),
        Index(
            "uq_voucher_reverses", "company_id", "reverses_id", unique=True, postgresql_where="reverses_id IS NOT NULL"
        ),
        Index(None, "company_id", "document_id"),
    )


class VoucherLine(OfCompany, Base):
    """A debit or a credit, in the company's currency, with what it concerns; red ones are negative. Append-only.

    It hangs on its account's balance of the month, whose row the posting has locked already.
    """

    __tablename__ = "voucher_line"
    voucher_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    lines: Mapped[int] = mapped_column(SmallInteger)
    """How many its voucher has."""
    month: Mapped[date]
    number: Mapped[int]
    """Its voucher's, so that an account is read in order from one index."""
    account: Mapped[str]
    debit: Mapped[Money]
    credit: Mapped[Money]
    partner_id: Mapped[uuid.UUID | None]
    product_id: Mapped[uuid.UUID | None]
    warehouse_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    quantity: Mapped[Quantity | None]
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "voucher_id", "month", "number", "lines"],
            ["voucher.company_id", "voucher.id", "voucher.month", "voucher.number", "voucher.lines"],
        ),
        ForeignKeyConstraint(
            ["company_id", "month", "account"],
            ["account_balance.company_id", "account_balance.month", "account_balance.account"],
        ),
        CheckConstraint("(debit = 0) <> (credit = 0)", "one_side"),
        CheckConstraint("line BETWEEN 1 AND lines", "line"),
        Index(None, "company_id", "account", "month", "number", "line"),
    )


class AccountBalance(OfCompany, Base):
    """What an account moved in a month: kept beside the ledger, rebuilt from it at will. Laid when a month opens."""

    __tablename__ = "account_balance"
    month: Mapped[date] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    debit: Mapped[Money]
    credit: Mapped[Money]
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "account"], ["account.company_id", "account.code"]),
        ForeignKeyConstraint(["company_id", "month"], ["period.company_id", "period.month"]),
    )


class OpenItem(Row, Base):
    """Something owed: positive is what a customer owes or we owe a supplier. Append-only; what is open is derived."""

    __tablename__ = "open_item"
    side: Mapped[str]
    partner_id: Mapped[uuid.UUID]
    voucher_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    document_id: Mapped[uuid.UUID]
    day: Mapped[date]
    due_on: Mapped[date]
    amount: Mapped[Money]
    __table_args__ = (
        CheckConstraint("side IN ('customer', 'supplier')", "side"),
        belongs_to("partner", "partner_id"),
        belongs_to("voucher", "voucher_id"),
        Index(None, "company_id", "side", "partner_id", "due_on"),
        Index(None, "company_id", "document_id"),
    )


class Seal(OfCompany, Base):
    """A link of the hash chain over vouchers, made beside the posting and not inside it."""

    __tablename__ = "seal"
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    previous: Mapped[bytes]
    hash: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class SealRow(OfCompany, Base):
    """Which voucher a link sealed."""

    __tablename__ = "seal_row"
    voucher_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (belongs_to("voucher", "voucher_id"),)
