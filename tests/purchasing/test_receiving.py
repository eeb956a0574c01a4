"""Goods at the dock: counted, booked in to the cent, kept for who waits, taken back."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.finance import standing
from tests.support.inventory import kept_for, send, stock_at, wanted, worth
from tests.support.purchasing import (
    a_supplier_with_user,
    answered,
    decided,
    differences,
    entered,
    lines_of_order,
    notices,
    order_now,
    receipt_now,
    received,
    received_shipment,
    sent,
    shipment_now,
    shipped,
    soon,
    taken_back,
    today,
)
from tests.support.world import a_company, a_member, act, look
from webapp.kernel import timeline
from webapp.kernel.refusals import NotFound, Refused, Warned
from webapp.kernel.timeline import Event
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing import Counted, Part, incoming, orders_of, receive

pytestmark = pytest.mark.ledger


class World:
    """A company whose storekeeper receives what its buyer ordered."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer, self.dock = a_member(self.owner, "buyer"), a_member(self.owner, "warehouse")
        self.supplier, self.user = a_supplier_with_user(self.owner)
        self.cream = a_product(self.owner, "Cream")

    def order(self, quantity: int | str = 40, price: int | str = 113) -> UUID:
        return sent(self.buyer, self.supplier, (self.cream, quantity, price))


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_goods_come_in_at_the_orders_net_cost_with_their_voucher(world: World) -> None:
    order_id = world.order(40, 113)
    receipt, (line,) = receipt_now(world.owner, received(world.dock, order_id, 40))
    assert (receipt.state, receipt.value, line.value) == ("posted", Decimal("4000.00"), Decimal("4000.00"))
    assert stock_at(world.owner, world.cream.id) == {"RECV": (Decimal(40), Decimal(0))}
    assert standing(world.owner) == {"1405": Decimal("4000.00"), "2202.02": Decimal("-4000.00")}
    assert order_now(world.owner, order_id).state == "received"
    assert differences(world.owner) == []


def test_one_short_leaves_the_order_open_and_one_to_ship_again(world: World) -> None:
    order_id = world.order()
    answered(world.user, order_id, None)
    shipment = shipped(world.user, order_id, (40,))
    receipt, (line,) = receipt_now(world.owner, received_shipment(world.dock, shipment, {"good": 39, "short": True}))
    assert (line.difference, line.missing, receipt.value) == ("short", Decimal(1), Decimal("3900.00"))
    assert shipment_now(world.owner, shipment).state == "received"
    (ordered,) = lines_of_order(world.owner, order_id)
    assert (ordered.received, ordered.shipped, order_now(world.owner, order_id).state) == (39, 39, "partly_received")
    shipped(world.user, order_id, (1,))
    assert differences(world.owner) == []


def test_booked_in_before_all_is_counted_the_rest_comes_later(world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (40,))
    received_shipment(world.dock, shipment, {"good": 23})
    assert shipment_now(world.owner, shipment).state == "partly_received"
    received_shipment(world.dock, shipment, {"good": 17})
    assert (shipment_now(world.owner, shipment).state, order_now(world.owner, order_id).state) == (
        "received",
        "received",
    )
    assert worth(world.owner, world.cream.id) == (Decimal(40), Decimal("4000.00"))


def test_damaged_and_wrong_goods_stay_outside_the_stock(world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (40,))
    _receipt, (line,) = receipt_now(
        world.owner, received_shipment(world.dock, shipment, {"good": 35, "damaged": 2, "wrong": 3})
    )
    (ordered,) = lines_of_order(world.owner, order_id)
    assert (line.difference, ordered.received, ordered.rejected) == ("damaged", Decimal(35), Decimal(5))
    assert worth(world.owner, world.cream.id) == (Decimal(35), Decimal("3500.00"))
    shipped(world.user, order_id, (5,))
    assert differences(world.owner) == []


