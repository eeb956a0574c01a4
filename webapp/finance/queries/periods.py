"""Accounting months: how many vouchers each holds, and what is to be seen to before one is closed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from webapp.finance.models import Period
from webapp.kernel.i18n import N_
from webapp.kernel.models import Counter
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .balances import trial_balance

EARLIER = """
SELECT min(month) AS month FROM period
WHERE company_id = %(company)s AND month < %(month)s AND state <> 'closed'"""
GAPS = """
SELECT max(number) - count(*) AS missing FROM voucher WHERE company_id = %(company)s AND month = %(month)s"""


@dataclass(slots=True, frozen=True)
class Item:
    """A line of the month's-end checklist: well, or what is wrong (`words` with `params`)."""

    code: str
    title: str
    words: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the month cannot be closed because of it."""
        return bool(self.words)


def periods_of(actor: Actor) -> list[Any]:
    """All months, the newest first, with their state and count of vouchers."""
    return list(
        actor.session.execute(
            select(Period.month, Period.state, func.coalesce(Counter.last, 0).label("vouchers"))
            .outerjoin(
                Counter,
                (Counter.company_id == Period.company_id)
                & (Counter.kind == "voucher")
                & (Counter.period == func.to_char(Period.month, "YYYY-MM")),
            )
            .order_by(Period.month.desc())
        )
    )


def months_of(actor: Actor) -> list[date]:
    """The months that were opened, the newest first."""
    return list(actor.session.execute(select(Period.month).order_by(Period.month.desc())).scalars())


def period_of(actor: Actor, month: date) -> Period:
    """The month that begins on `month`. Raises NotFound."""
    period = actor.session.execute(select(Period).where(Period.month == month)).scalar_one_or_none()
    if period is None:
        raise NotFound
    return period


def checklist(actor: Actor, month: date) -> list[Item]:
    """What must hold before the month is closed, each with what is wrong where it does not."""
    earlier = actor.db.one(EARLIER, company=actor.company_id, month=month)
    gaps = actor.db.one(GAPS, company=actor.company_id, month=month)
    balance = trial_balance(actor, month)
    items = [
        Item("period.earlier", N_("Earlier months are closed")),
        Item("period.gap", N_("Voucher numbers have no gap")),
        Item("period.balance", N_("Debits equal credits")),
    ]
    if earlier is not None and earlier.month is not None:
        items[0] = Item(
            *("period.earlier", N_("Earlier months are closed")),
            N_("%(month)s is still open. Close it first."),
            {"month": f"{earlier.month:%Y-%m}"},
        )
    if gaps is not None and gaps.missing:
        items[1] = Item(
            *("period.gap", N_("Voucher numbers have no gap")),
            N_("%(n)s numbers are missing. Run the checks before closing."),
            {"n": str(gaps.missing)},
        )
    if not balance.balances:
        items[2] = Item(
            *("period.balance", N_("Debits equal credits")),
            N_("Debits and credits differ by %(amount)s. Run the checks before closing."),
            {"amount": f"{balance.total('debit') - balance.total('credit'):f}"},
        )
    return items
