"""Writing, sending, ending an order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.partners import a_supplier
from tests.support.purchasing import (
    a_draft,
    a_supplier_with_user,
    an_offer,
    differences,
    entered,
    lines_of_order,
    main_warehouse,
    order_now,
    received,
    sent,
    shipped,
    soon,
)
from tests.support.world import a_company, a_member, act, look
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing import Wanted, cancel_order, close_order, draft_order, edit_order, orders_of, send_order


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def buyer(owner: Actor) -> Actor:
    return a_member(owner, "buyer")


def seen_by(actor: Actor, order_id: object) -> bool:
    try:
        return bool(look(actor, lambda acting: orders_of(acting).get(order_id)))  # type: ignore[arg-type]
    except NotFound:
        return False


def test_an_order_takes_the_list_price_and_its_number(owner: Actor, buyer: Actor) -> None:
    supplier, milk = a_supplier(owner), a_product(owner)
    an_offer(owner, supplier, milk, "19.99")

    def write(actor: Actor) -> object:
        mine = actor.session.get_one(Partner, (actor.company_id, supplier.id))
        return draft_order(actor, mine, main_warehouse(actor), soon(actor), [Wanted(milk.id, Decimal(40))]).id

    order_id = act(buyer, write)
    order, (line,) = order_now(owner, order_id), lines_of_order(owner, order_id)  # type: ignore[arg-type]
    assert order.number.startswith("PO-")
    assert order.state == "draft"
    assert (line.price, line.gross, line.net, line.vat) == (
        Decimal("19.99"),
        Decimal("799.60"),
        Decimal("707.61"),
        Decimal("91.99"),
    )
    assert order.total == Decimal("799.60")


def test_a_supplier_sees_an_order_from_when_it_was_sent(owner: Actor, buyer: Actor) -> None:
    supplier, user = a_supplier_with_user(owner)
    order_id = a_draft(buyer, supplier, (a_product(owner), 5, 10))
    assert not seen_by(user, order_id)
    act(buyer, lambda actor: cancel_order(orders_of(actor).locked(order_id), actor=actor))
    assert not seen_by(user, order_id), "a draft that was cancelled was never theirs"
    assert seen_by(user, sent(buyer, supplier, (a_product(owner), 5, 10)))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "order.empty"),
        ([("milk", "0")], "order.figures"),
        ([("milk", "-3")], "order.figures"),
        ([("milk", "1"), ("milk", "2")], "order.twice"),
        ([("cream", "1")], "order.price"),
    ],
)
def test_what_is_no_order(owner: Actor, buyer: Actor, wanted: list[tuple[str, str]], code: str) -> None:
    supplier = a_supplier(owner)
    products = {"milk": a_product(owner, "Milk"), "cream": a_product(owner, "Cream")}
    an_offer(owner, supplier, products["milk"], 10)
    lines = [Wanted(products[name].id, Decimal(quantity)) for name, quantity in wanted]

    def write(actor: Actor) -> None:
        mine = actor.session.get_one(Partner, (actor.company_id, supplier.id))
        draft_order(actor, mine, main_warehouse(actor), soon(actor), lines)

    with pytest.raises(Refused) as refused:
        act(buyer, write)
    assert refused.value.code == code


def test_nobody_orders_from_a_supplier_who_is_suspended(owner: Actor, buyer: Actor) -> None:
    supplier = a_supplier(owner, supplier_state="suspended")
    with pytest.raises(Refused) as refused:
        a_draft(buyer, supplier, (a_product(owner), 5, 10))
    assert refused.value.code == "order.supplier"


def test_a_stale_edit_of_a_draft_is_told(owner: Actor, buyer: Actor) -> None:
    supplier, milk = a_supplier(owner), a_product(owner)
    order_id = a_draft(buyer, supplier, (milk, 5, 10))

    def edit(actor: Actor, version: int, quantity: int) -> None:
        order = orders_of(actor).locked(order_id)
        wanted = [Wanted(milk.id, Decimal(quantity), Decimal(10))]
        edit_order(order, version, main_warehouse(actor), soon(actor), wanted, actor=actor)

    act(buyer, lambda actor: edit(actor, 1, 7))
    with pytest.raises(Stale):
        act(buyer, lambda actor: edit(actor, 1, 9))
    assert [line.quantity for line in lines_of_order(owner, order_id)] == [7]


def test_of_two_who_send_one_wins(app: Flask, owner: Actor, buyer: Actor) -> None:
    order_id = a_draft(buyer, a_supplier(owner), (a_product(owner), 5, 10))

    def send(_number: int) -> str:
        actor = entered(buyer)
        return act(actor, lambda acting: send_order(orders_of(acting).locked(order_id), actor=acting)).state

    answers = at_once(app, 4, send)
    assert sum(1 for answer in answers if answer == "sent") == 1
    assert all(isinstance(answer, Refused) for answer in answers if answer != "sent")


def test_an_order_is_cancelled_while_nothing_is_shipped(owner: Actor, buyer: Actor) -> None:
    supplier, user = a_supplier_with_user(owner)
    milk = a_product(owner)
    free, going = sent(buyer, supplier, (milk, 5, 10)), sent(buyer, supplier, (milk, 5, 10))
    shipped(user, going, (2,))
    act(buyer, lambda actor: cancel_order(orders_of(actor).locked(free), actor=actor))
    assert order_now(owner, free).state == "cancelled"
    with pytest.raises(Refused):
        act(buyer, lambda actor: cancel_order(orders_of(actor).locked(going), actor=actor))
    assert differences(owner) == []


def test_a_closed_order_brings_nothing_more(owner: Actor, buyer: Actor) -> None:
    supplier, _user = a_supplier_with_user(owner)
    order_id = sent(buyer, supplier, (a_product(owner), 5, 10))
    received(buyer, order_id, 4)
    act(buyer, lambda actor: close_order(orders_of(actor).locked(order_id), actor=actor))
    assert order_now(owner, order_id).state == "closed"
    with pytest.raises(Refused):
        received(buyer, order_id, 1)
    assert differences(owner) == []


def test_an_order_with_goods_on_the_way_is_not_closed(owner: Actor, buyer: Actor) -> None:
    supplier, user = a_supplier_with_user(owner)
    order_id = sent(buyer, supplier, (a_product(owner), 5, 10))
    received(buyer, order_id, 1)
    shipped(user, order_id, (2,))
    with pytest.raises(Refused) as refused:
        act(buyer, lambda actor: close_order(orders_of(actor).locked(order_id), actor=actor))
    assert refused.value.code == "order.on_the_way"


def test_a_wanted_day_may_be_the_lines_own(owner: Actor, buyer: Actor) -> None:
    supplier, milk = a_supplier(owner), a_product(owner)

    def write(actor: Actor) -> object:
        mine = actor.session.get_one(Partner, (actor.company_id, supplier.id))
        line = Wanted(milk.id, Decimal(1), Decimal(1), soon(actor, 9))
        return draft_order(actor, mine, main_warehouse(actor), soon(actor), [line]).id

    order_id = act(buyer, write)
    assert lines_of_order(owner, order_id)[0].wanted_on == soon(owner) + timedelta(days=6)  # type: ignore[arg-type]
