"""One account in a month: its lines in order, each with what the account stood at after it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, select, tuple_

from webapp.catalog.models import Product
from webapp.finance.models import Account, AccountBalance, Voucher, VoucherLine
from webapp.kernel.money import ZERO
from webapp.kernel.paging import Page, page
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners.models import Partner


@dataclass(slots=True, frozen=True)
class AccountMonth:
    """What an account opened with, what moved and how often (debit − credit where it is one figure)."""

    account: Account
    month: date
    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        """What it stands at at the end."""
        return self.opening + self.debit - self.credit


@dataclass(slots=True, frozen=True)
class LedgerLine:
    """A line of an account, with its voucher and the account's balance after it (debit − credit)."""

    row: Any
    balance: Decimal


@dataclass(slots=True, frozen=True)
class LedgerPage:
    """A page of an account's lines. `brought` is what the account stood at before the first."""

    lines: list[LedgerLine]
    next: str | None
    brought: Decimal


def account_of(actor: Actor, code: str) -> Account:
    """The account `code`. Raises NotFound."""
    account = actor.session.execute(select(Account).where(Account.code == code)).scalar_one_or_none()
    if account is None:
        raise NotFound
    return account


def account_month(actor: Actor, code: str, month: date) -> AccountMonth:
    """The account and its figures of the month, from the kept balances. Raises NotFound."""
    account = account_of(actor, code)
    before = case((AccountBalance.month < month, AccountBalance.debit - AccountBalance.credit), else_=0)
    within = AccountBalance.month == month
    row = actor.session.execute(
        select(
            func.coalesce(func.sum(before), ZERO),
            func.coalesce(func.sum(case((within, AccountBalance.debit), else_=0)), ZERO),
            func.coalesce(func.sum(case((within, AccountBalance.credit), else_=0)), ZERO),
        ).where(AccountBalance.account == code, AccountBalance.month <= month)
    ).one()
    return AccountMonth(account, month, *row)


def ledger_page(actor: Actor, head: AccountMonth, mark: str | None) -> LedgerPage:
    """The account's lines of the month, oldest first, from `mark` on."""
    found = ledger_rows(actor, head, mark)
    brought = head.opening
    if mark and found.rows:
        brought += _sum_before(actor, head, found.rows[0])
    return LedgerPage(with_balances(found.rows, brought), found.next, brought)


def with_balances(rows: list[Any], brought: Decimal) -> list[LedgerLine]:
    """The rows, each with the balance after it."""
    lines = []
    for row in rows:
        brought += row.debit - row.credit
        lines.append(LedgerLine(row, brought))
    return lines


def ledger_rows(actor: Actor, head: AccountMonth, mark: str | None, size: int = 50) -> Page:
    """The lines themselves, by voucher number."""
    keys = (VoucherLine.number, VoucherLine.line)
    return page(actor.session, _lines(head), keys, mark, descending=False, size=size)


def _lines(head: AccountMonth) -> Select[*tuple[Any, ...]]:
    return (
        select(
            VoucherLine.number,
            VoucherLine.line,
            VoucherLine.debit,
            VoucherLine.credit,
            VoucherLine.voucher_id,
            Voucher.day,
            Voucher.event,
            Voucher.kind,
            Voucher.document_id,
            Voucher.reverses_id,
            Partner.name.label("partner_name"),
            Partner.name2.label("partner_name2"),
            Product.name.label("product_name"),
            Product.name2.label("product_name2"),
        )
        .join(Voucher, (Voucher.company_id == VoucherLine.company_id) & (Voucher.id == VoucherLine.voucher_id))
        .outerjoin(Partner, (Partner.company_id == VoucherLine.company_id) & (Partner.id == VoucherLine.partner_id))
        .outerjoin(Product, (Product.company_id == VoucherLine.company_id) & (Product.id == VoucherLine.product_id))
        .where(VoucherLine.account == head.account.code, VoucherLine.month == head.month)
    )


def _sum_before(actor: Actor, head: AccountMonth, first: Any) -> Decimal:
    before: Decimal = actor.session.execute(
        select(func.coalesce(func.sum(VoucherLine.debit - VoucherLine.credit), ZERO)).where(
            VoucherLine.account == head.account.code,
            VoucherLine.month == head.month,
            tuple_(VoucherLine.number, VoucherLine.line) < tuple_(first.number, first.line),
        )
    ).scalar_one()
    return before
