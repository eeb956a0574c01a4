"""The books for tests: post something in one line, and ask how the accounts stand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from webapp.finance import Fact, post, posting_day, reverse
from webapp.finance.checks import CHECKS
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .world import act, look


def money(text: str | int) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def post_now(
    actor: Actor,
    event: str,
    *facts: Mapping[str, Any],
    on: date | None = None,
    partner_id: UUID | None = None,
    kind: str = "partner",
    document_id: UUID | None = None,
) -> UUID | None:
    """Within an operation: post `event`; each fact is its amounts as text, such as {"cost": "10.50"}."""
    return post(
        actor,
        event,
        on=posting_day(actor, on or calendar.today(actor)),
        kind=kind,
        document_id=document_id or partner_id or new_id(),
        facts=[Fact({name: money(amount) for name, amount in fact.items()}, new_id(), new_id()) for fact in facts],
        partner_id=partner_id,
    )


def a_voucher(actor: Actor, event: str = "inventory.opening", *facts: Mapping[str, Any], **known: Any) -> UUID:
    """One operation, one voucher: opening stock of 100.00 where nothing else is said."""
    voucher_id = act(actor, lambda acting: post_now(acting, event, *(facts or ({"cost": "100.00"},)), **known))
    assert voucher_id is not None
    return voucher_id


def take_back(actor: Actor, voucher_id: UUID) -> UUID:
    """One operation: reverse the voucher today."""
    return act(actor, lambda acting: reverse(acting, voucher_id, posting_day(acting, calendar.today(acting))))


def lines_of(actor: Actor, voucher_id: UUID) -> list[tuple[str, Decimal, Decimal]]:
    """The voucher's lines: account, debit, credit."""
    asked = (
        "SELECT account, debit, credit FROM voucher_line WHERE company_id = %(c)s AND voucher_id = %(v)s ORDER BY line"
    )
    rows = look(actor, lambda asking: asking.db.ask(asked, c=asking.company_id, v=voucher_id))
    return [tuple(row) for row in rows]


def standing(actor: Actor) -> dict[str, Decimal]:
    """What every account stands at, debit − credit; those at zero left out."""
    asked = """SELECT account, sum(debit - credit) AS balance FROM account_balance WHERE company_id = %(c)s
               GROUP BY account HAVING sum(debit - credit) <> 0"""
    return dict(look(actor, lambda asking: [tuple(row) for row in asking.db.ask(asked, c=asking.company_id)]))


def differences(actor: Actor) -> list[str]:
    """What `verify` would find in the books."""
    return look(actor, lambda asking: [words for check in CHECKS for words in check.differences(asking)])


def voucher_numbers(actor: Actor) -> list[int]:
    """The company's voucher numbers in order, of whichever month."""
    asked = "SELECT number FROM voucher WHERE company_id = %(c)s ORDER BY month, number"
    return [row.number for row in look(actor, lambda asking: asking.db.ask(asked, c=asking.company_id))]
