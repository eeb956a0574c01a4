"""Parts of a line, in whatever portions and order, sum to the line; nothing stays behind and nothing is negative."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.finance import standing
from tests.support.inventory import bring, stock_at
from tests.support.sales import a_shop, bill, confirmed, delivery_now, differences, order_now, ship, take_back
from tests.support.world import act
from webapp.finance import line_amounts
from webapp.inventory import reserve_waiting
from webapp.kernel.money import ZERO
from webapp.sales.amounts import Share, share_of

pytestmark = pytest.mark.ledger

quantities = st.decimals("0.001", "500", places=3)
prices = st.decimals("0", "999", places=4)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "0.01", "0.06", "0.09", "0.13")])


def whole(quantity: Decimal, price: Decimal, rate: Decimal, *, with_tax: bool) -> Share:
    return Share(*line_amounts(quantity, price, rate, with_tax=with_tax, discount=Decimal("0.05")))


@given(st.lists(quantities, min_size=1, max_size=6), prices, rates, st.booleans(), st.randoms())
def test_any_parts_sum_to_the_line(
    parts: list[Decimal], price: Decimal, rate: Decimal, with_tax: bool, dice: Random
) -> None:
    ordered = sum(parts)
    line = whole(ordered, price, rate, with_tax=with_tax)
    gone: list[tuple[Decimal, Share]] = []
    waiting = list(parts)
    while waiting:
        done = sum((quantity for quantity, _ in gone), Decimal(0))
        taken = sum((share for _, share in gone), Share())
        now = waiting.pop()
        part = share_of(line, ordered, done=done, taken=taken, now=now)
        assert part.net + part.vat == part.gross
        assert min(part.net, part.vat, part.gross) >= ZERO
        gone.append((now, part))
        if len(gone) > 1 and dice.random() < 0.3:  # one of those before comes back
            back, _share = gone.pop(dice.randrange(len(gone)))
            waiting.append(back)
            dice.shuffle(waiting)
            if dice.random() < 0.5:
                break
    if not waiting:
        assert sum((share for _, share in gone), Share()) == line


def test_three_deliveries_of_a_third_each(session: Session) -> None:
    shop = a_shop(session, 1)
    (goods,) = shop.goods
    order = confirmed(shop.rep, shop.customer, (goods, 3, "33.335"))
    amounts = []
    for _ in range(3):
        amounts.append(delivery_now(shop.owner, ship(shop.storekeeper, order)).amount.gross)
        bring(shop.owner, goods.id, 1, 10)
        act(shop.owner, lambda actor: reserve_waiting(actor, [goods.id]))
    assert amounts == [Decimal("33.34"), Decimal("33.33"), Decimal("33.34")]
    assert sum(amounts) == order_now(shop.rep, order).amount.gross == Decimal("100.01")
    bill(shop.owner, order)
    assert standing(shop.owner)["1122"] == Decimal("100.01")
    assert differences(shop.owner) == []


def test_what_is_taken_back_goes_out_again_at_the_same_sum(session: Session) -> None:
    shop = a_shop(session, 7)
    (goods,) = shop.goods
    order = confirmed(shop.rep, shop.customer, (goods, 7, "14.29", "0.15"))
    first = ship(shop.storekeeper, order)
    take_back(shop.owner, first)
    assert order_now(shop.rep, order).state == "confirmed"
    assert "1122" not in standing(shop.owner)
    assert differences(shop.owner) == []
    ship(shop.storekeeper, order)
    now = order_now(shop.rep, order)
    assert now.state == "shipped"
    assert standing(shop.owner)["1122"] == now.amount.gross
    assert differences(shop.owner) == []


def test_taking_back_beside_what_came_in_meanwhile(session: Session) -> None:
    """Some of the line is kept again at the very place the goods come back to."""
    shop = a_shop(session, 6)
    (goods,) = shop.goods
    order = confirmed(shop.rep, shop.customer, (goods, 10, "9.99"))
    first = ship(shop.storekeeper, order)
    bring(shop.owner, goods.id, 4, 40)
    act(shop.owner, lambda actor: reserve_waiting(actor, [goods.id]))
    take_back(shop.owner, first)
    assert stock_at(shop.owner, goods.id)["A-01-1"] == (Decimal(10), Decimal(10))
    ship(shop.storekeeper, order)
    assert order_now(shop.rep, order).state == "shipped"
    assert standing(shop.owner)["1122"] == Decimal("99.90")
    assert differences(shop.owner) == []
