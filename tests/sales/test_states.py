"""What may be done in which state, and what the lines say the state is."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.support.sales import (
    a_shop,
    bill,
    confirm,
    confirmed,
    delivery_now,
    differences,
    drafted,
    order_now,
    plan,
    send,
    ship,
    take_back,
    timeline_of,
)
from tests.support.world import act
from webapp.kernel.refusals import Refused
from webapp.sales import cancel_order, deliver, deliveries_of, orders_of
from webapp.sales.states import ORDER, state_of


@dataclass
class Line:
    quantity: Decimal
    shipped: Decimal
    invoiced: Decimal
    closed: Decimal


def line(quantity: int, shipped: int, invoiced: int = 0, closed: int = 0) -> Line:
    return Line(Decimal(quantity), Decimal(shipped), Decimal(invoiced), Decimal(closed))


@pytest.mark.parametrize(
    ("lines", "being_picked", "state"),
    [
        ([line(3, 0)], False, "confirmed"),
        ([line(3, 0)], True, "picking"),
        ([line(3, 3), line(2, 0)], True, "partly_shipped"),
        ([line(3, 1)], False, "partly_shipped"),
        ([line(3, 3), line(2, 2, 2)], False, "shipped"),
        ([line(3, 3, 3), line(2, 2, 2)], False, "invoiced"),
        ([line(3, 1, 0, 2), line(2, 0, 0, 2)], False, "shipped"),
        ([line(3, 1, 1, 2), line(2, 0, 0, 2)], False, "invoiced"),
        ([line(3, 0, 0, 2), line(2, 0, 0, 2)], False, "confirmed"),
    ],
)
def test_the_state_is_what_the_lines_say(lines: list[Line], being_picked: bool, state: str) -> None:
    assert state_of(lines, being_picked=being_picked) == state


@pytest.mark.parametrize("role", ["auditor", "buyer", "supplier", "customer"])
def test_some_only_read(role: str) -> None:
    assert not [each for state in ORDER.words for each in ORDER.allowed(state, role)]


def test_picking_packing_shipping_arriving(session: Session) -> None:
    shop = a_shop(session, 10)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 4))
    delivery = plan(shop.storekeeper, order)
    assert order_now(shop.rep, order).state == "picking"
    send(shop.storekeeper, delivery)
    assert order_now(shop.rep, order).state == "shipped"
    act(shop.rep, lambda actor: deliver(actor, deliveries_of(actor).locked(delivery)))
    assert delivery_now(shop.rep, delivery).state == "delivered"
    assert timeline_of(shop.owner, delivery) == [
        "sales.delivery.planned",
        "sales.delivery.shipped",
        "sales.delivery.delivered",
    ]
    with pytest.raises(Refused):
        act(shop.rep, lambda actor: deliver(actor, deliveries_of(actor).locked(delivery)))


def test_a_cancelled_order_gives_its_goods_back(session: Session) -> None:
    shop = a_shop(session, 5)
    first = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    plan(shop.storekeeper, first)
    act(shop.rep, lambda actor: cancel_order(actor, orders_of(actor).locked(first)))
    assert order_now(shop.rep, first).state == "cancelled"
    second = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    ship(shop.storekeeper, second)
    assert differences(shop.owner) == []
    with pytest.raises(Refused):
        act(shop.rep, lambda actor: cancel_order(actor, orders_of(actor).locked(second)))


def test_what_is_done_once_is_refused_twice(session: Session) -> None:
    shop = a_shop(session, 5)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 2))
    for doing in (confirm, ship, bill):
        doing(shop.owner, order)
        with pytest.raises(Refused):
            doing(shop.owner, order)


def test_what_is_billed_and_comes_back_is_credited(session: Session) -> None:
    shop = a_shop(session, 9)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 7, "14.29"))
    first = ship(shop.storekeeper, order)
    bill(shop.owner, order)
    take_back(shop.owner, first)
    assert order_now(shop.rep, order).state == "confirmed"
    assert "sales.order.credited" in timeline_of(shop.owner, order)
    assert differences(shop.owner) == []
    ship(shop.storekeeper, order)
    bill(shop.owner, order)
    assert order_now(shop.rep, order).state == "invoiced"
    assert differences(shop.owner) == []
