"""What a customer sees by the link: when, what is on the truck, what follows; no cost, no supplier, no rival."""

import pytest
from sqlalchemy.orm import Session

from tests.support.partners import a_supplier
from tests.support.purchasing import sent, soon, today
from tests.support.sales import Shop, a_shop, confirmed, drafted, plan, send
from tests.support.world import act, look
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import behind_wall
from webapp.sales import Carrier, Tracking, deliver, deliveries_of, tracking, visitor


def seen(shop: Shop, order_id: object) -> Tracking:
    """By the link's holder, who is nobody in the company."""
    with behind_wall(shop.owner.session, shop.owner.company_id) as database:
        return tracking(visitor(database, shop.owner.company_id), order_id)  # type: ignore[arg-type]


def test_from_the_order_to_the_door(session: Session) -> None:
    shop = a_shop(session, 15)
    sent(shop.owner, a_supplier(shop.owner), (shop.goods[0], 40, 60), wanted_on=soon(shop.owner, 6))
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 24), wanted_on=today(shop.owner))
    shown = seen(shop, order)
    assert shown.stage == "ordered"
    assert [(part.quantity, part.on) for part in shown.later] == [(15, today(shop.owner)), (9, soon(shop.owner, 6))]
    delivery = plan(shop.storekeeper, order)
    assert [part.quantity for part in seen(shop, order).later] == [9]
    send(shop.storekeeper, delivery, carrier=Carrier("刘师傅", "浙A·7F3K2", "13800000000"))
    shown = seen(shop, order)
    assert shown.stage == "on_the_way"
    assert shown.truck is not None
    assert shown.truck.plate == "浙A·7F3K2"
    assert [part.quantity for part in shown.truck.goods] == [15]
    assert [part.quantity for part in shown.later] == [9]
    assert [event.code for event in shown.events] == ["sales.delivery.shipped", "sales.order.confirmed"]
    act(shop.rep, lambda actor: deliver(actor, deliveries_of(actor).locked(delivery)))
    assert seen(shop, order).stage == "received"


def test_a_draft_is_not_followed(session: Session) -> None:
    shop = a_shop(session, 15)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 1))
    with pytest.raises(NotFound):
        seen(shop, order)


def test_another_companys_link_finds_nothing(session: Session) -> None:
    shop, other = a_shop(session, 5), a_shop(session, 5)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 1))
    with pytest.raises(NotFound):
        seen(other, order)
    assert look(shop.rep, lambda actor: tracking(actor, order)).number
