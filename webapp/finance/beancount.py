"""The books as beancount reads them, for a checker that is not ours: accounts, vouchers, and what each month closes at.

`bean-check` adds the lines up itself and compares them with our kept balances, to the cent.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from webapp.kernel.money import ZERO
from webapp.kernel.wall import Actor

ROOTS = {
    "asset": "Assets",
    "cost": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
"""Production cost is work in progress: an asset to beancount."""

ACCOUNTS = """
SELECT a.code, a.name, a.kind FROM account a WHERE a.company_id = %(company)s
  AND EXISTS (SELECT FROM account_balance b WHERE b.company_id = a.company_id AND b.account = a.code
              AND (b.debit <> 0 OR b.credit <> 0)) ORDER BY a.code"""
MONTHS = """
SELECT month FROM account_balance WHERE company_id = %(company)s
GROUP BY month HAVING bool_or(debit <> 0 OR credit <> 0) ORDER BY month"""
MOVED = """
SELECT account, debit - credit AS moved FROM account_balance
WHERE company_id = %(company)s AND month = %(month)s AND (debit <> 0 OR credit <> 0)"""
LINES = """
SELECT v.id, v.number, v.day, v.event, v.kind, v.document_id, l.account, l.debit, l.credit
FROM voucher_line l JOIN voucher v ON v.company_id = l.company_id AND v.id = l.voucher_id
WHERE v.company_id = %(company)s AND v.month = %(month)s ORDER BY v.number, l.line"""


def beancount_text(actor: Actor) -> Iterator[str]:
    """The whole books, line by line, a month of vouchers at a time."""
    currency = actor.company.currency
    accounts = {row.code: row for row in actor.db.ask(ACCOUNTS, company=actor.company_id)}
    months = [row.month for row in actor.db.ask(MONTHS, company=actor.company_id)]
    names = {code: f"{ROOTS[row.kind]}:{code.replace('.', ':')}" for code, row in accounts.items()}
    yield f'option "title" {_quoted(actor.company.name)}'
    yield f'option "operating_currency" "{currency}"'
    yield ""
    for code, row in accounts.items():
        yield f"{months[0].isoformat()} open {names[code]} {currency}"
        yield f"  name: {_quoted(row.name)}"
    standing: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for month in months:
        yield from _vouchers(actor, month, names, currency)
        yield from _closing(actor, month, names, standing)


def _vouchers(actor: Actor, month: date, names: dict[str, str], currency: str) -> Iterator[str]:
    rows = actor.db.ask(LINES, company=actor.company_id, month=month)
    for _key, lines in groupby(rows, key=attrgetter("id")):
        yield from _transaction(list(lines), names, currency)


def _transaction(lines: list[Any], names: dict[str, str], currency: str) -> Iterator[str]:
    head = lines[0]
    yield ""
    yield f'{head.day.isoformat()} * "记-{head.number:04d}" {_quoted(head.event)}'
    yield f'  voucher: "{head.id}"'
    yield f'  document: "{head.kind} {head.document_id}"'
    for line in lines:
        yield f"  {names[line.account]}  {line.debit - line.credit:f} {currency}"


def _closing(actor: Actor, month: date, names: dict[str, str], standing: dict[str, Decimal]) -> Iterator[str]:
    """What our balances say each account closes at; an account's sub-accounts count in it, as beancount has it."""
    moved = actor.db.ask(MOVED, company=actor.company_id, month=month)
    for row in moved:
        standing[row.account] += row.moved
    after = _next(month).isoformat()
    yield ""
    for code in sorted(row.account for row in moved):
        within = sum((amount for other, amount in standing.items() if f"{other}.".startswith(f"{code}.")), ZERO)
        yield f"{after} balance {names[code]}  {within:f} ~ 0.00 {actor.company.currency}"


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
