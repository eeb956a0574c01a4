"""What both sides agreed for a line: the splits that hold, their days, and what the goods cost.

Agreed are the supplier's accepted splits and the countered ones the buyer agreed to; what nobody has answered yet
stands as ordered. The goods of a line arrive against its splits in their order, so that several receipts of one line
sum exactly to its net amount.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from webapp.finance import line_amounts
from webapp.kernel.money import ZERO, to_cents


class Ordered(Protocol):
    """A line as it was ordered."""

    quantity: Decimal
    price: Decimal
    vat_rate: Decimal
    wanted_on: date
    accepted: Decimal
    refused: Decimal


class Answered(Protocol):
    """A row of the supplier's answer."""

    round: int
    split: int
    verdict: str
    settled: str | None
    quantity: Decimal
    day: date
    price: Decimal


@dataclass(slots=True, frozen=True)
class Split:
    """So many, on that day, at that price for one unit. `promised`: the supplier has said so."""

    quantity: Decimal
    day: date
    price: Decimal
    promised: bool = True


def holds(answer: Answered) -> bool:
    """Whether a row of an answer is agreed by both sides."""
    return answer.verdict == "accepted" or answer.settled == "agreed"


def splits_of(line: Ordered, answers: Iterable[Answered]) -> list[Split]:
    """The splits of a line, the earliest first; what is not agreed stands last, as ordered."""
    agreed = sorted((answer for answer in answers if holds(answer)), key=lambda a: (a.day, a.round, a.split))
    splits = [Split(answer.quantity, answer.day, answer.price) for answer in agreed]
    rest = line.quantity - line.refused - sum((split.quantity for split in splits), Decimal(0))
    if rest > 0 or not splits:
        splits.append(Split(max(rest, Decimal(0)), line.wanted_on, line.price, promised=False))
    return splits


def by_price(splits: Iterable[Split]) -> list[Split]:
    """The splits with neighbours of one price taken together: dates alone do not change what a line comes to."""
    joined: list[Split] = []
    for split in splits:
        if joined and joined[-1].price == split.price:
            joined[-1] = replace(joined[-1], quantity=joined[-1].quantity + split.quantity)
        else:
            joined.append(split)
    return joined


def cost_of(splits: Sequence[Split], quantity: Decimal, vat_rate: Decimal, *, with_tax: bool) -> Decimal:
    """The net cost of the first `quantity` units, in cents: whole splits at their net amount, a part of one pro rata.

    What comes beyond all splits costs the last split's price.
    """
    total, left = ZERO, quantity
    for split in by_price(splits):
        if left <= 0 or not split.quantity:
            continue
        net = line_amounts(split.quantity, split.price, vat_rate, with_tax=with_tax).net
        total += net if left >= split.quantity else to_cents(net * left / split.quantity)
        left -= split.quantity
    if left > 0:
        total += line_amounts(left, splits[-1].price, vat_rate, with_tax=with_tax).net
    return total


def gross_of(splits: Iterable[Split], vat_rate: Decimal, *, with_tax: bool) -> Decimal:
    """What the splits come to with tax: the sum of their amounts."""
    amounts = (line_amounts(s.quantity, s.price, vat_rate, with_tax=with_tax) for s in by_price(splits))
    return sum((amount.gross for amount in amounts), ZERO)


def promised_for(splits: Sequence[Split], quantity: Decimal) -> date:
    """The day for which the `quantity`-th unit was promised (or ordered, where nothing is promised)."""
    left = quantity
    for split in splits:
        left -= split.quantity
        if left <= 0:
            return split.day
    return splits[-1].day


def left_after(splits: Iterable[Split], gone: Decimal) -> list[Split]:
    """The splits that remain when the first `gone` units are taken off."""
    remaining = []
    for split in splits:
        taken = min(split.quantity, gone)
        gone -= taken
        if split.quantity > taken:
            remaining.append(Split(split.quantity - taken, split.day, split.price, split.promised))
    return remaining
