"""What the accounts stand at: the trial balance of a month, control accounts, open items."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from webapp.finance.models import Account, AccountBalance
from webapp.kernel.money import ZERO
from webapp.kernel.wall import Actor

CONTROL = """
SELECT coalesce(sum(debit - credit), 0.00) AS balance FROM account_balance
WHERE company_id = %(company)s AND account = ANY(%(accounts)s)"""
OPEN_ITEMS = """
SELECT coalesce(sum(amount), 0.00) AS owed FROM open_item
WHERE company_id = %(company)s AND side = %(side)s AND (%(partner)s::uuid IS NULL OR partner_id = %(partner)s)"""

TODAY = """
SELECT (SELECT coalesce(sum(debit - credit), 0.00) FROM account_balance WHERE company_id = %(company)s) AS difference,
       (SELECT count(*) FROM voucher
        WHERE company_id = %(company)s AND month = %(month)s AND day = %(day)s) AS vouchers,
       EXISTS (SELECT FROM voucher WHERE company_id = %(company)s) AS posted,
       (SELECT min(month) FROM period WHERE company_id = %(company)s AND state = 'open') AS to_close"""


@dataclass(slots=True, frozen=True)
class Standing:
    """An account in a month: what it opened with (debit − credit), what moved, what it closed with."""

    code: str
    name: str
    name2: str | None
    kind: str
    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        """Debit − credit at the month's end."""
        return self.opening + self.debit - self.credit

    @property
    def closing_debit(self) -> Decimal | None:
        """The closing figure where it stands on the debit side."""
        return self.closing if self.closing > 0 else None

    @property
    def closing_credit(self) -> Decimal | None:
        """The closing figure where it stands on the credit side."""
        return -self.closing if self.closing < 0 else None


@dataclass(slots=True, frozen=True)
class TrialBalance:
    """All accounts that stand or moved in a month, by code."""

    month: date
    accounts: list[Standing]

    def total(self, figure: str) -> Decimal:
        """The sum of a figure over all accounts."""
        return sum((getattr(account, figure) or ZERO for account in self.accounts), ZERO)

    @property
    def balances(self) -> bool:
        """Whether debits equal credits, in what moved and in what stands."""
        return self.total("debit") == self.total("credit") and self.total("closing") == 0 == self.total("opening")


def trial_balance(actor: Actor, month: date) -> TrialBalance:
    """The trial balance of the month that begins on `month`: one query over the kept balances."""
    before = AccountBalance.month < month
    within = AccountBalance.month == month
    rows = actor.session.execute(
        select(
            Account.code,
            Account.name,
            Account.name2,
            Account.kind,
            _sum(case((before, AccountBalance.debit - AccountBalance.credit), else_=0)).label("opening"),
            _sum(case((within, AccountBalance.debit), else_=0)).label("debit"),
            _sum(case((within, AccountBalance.credit), else_=0)).label("credit"),
        )
        .join(
            AccountBalance,
            (AccountBalance.company_id == Account.company_id) & (AccountBalance.account == Account.code),
        )
        .where(AccountBalance.month <= month)
        .group_by(Account.code, Account.name, Account.name2, Account.kind)
        .order_by(Account.code)
    )
    standing = [Standing(*row) for row in rows]
    return TrialBalance(month, [a for a in standing if a.opening or a.debit or a.credit])


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), ZERO)


def control_balance(actor: Actor, accounts: Iterable[str]) -> Decimal:
    """What `accounts` stand at together, debit − credit: a credit balance (2202.02) is negative."""
    row = actor.db.one(CONTROL, company=actor.company_id, accounts=list(accounts))
    assert row is not None
    balance: Decimal = row.balance
    return balance


def open_items_total(actor: Actor, side: str, partner_id: uuid.UUID | None = None) -> Decimal:
    """What all customers owe us (`customer`), or we owe all suppliers (`supplier`); or one partner's share."""
    row = actor.db.one(OPEN_ITEMS, company=actor.company_id, side=side, partner=partner_id)
    assert row is not None
    owed: Decimal = row.owed
    return owed


def books_today(actor: Actor, today: date) -> Any:
    """For Today, in one query: by how much debits and credits differ, the day's vouchers, the month to close next."""
    return actor.db.one(TODAY, company=actor.company_id, month=today.replace(day=1), day=today)