def test_more_than_announced_is_kept(world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (40,))
    receipt, (line,) = receipt_now(world.owner, received_shipment(world.dock, shipment, {"good": 42}))
    assert (line.difference, receipt.value) == ("over", Decimal("4200.00"))
    assert order_now(world.owner, order_id).state == "received"
    assert differences(world.owner) == []


def test_more_than_twice_what_is_expected_asks_first(world: World) -> None:
    order_id = world.order()
    with pytest.raises(Warned) as asked:
        received(world.dock, order_id, 400)
    assert asked.value.code == "receipt.over"
    received(world.dock, order_id, 400, accepted=frozenset({"receipt.over"}))
    assert worth(world.owner, world.cream.id)[0] == Decimal(400)


@pytest.mark.parametrize(("good", "code"), [(0, "receipt.empty"), (-1, "receipt.figures")])
def test_what_is_no_receipt(world: World, good: int, code: str) -> None:
    order_id = world.order()
    with pytest.raises(Refused) as refused:
        received(world.dock, order_id, good)
    assert refused.value.code == code


def test_goods_kept_by_lot_need_lot_and_expiry(world: World) -> None:
    milk = a_product(world.owner, "Milk", keeps_lots=True)
    order_id = sent(world.buyer, world.supplier, (milk, 5, 10))
    with pytest.raises(Refused) as refused:
        received(world.dock, order_id, 5)
    assert refused.value.code == "receipt.lot"
    with pytest.raises(Warned) as asked:
        received(world.dock, order_id, 5, lots={0: ("L1", soon(world.owner, -1))})
    assert asked.value.code == "receipt.expired"
    received(world.dock, order_id, 5, lots={0: ("L1", today(world.owner))})
    assert order_now(world.owner, order_id).state == "received"


def test_who_waits_longest_gets_the_goods_and_sales_hears_of_it(world: World) -> None:
    first, second = wanted(world.owner, world.cream.id, 24), wanted(world.owner, world.cream.id, 24)
    heard: list[dict[str, Any]] = []

    def hear(actor: Actor, event: Event) -> None:
        if actor.company_id == world.owner.company_id:
            heard.append(event.facts)

    timeline.on("purchasing.received")(hear)
    received(world.dock, world.order(), 40)
    assert (kept_for(world.owner, first), kept_for(world.owner, second)) == (Decimal(24), Decimal(16))
    assert heard == [{"product_ids": [world.cream.id], "demand_ids": [first, second]}]


def test_a_price_agreed_later_is_what_the_goods_cost(world: World) -> None:
    order_id = world.order(40, 113)
    answered(world.user, order_id, [Part(Decimal(40), None, Decimal(226))])
    decided(world.buyer, order_id, "agreed")
    receipt, _lines = receipt_now(world.owner, received(world.dock, order_id, 40))
    assert receipt.value == Decimal("8000.00")


def test_a_receipt_is_taken_back_whole(world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (40,))
    receipt_id = received_shipment(world.dock, shipment, {"good": 38, "damaged": 1, "short": True})
    red, _lines = receipt_now(world.owner, taken_back(world.dock, receipt_id))
    assert (red.state, red.value) == ("reversal", Decimal("-3800.00"))
    assert receipt_now(world.owner, receipt_id)[0].state == "reversed"
    assert standing(world.owner) == {}
    assert shipment_now(world.owner, shipment).state == "shipped"
    assert [line.shipped for line in lines_of_order(world.owner, order_id)] == [40]
    assert differences(world.owner) == []
    with pytest.raises(Refused):
        taken_back(world.dock, receipt_id)
    received_shipment(world.dock, shipment)
    assert order_now(world.owner, order_id).state == "received"


def test_a_receipt_taken_back_lets_go_of_what_was_kept(world: World) -> None:
    waiting = wanted(world.owner, world.cream.id, 24)
    receipt_id = received(world.dock, world.order(), 40)
    assert kept_for(world.owner, waiting) == Decimal(24)
    taken_back(world.dock, receipt_id)
    assert kept_for(world.owner, waiting) == Decimal(0)
    assert differences(world.owner) == []


