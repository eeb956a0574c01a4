"""What finance offers to the kernel's registers: checks, the chart of a new company, words, links, Today's cards."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from webapp.kernel import calendar
from webapp.kernel.i18n import N_, _, _n
from webapp.kernel.register import Action, Card, CardSource, DocumentKind, Entry, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .checks import CHECKS
from .queries import books_today, voucher_numbers
from .states import READERS
from .verbs import lay_chart
from .words import month_name, voucher_number


def _cards(actor: Actor) -> Iterator[Card]:
    today = calendar.today(actor)
    books = books_today(actor, today)
    if books.difference:
        yield _differs(books.difference)
    if books.to_close is not None and books.to_close < today.replace(day=1):
        yield _to_close(books.to_close)
    if not books.difference and books.posted:
        yield _balanced(books.vouchers)


def _differs(difference: object) -> Card:
    return Card(
        urgency=0,
        tone="bad",
        icon="octagon-alert",
        state=_("Debits and credits differ"),
        name=_("Trial balance"),
        reason=_("They differ by %(amount)s. Run the checks before anything else.", amount=difference),
        href=url_for("finance.balances"),
        action=Action(_("Open it"), url_for("finance.balances")),
        key="finance.differs",
    )


def _to_close(month: date) -> Card:
    href = url_for("finance.period", month=f"{month:%Y-%m}")
    return Card(
        urgency=20,
        tone="warn",
        icon="calendar-check",
        state=_("Not closed yet"),
        name=month_name(month),
        reason=_("The month is over. Go through the list, then close it."),
        href=href,
        action=Action(_("Close the month"), href),
        key=f"finance.close.{month}",
    )


def _balanced(vouchers: int) -> Card:
    return Card(
        urgency=20,
        tone="ok",
        icon="circle-check",
        state=_("Debits equal credits"),
        name=_("Trial balance"),
        reason=_n("%(num)s voucher today", "%(num)s vouchers today", vouchers)
        if vouchers
        else _("No voucher yet today"),
        href=url_for("finance.balances"),
        action=Action(_("Open it"), url_for("finance.balances")),
        key="finance.balances",
    )


def _named(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {row.id: f"{voucher_number(row.number)} · {month_name(row.month)}" for row in voucher_numbers(actor, ids)}


registers.starts.append(lay_chart)
registers.checks += CHECKS
registers.cards.append(CardSource(frozenset({"accountant"}), _cards))
registers.documents |= {
    "voucher": DocumentKind(
        "voucher", N_("Voucher"), "receipt-text", lambda key: url_for("finance.voucher", id=key), _named
    ),
    "period": DocumentKind("period", N_("Accounting month"), "calendar-check", lambda _key: url_for("finance.periods")),
}
registers.events |= {
    "finance.period.closed": N_("%(month)s closed"),
    "finance.period.reopened": N_("%(month)s opened again: %(reason)s"),
    "finance.voucher.reversed": N_("Voucher reversed in red"),
}
registers.entries += [
    Entry("books", N_("Trial balance"), "scale", READERS, "finance.balances", order=5),
    Entry("books", N_("Vouchers"), "receipt-text", READERS, "finance.vouchers", order=6),
    Entry("books", N_("Accounting months"), "calendar-check", READERS, "finance.periods", order=7),
]
