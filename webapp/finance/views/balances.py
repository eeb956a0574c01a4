"""The trial balance and the account ledger: every figure opens the next level down."""

from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.finance.queries import (
    AccountMonth,
    account_month,
    ledger_page,
    ledger_rows,
    sources,
    trial_balance,
    with_balances,
)
from webapp.finance.states import READERS
from webapp.finance.words import CLASSES, about, event_name, voucher_number
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import _, display_name, words
from webapp.kernel.paging import every
from webapp.kernel.web import allow, attachment, page

from .blueprint import asked_month, blueprint, months_to_choose

CHUNK = 500


@blueprint.get("/c/<company>/books/trial-balance")
@allow(READERS)
def balances() -> str | Response:
    """What every account opened with, moved and closed with in a month."""
    month = asked_month()
    found = trial_balance(g.actor, month)
    if request.args.get("format") == "csv":
        rows = [
            (a.code, display_name(a), a.opening, a.debit, a.credit, a.closing_debit, a.closing_credit)
            for a in found.accounts
        ]
        return attachment(csvfile.write(_heads(), rows), f"trial-balance-{month:%Y-%m}.csv")
    groups = [(words(title), [a for a in found.accounts if a.kind in kinds]) for kinds, title in CLASSES]
    return page(
        "finance/trial_balance.html",
        found=found,
        groups=[(title, accounts) for title, accounts in groups if accounts],
        month=month,
        months=months_to_choose(month, "finance.balances"),
        now=calendar.now() if month == calendar.today(g.actor).replace(day=1) else None,
    )


def _heads() -> list[str]:
    return [
        *(_("Account"), _("Name"), _("Opening balance"), _("Debits of the month"), _("Credits of the month")),
        *(_("Closing debit"), _("Closing credit")),
    ]


@blueprint.get("/c/<company>/books/accounts/<code>")
@allow(READERS)
def account(code: str) -> str | Response:
    """An account in a month: its lines in order, what it stood at after each, each with its voucher."""
    head = account_month(g.actor, code, asked_month())
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_line_heads(), _line_cells(head)), f"account-{code}-{head.month:%Y-%m}.csv")
    mark = request.args.get("after")
    found = ledger_page(g.actor, head, mark)
    following = url_for("finance.account", code=code, month=f"{head.month:%Y-%m}", after=found.next)
    return page(
        "finance/account.html",
        head=head,
        found=found,
        sources=sources(g.actor, [line.row for line in found.lines]),
        months=months_to_choose(head.month, "finance.account", code=code),
        first=mark is None,
        following=following if found.next else None,
    )


def _line_heads() -> list[str]:
    return [
        *(_("Voucher"), _("Day"), _("What happened"), _("Document"), _("Concerns")),
        *(_("Debit"), _("Credit"), _("Balance")),
    ]


def _line_cells(head: AccountMonth) -> Iterator[list[Any]]:
    brought = head.opening
    yield ["", "", _("Opening balance"), "", "", None, None, brought]
    for found in every(lambda mark: ledger_rows(g.actor, head, mark, CHUNK)):
        documents = sources(g.actor, found.rows)
        for line in with_balances(found.rows, brought):
            row, brought = line.row, line.balance
            source = documents.get(row.document_id)
            yield [
                *(voucher_number(row.number), row.day, event_name(row.event, red=row.reverses_id is not None)),
                *(source.number if source else "", about(row), row.debit, row.credit, line.balance),
            ]
