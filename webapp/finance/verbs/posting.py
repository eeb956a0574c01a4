"""Posting: an event's facts become a voucher by the rules of the company's chart. Nothing is asked of the database."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.finance.rules import Rule, amounts_of, rules_of
from webapp.kernel.money import ZERO, to_cents
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .writing import Entry, Item, Line, writing


@dataclass(slots=True, frozen=True)
class Fact:
    """What happened to one product (or to nothing in particular), in named amounts of the company's currency."""

    amounts: Mapping[str, Decimal]
    product_id: uuid.UUID | None = None
    warehouse_id: uuid.UUID | None = None
    quantity: Decimal | None = None


@dataclass(slots=True, frozen=True)
class _About:
    """What every line of a voucher may concern."""

    partner_id: uuid.UUID | None
    person_id: uuid.UUID | None


class Unbalanced(ValueError):
    """The facts of an event do not balance under its rules: a bug of the verb that stated them."""


def post(
    actor: Actor,
    event: str,
    *,
    on: date,
    kind: str,
    document_id: uuid.UUID,
    facts: Sequence[Fact],
    partner_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    params: dict[str, Any] | None = None,
    due_on: date | None = None,
    reverses: uuid.UUID | None = None,
) -> uuid.UUID | None:
    """Note the voucher of `event`; it takes its number and is written at the end of the verb. Returns its id.

    `on` is a day that `posting_day` gave. An amount a fact does not name is zero; zero makes no line, and where
    nothing is left there is no voucher and None. What a rule opens is due on `due_on` (else on the day itself).
    Amounts must be whole cents. Raises KeyError for an unknown event or amount, Unbalanced for facts that do not
    balance; both are bugs, not answers.
    """
    _check(actor, event, facts)
    about = _About(partner_id, person_id)
    lines: list[Line] = []
    items: list[Item] = []
    for rule in rules_of(actor.company.chart, actor.company.taxpayer)[event]:
        made = _lines(rule, facts, about)
        lines += made
        items += _opened(rule, made, partner_id)
    if not lines:
        return None
    if sum(line.debit for line in lines) != sum(line.credit for line in lines):
        raise Unbalanced(f"{event} of {kind} {document_id}: {[fact.amounts for fact in facts]}")
    entry = Entry(
        id=new_id(),
        month=on.replace(day=1),
        day=on,
        event=event,
        kind=kind,
        document_id=document_id,
        params=params or {},
        due_on=due_on or on,
        lines=lines,
        items=items,
        reverses_id=reverses,
    )
    writing(actor).entries.append(entry)
    return entry.id


def _check(actor: Actor, event: str, facts: Sequence[Fact]) -> None:
    known = amounts_of(actor.company.chart, event)
    for fact in facts:
        for name, amount in fact.amounts.items():
            if name not in known:
                raise KeyError(f"{event} has no amount {name}")
            if amount != to_cents(amount):
                raise Unbalanced(f"{event}: {name} is not in whole cents: {amount}")


def _lines(rule: Rule, facts: Sequence[Fact], about: _About) -> list[Line]:
    if rule.per_fact:
        pairs = [(fact.amounts.get(rule.amount, ZERO), fact) for fact in facts]
        return [_line(rule, amount, about, fact) for amount, fact in pairs if amount]
    total = sum((fact.amounts.get(rule.amount, ZERO) for fact in facts), ZERO)
    return [_line(rule, total, about, None)] if total else []


def _line(rule: Rule, amount: Decimal, about: _About, fact: Fact | None) -> Line:
    if rule.red:
        amount = -amount
    product = fact.product_id if fact and "product" in rule.dims else None
    return Line(
        account=rule.account,
        debit=amount if rule.debit else ZERO,
        credit=ZERO if rule.debit else amount,
        partner_id=about.partner_id if "partner" in rule.dims else None,
        person_id=about.person_id if "person" in rule.dims else None,
        product_id=product,
        warehouse_id=fact.warehouse_id if fact and "warehouse" in rule.dims else None,
        quantity=fact.quantity if fact and product else None,
    )


def _opened(rule: Rule, lines: Sequence[Line], partner_id: uuid.UUID | None) -> list[Item]:
    if not rule.opens or not lines:
        return []
    if partner_id is None:
        raise ValueError(f"{rule.account} opens an item: say whose it is")
    owed = sum((line.debit - line.credit for line in lines), ZERO)
    return [Item(rule.opens, partner_id, owed if rule.opens == "customer" else -owed)]
