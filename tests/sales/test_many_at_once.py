"""Many at one order, and many at the same goods."""

import contextlib
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.crowd import at_once
from tests.support.inventory import stock_at
from tests.support.sales import a_shop, confirm, confirmed, differences, drafted, order_now, ship
from tests.support.world import act, look
from webapp.kernel.db import db
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import enter_as
from webapp.sales import confirm_order, orders_of, ship_order

pytestmark = pytest.mark.ledger


def confirming(membership: UUID, order_id: UUID, op_id: UUID | None = None) -> None:
    """One person's request: their own session, their own operation."""
    actor = enter_as(db.session(), membership)
    act(actor, lambda acting: confirm_order(acting, orders_of(acting).locked(order_id)), op_id=op_id, hot=True)


def test_two_confirmations_one_wins_the_other_is_told(app: Flask, session: Session) -> None:
    shop = a_shop(session, 10)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 4))
    answers = at_once(app, 4, lambda _n: confirming(shop.rep.membership_id, order))
    told = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(told) == 3
    assert {refused.code for refused in told} <= {"state", "step.done"}
    assert order_now(shop.rep, order).state == "confirmed"
    assert differences(shop.owner) == []


def test_twenty_posts_of_one_operation_confirm_once(app: Flask, session: Session) -> None:
    shop = a_shop(session, 10)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 4))
    op_id = new_id()
    answers = at_once(app, 20, lambda _n: confirming(shop.rep.membership_id, order, op_id))
    assert not [answer for answer in answers if isinstance(answer, Refused)], answers
    assert stock_at(shop.owner, shop.goods[0].id)["A-01-1"] == (Decimal(10), Decimal(4))


def test_fifty_buyers_of_five_pieces(app: Flask, session: Session) -> None:
    shop = a_shop(session, 5)
    orders = [drafted(shop.rep, shop.customer, (shop.goods[0], 1)) for _ in range(50)]

    def buy(number: int) -> bool:
        confirming(shop.rep.membership_id, orders[number])
        actor = enter_as(db.session(), shop.storekeeper.membership_id)
        act(actor, lambda acting: ship_order(acting, orders_of(acting).locked(orders[number])), hot=True)
        return True

    answers = at_once(app, 50, buy)
    assert sum(answer is True for answer in answers) == 5
    others = [answer for answer in answers if answer is not True]
    assert {getattr(answer, "code", answer) for answer in others} == {"delivery.nothing"}
    assert stock_at(shop.owner, shop.goods[0].id) == {}
    assert differences(shop.owner) == []


def test_four_ship_orders_of_the_same_goods(app: Flask, session: Session) -> None:
    shop = a_shop(session, 400, 400)
    orders = [confirmed(shop.rep, shop.customer, *((goods, n % 3 + 1) for goods in shop.goods)) for n in range(24)]

    def send(number: int) -> None:
        actor = enter_as(db.session(), shop.storekeeper.membership_id)
        for order in orders[number::4]:
            act(actor, lambda acting, order=order: ship_order(acting, orders_of(acting).locked(order)), hot=True)

    assert at_once(app, 4, send) == [None] * 4
    assert differences(shop.owner) == []


def test_confirming_again_under_the_same_operation_answers_the_same(session: Session) -> None:
    shop = a_shop(session, 10)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 4))
    op_id = new_id()
    for _ in range(2):
        with contextlib.suppress(IndexError):  # the second time nothing runs, so nothing is returned
            act(shop.rep, lambda acting: confirm_order(acting, orders_of(acting).locked(order)), op_id=op_id, hot=True)
    with pytest.raises(Refused):
        confirm(shop.rep, order)
    ship(shop.storekeeper, order)


def test_many_short_at_once_all_go_to_planning(app: Flask, session: Session) -> None:
    shop = a_shop(session, 6, 6)
    orders = [drafted(shop.rep, shop.customer, (shop.goods[n % 2], 3), (shop.goods[1 - n % 2], 2)) for n in range(12)]
    answers = at_once(app, 12, lambda n: confirming(shop.rep.membership_id, orders[n]))
    assert answers == [None] * 12
    proposed = "SELECT sum(quantity) AS n FROM proposal WHERE company_id = %(c)s AND state = 'open'"
    rows = look(shop.owner, lambda actor: actor.db.ask(proposed, c=actor.company_id))
    assert rows[0].n == 12 * 5 - 12
    assert differences(shop.owner) == []
