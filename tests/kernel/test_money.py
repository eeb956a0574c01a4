"""Rounding is half up, away from zero, and nothing is lost when a sum is shared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.kernel.money import spread, to_cents


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("2.675", "2.68"), ("2.665", "2.67"), ("-2.675", "-2.68"), ("0.005", "0.01"), ("0.0049", "0.00")],
)
def test_half_goes_up(amount: str, rounded: str) -> None:
    assert to_cents(Decimal(amount)) == Decimal(rounded)


@given(
    total=st.decimals(min_value=0, max_value=10**9, places=2),
    weights=st.lists(st.decimals(min_value="0.01", max_value=10**6, places=2), min_size=1, max_size=30),
)
def test_shares_sum_exactly_to_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    shares = spread(total, weights)
    assert sum(shares) == total
    assert len(shares) == len(weights)
