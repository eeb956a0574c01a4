"""An order from draft to invoice, by its verbs."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.support.finance import standing
from tests.support.sales import (
    a_shop,
    bill,
    confirm,
    delivery_now,
    differences,
    drafted,
    order_now,
    ship,
    timeline_of,
)

pytestmark = pytest.mark.ledger


def test_from_draft_to_invoice(session: Session) -> None:
    shop = a_shop(session, 50, 50)
    order_id = drafted(shop.rep, shop.customer, (shop.goods[0], 3), (shop.goods[1], 2, "52.50", "0.1"))
    order = order_now(shop.rep, order_id)
    assert order.state == "draft"
    assert [line.amount.gross for line in order.lines] == [Decimal("300.00"), Decimal("94.50")]
    assert order.amount.gross == Decimal("394.50")
    confirm(shop.rep, order_id)
    assert order_now(shop.rep, order_id).state == "confirmed"
    delivery_id = ship(shop.storekeeper, order_id)
    delivery = delivery_now(shop.owner, delivery_id)
    assert delivery.amount == order.amount
    assert delivery.cost == Decimal("50.00")
    assert order_now(shop.rep, order_id).state == "shipped"
    bill(shop.owner, order_id)
    assert order_now(shop.rep, order_id).state == "invoiced"
    assert standing(shop.owner)["1122"] == Decimal("394.50")
    assert differences(shop.owner) == []
    assert "sales.delivery.shipped" in timeline_of(shop.owner, delivery_id)