def test_goods_that_have_left_cannot_be_taken_back(world: World) -> None:
    receipt_id = received(world.dock, world.order(), 40)
    send(world.owner, world.cream.id, 30, "RECV")
    with pytest.raises(Refused):
        taken_back(world.dock, receipt_id)
    assert receipt_now(world.owner, receipt_id)[0].state == "posted"


def test_foreign_lines_are_not_found(world: World) -> None:
    order_id, other = world.order(), world.order()
    (line,) = lines_of_order(world.owner, other)
    for count in (Counted(line.id, Decimal(1)), Counted(new_id(), Decimal(1))):
        with pytest.raises(NotFound):
            act(world.dock, lambda actor, c=count: receive(orders_of(actor).locked(order_id), [c], actor=actor))
    shipment = shipped(world.user, order_id, (40,))
    (notice,) = notices(world.owner, shipment)
    count = Counted(line.id, Decimal(1), shipment_line_id=notice.id)
    with pytest.raises(NotFound):
        act(world.dock, lambda actor: receive(orders_of(actor).locked(order_id), [count], actor=actor))


def test_a_suppliers_record_moves_what_it_promises(world: World) -> None:
    """Five lines, two of them ten days late: four days on the mean. A promise is then moved by as much."""
    for late in (0, 0, 0, 10, 10):
        order_id = sent(world.buyer, world.supplier, (world.cream, 1, 1), wanted_on=soon(world.owner, -late))
        received(world.dock, order_id, 1)
    record = look(world.owner, lambda a: a.session.get_one(Partner, (a.company_id, world.supplier.id)).days_late)
    assert record == 4
    order_id = world.order()
    answered(world.user, order_id, [Part(Decimal(25)), Part(Decimal(15), soon(world.owner, 9))])
    (now, rest) = look(world.owner, lambda a: incoming(a, [world.cream.id]))[world.cream.id]
    assert (now.quantity, now.on, now.promised, now.days_late) == (Decimal(25), soon(world.owner, 7), True, 4)
    assert (rest.quantity, rest.promised) == (Decimal(15), False)
    shipped(world.user, order_id, (20,))
    coming = look(world.owner, lambda a: incoming(a, [world.cream.id]))[world.cream.id]
    assert [(one.quantity, one.shipped) for one in coming] == [(20, True), (5, False), (15, False)]
    assert coming[0].on == soon(world.owner, 1)


def test_nothing_is_incoming_for_a_supplier(world: World) -> None:
    world.order()
    assert look(world.user, lambda actor: incoming(actor, [world.cream.id])) == {world.cream.id: []}


PRICES = st.sampled_from(["0.01", "0.3333", "19.99", "113", "7.777777"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.integers(1, 9), min_size=1, max_size=5), price=PRICES, back=st.integers(0, 4))
def test_partial_receipts_sum_to_the_line_to_the_cent(world: World, parts: list[int], price: str, back: int) -> None:
    """However often it comes, and with one receipt taken back and booked again, stock and books say the line's net."""
    butter = a_product(world.owner, "Butter")
    order_id = sent(world.buyer, world.supplier, (butter, sum(parts), price))
    receipts = [received(world.dock, order_id, part) for part in parts]
    if back < len(parts):
        taken_back(world.dock, receipts[back])
        received(world.dock, order_id, parts[back])
    (line,) = lines_of_order(world.owner, order_id)
    assert worth(world.owner, butter.id) == (line.quantity, line.net)
    assert differences(world.owner) == []


def test_two_docks_count_one_shipment_and_one_wins(app: Flask, world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (40,))
    docks = [world.dock, a_member(world.owner, "warehouse"), world.buyer, world.owner]

    def book(number: int) -> bool:
        return bool(received_shipment(entered(docks[number]), shipment))

    answers = at_once(app, 4, book)
    assert sum(1 for answer in answers if answer is True) == 1
    assert all(isinstance(answer, Refused) for answer in answers if answer is not True)
    assert worth(world.owner, world.cream.id)[0] == Decimal(40)
    assert differences(world.owner) == []
