"""How much is missing, what lot to buy, and from whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.planning.net import Due, Offer, Position, best_of, lot_size, net_of

TODAY = date(2026, 11, 24)
amounts = st.decimals("0.01", "1000", places=2)


def due(quantity: int, days: int) -> Due:
    return Due(Decimal(quantity), TODAY + timedelta(days=days))


def position(free: int = 0, demand: tuple[Due, ...] = (), coming: tuple[Due, ...] = (), **keep: int) -> Position:
    level = {"reorder_point": 0, "safety_stock": 0} | keep
    return Position(Decimal(free), demand, coming, Decimal(level["reorder_point"]), Decimal(level["safety_stock"]))


@pytest.mark.parametrize(
    ("stands", "missing"),
    [
        (position(), None),
        (position(15, (due(15, 2),)), None),
        (position(15, (due(24, 2),)), 9),
        (position(0, (due(24, 2),), (due(20, 1),)), 4),
        (position(0, (due(24, 2),), (due(30, 9),)), None),
        (position(10, reorder_point=20), 10),
        (position(20, reorder_point=20), None),
        (position(10, (due(5, 1),), safety_stock=8), 3),
        (position(10, safety_stock=8, reorder_point=30), 20),
    ],
)
def test_what_is_missing(stands: Position, missing: int | None) -> None:
    net = net_of(stands, TODAY)
    assert (net.quantity if net else None) == missing


def test_it_is_wanted_on_the_first_day_that_is_not_covered() -> None:
    net = net_of(position(15, (due(10, 1), due(10, 3), due(10, 5)), (due(4, 2),)), TODAY)
    assert net
    assert (net.quantity, net.wanted_on) == (11, TODAY + timedelta(days=3))


def test_stock_below_its_level_is_wanted_today() -> None:
    net = net_of(position(3, reorder_point=10), TODAY)
    assert net
    assert net.wanted_on == TODAY


@pytest.mark.parametrize(
    ("quantity", "least", "multiple", "lot"),
    [
        ("9", "1", "1", "9"),
        ("9", "10", "5", "10"),
        ("11", "10", "5", "15"),
        ("9.5", "1", "0.5", "9.5"),
        ("7", "10", "4", "12"),
    ],
)
def test_a_suppliers_lot(quantity: str, least: str, multiple: str, lot: str) -> None:
    assert lot_size(Decimal(quantity), Decimal(least), Decimal(multiple)) == Decimal(lot)


@given(amounts, amounts, amounts)
def test_a_lot_is_enough_and_whole(quantity: Decimal, least: Decimal, multiple: Decimal) -> None:
    lot = lot_size(quantity, least, multiple)
    assert lot >= quantity
    assert lot >= least
    assert lot % multiple == 0
    assert lot - multiple < max(quantity, least)


def test_the_cheapest_of_those_in_time() -> None:
    offers = [Offer(Decimal(10), 9, 0), Offer(Decimal(12), 3, 0), Offer(Decimal(11), 3, 0)]
    assert best_of(offers, TODAY, TODAY + timedelta(days=4)) == 2


def test_a_late_supplier_is_not_in_time() -> None:
    offers = [Offer(Decimal(10), 3, 2), Offer(Decimal(12), 4, 0)]
    assert best_of(offers, TODAY, TODAY + timedelta(days=4)) == 1


def test_where_nobody_is_in_time_the_soonest() -> None:
    offers = [Offer(Decimal(10), 9, 0), Offer(Decimal(12), 3, 0), Offer(Decimal(11), 3, 0)]
    assert best_of(offers, TODAY, TODAY) == 2
