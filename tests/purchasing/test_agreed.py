"""What both sides agreed: splits by day, and a cost that sums exactly however the goods arrive."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.finance import line_amounts
from webapp.purchasing.agreed import Split, by_price, cost_of, left_after, promised_for, splits_of

THU, TUE = date(2026, 11, 26), date(2026, 12, 1)
quantities = st.decimals("0.001", "5000", places=3)
prices = st.decimals("0", "9999", places=4)
rates = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("0.06"), Decimal("0.09"), Decimal("0.13")])


@dataclass
class Line:
    quantity: Decimal = Decimal(40)
    price: Decimal = Decimal(198)
    vat_rate: Decimal = Decimal("0.13")
    wanted_on: date = THU
    accepted: Decimal = Decimal(0)
    refused: Decimal = Decimal(0)


@dataclass
class Answer:
    quantity: Decimal
    day: date
    price: Decimal = Decimal(198)
    verdict: str = "accepted"
    settled: str | None = None
    round: int = 1
    split: int = 1


def split(quantity: int, day: date = THU, price: int = 198, *, promised: bool = True) -> Split:
    return Split(Decimal(quantity), day, Decimal(price), promised)


def test_nothing_answered_stands_as_ordered() -> None:
    assert splits_of(Line(), []) == [split(40, promised=False)]


def test_parts_are_taken_in_the_order_of_their_days() -> None:
    answers = [Answer(Decimal(15), TUE, verdict="countered", settled="agreed"), Answer(Decimal(25), THU)]
    assert splits_of(Line(), answers) == [split(25), split(15, TUE)]


@pytest.mark.parametrize("settled", [None, "declined", "withdrawn"])
def test_what_is_not_agreed_is_as_ordered_until_it_is_refused(settled: str | None) -> None:
    answers = [Answer(Decimal(25), THU), Answer(Decimal(15), TUE, verdict="countered", settled=settled)]
    assert splits_of(Line(), answers) == [split(25), split(15, promised=False)]
    assert splits_of(Line(refused=Decimal(15)), answers) == [split(25)]


def test_another_date_does_not_change_what_a_line_costs() -> None:
    """19.99 × 40 with 13 % is 707.61 net; by halves it would be 353.80 + 353.81 only if joined first."""
    halves = [Split(Decimal(20), day, Decimal("19.99")) for day in (THU, TUE)]
    assert cost_of(halves, Decimal(40), Decimal("0.13"), with_tax=True) == Decimal("707.61")
    assert len(by_price(halves)) == 1


def test_a_later_part_at_another_price_costs_its_own() -> None:
    splits = [split(25, price=100), split(15, TUE, price=113)]
    assert cost_of(splits, Decimal(25), Decimal("0.13"), with_tax=True) == Decimal("2212.39")
    assert cost_of(splits, Decimal(40), Decimal("0.13"), with_tax=True) == Decimal("2212.39") + Decimal("1500.00")


def test_more_than_ordered_costs_the_last_price() -> None:
    assert cost_of([split(10, price=100)], Decimal(12), Decimal(0), with_tax=False) == Decimal("1200.00")


def test_the_day_promised_for_a_unit() -> None:
    splits = [split(25), split(15, TUE)]
    assert promised_for(splits, Decimal(25)) == THU
    assert promised_for(splits, Decimal(26)) == TUE
    assert promised_for(splits, Decimal(99)) == TUE


def test_what_is_left_when_some_have_come() -> None:
    assert left_after([split(25), split(15, TUE)], Decimal(30)) == [split(10, TUE)]


@given(st.lists(quantities, min_size=1, max_size=6), prices, rates, st.booleans())
def test_receipts_of_a_line_sum_to_its_net_amount(
    parts: list[Decimal], price: Decimal, rate: Decimal, with_tax: bool
) -> None:
    """However often the goods come, and in whatever quantities, the values booked add up to the line's net."""
    whole = sum(parts, Decimal(0))
    line = [Split(whole, THU, price)]
    booked, received = Decimal(0), Decimal(0)
    for part in parts:
        received += part
        booked += cost_of(line, received, rate, with_tax=with_tax) - booked
    assert booked == line_amounts(whole, price, rate, with_tax=with_tax).net


@given(st.lists(st.tuples(quantities, prices), min_size=1, max_size=5), rates)
def test_cost_never_falls_as_goods_arrive(parts: list[tuple[Decimal, Decimal]], rate: Decimal) -> None:
    splits = [Split(quantity, THU + timedelta(days=n), price) for n, (quantity, price) in enumerate(parts)]
    through, before = Decimal(0), Decimal(0)
    for each in splits:
        for share in (each.quantity / 2, each.quantity / 2):
            through += share
            cost = cost_of(splits, through, rate, with_tax=True)
            assert cost >= before
            before = cost
