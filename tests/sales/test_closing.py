"""The rest of an order that will not come: it is closed, its goods are free, and the order is done."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.inventory import bring
from tests.support.sales import (
    a_shop,
    bill,
    close,
    confirmed,
    differences,
    drafted,
    order_now,
    plan,
    ship,
    take_back,
    timeline_of,
)
from tests.support.world import look
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.sales import tracking
from webapp.sales.queries.credit import credit_used

pytestmark = pytest.mark.ledger


def waiting(actor: Actor, order_id: UUID) -> list[Any]:
    """What still waits for goods of an order."""
    asked = """SELECT quantity, reserved, filled FROM demand WHERE company_id = %(c)s AND document_id = %(d)s
               AND cancelled_at IS NULL AND filled < quantity ORDER BY id"""
    return look(actor, lambda asking: asking.db.ask(asked, c=asking.company_id, d=order_id))


def test_the_rest_is_closed_and_what_shipped_is_billed(session: Session) -> None:
    shop = a_shop(session, 2, 0)
    order_id = confirmed(shop.rep, shop.customer, (shop.goods[0], 5), (shop.goods[1], 4))
    ship(shop.storekeeper, order_id)
    assert len(waiting(shop.owner, order_id)) == 2
    close(shop.rep, order_id)
    order = order_now(shop.rep, order_id)
    assert order.state == "shipped"
    assert [(line.shipped, line.closed, line.open) for line in order.lines] == [(2, 3, 0), (0, 4, 0)]
    assert waiting(shop.owner, order_id) == []
    assert look(shop.owner, lambda actor: credit_used(actor, shop.customer.id)) == Decimal("200.00")
    assert look(shop.owner, lambda actor: tracking(actor, order_id)).later == []
    bill(shop.owner, order_id)
    assert order_now(shop.rep, order_id).state == "invoiced"
    assert "sales.order.closed" in timeline_of(shop.owner, order_id)
    assert differences(shop.owner) == []


def test_billed_already_it_is_done_at_once(session: Session) -> None:
    shop = a_shop(session, 2)
    order_id = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    ship(shop.storekeeper, order_id)
    bill(shop.owner, order_id)
    close(shop.rep, order_id)
    assert order_now(shop.rep, order_id).state == "invoiced"
    assert differences(shop.owner) == []


def test_what_was_kept_for_it_goes_to_whoever_waits(session: Session) -> None:
    shop = a_shop(session, 2)
    first = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    ship(shop.storekeeper, first)
    second = confirmed(shop.rep, shop.customer, (shop.goods[0], 3))
    bring(shop.owner, shop.goods[0].id, 3, 30)
    close(shop.rep, first)
    assert [row.reserved for row in waiting(shop.owner, second)] == [3]
    assert differences(shop.owner) == []


def test_a_delivery_taken_back_is_waited_for_again_and_the_rest_is_not(session: Session) -> None:
    shop = a_shop(session, 2)
    order_id = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    delivery_id = ship(shop.storekeeper, order_id)
    close(shop.rep, order_id)
    take_back(shop.owner, delivery_id)
    order = order_now(shop.rep, order_id)
    assert (order.state, order.lines[0].open, order.lines[0].closed) == ("confirmed", 2, 3)
    assert [(row.quantity, row.reserved) for row in waiting(shop.owner, order_id)] == [(2, 2)]
    ship(shop.storekeeper, order_id)
    assert order_now(shop.rep, order_id).state == "shipped"
    assert differences(shop.owner) == []


def test_not_while_it_is_being_picked_nor_before_anything_shipped(session: Session) -> None:
    shop = a_shop(session, 2)
    order_id = drafted(shop.rep, shop.customer, (shop.goods[0], 5))
    with pytest.raises(Refused):
        close(shop.rep, order_id)
    other = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    ship(shop.storekeeper, other)
    bring(shop.owner, shop.goods[0].id, 1, 10)
    plan(shop.storekeeper, other)
    with pytest.raises(Refused) as refused:
        close(shop.rep, other)
    assert refused.value.code == "order.being_picked"
    assert order_now(shop.rep, other).state == "partly_shipped"
