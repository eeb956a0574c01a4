"""What a customer is promised: from the shelf, from a purchase on its way, or not yet; and what planning hears."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy.orm import Session

from tests.support.partners import a_supplier
from tests.support.purchasing import an_offer, received, sent, soon, today
from tests.support.sales import Shop, a_shop, confirm, confirmed, differences, drafted, order_now, ship, timeline_of
from tests.support.world import a_member, act, look
from webapp.kernel import calendar
from webapp.kernel.refusals import Warned
from webapp.kernel.register import Card
from webapp.kernel.settings import set_setting
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.sales import orders_of, promises_of
from webapp.sales.cards import of_rep, to_pick


def parts_of(shop: Shop, order: UUID) -> list[list[tuple[Decimal, str]]]:
    promised = look(shop.rep, lambda actor: promises_of(actor, orders_of(actor).get(order)))
    return [[(part.quantity, part.why) for part in parts] for parts in promised.values()]


def cards(app: Flask, actor: Actor, source: Callable[[Actor], Iterable[Card]]) -> list[Card]:
    """What a source puts on somebody's Today."""
    with app.test_request_context():
        g.actor = actor
        return look(actor, lambda asking: list(source(asking)))


def test_what_is_here_is_kept_and_the_rest_waits_for_a_purchase(session: Session) -> None:
    shop = a_shop(session, 15)
    supplier = a_supplier(shop.owner, "绿源乳品")
    an_offer(shop.owner, supplier, shop.goods[0], 60)
    sent(shop.owner, supplier, (shop.goods[0], 40, 60), wanted_on=soon(shop.owner, 6))
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 24), wanted_on=today(shop.owner))
    (parts,) = confirm(shop.rep, order).values()
    assert [(part.quantity, part.why) for part in parts] == [(Decimal(15), "stock"), (Decimal(9), "purchase")]
    assert parts[0].on == today(shop.owner)
    assert parts[1].on is not None
    assert parts[1].on >= soon(shop.owner, 6)
    assert parts[1].partner_name == "绿源乳品"
    assert parts_of(shop, order) == [[(Decimal(15), "stock"), (Decimal(9), "purchase")]]


def test_a_late_supplier_moves_the_promise(session: Session) -> None:
    shop = a_shop(session, 0)
    supplier = a_supplier(shop.owner, "慢慢来")
    act(
        shop.owner,
        lambda actor: setattr(actor.session.get_one(Partner, (actor.company_id, supplier.id)), "days_late", 3),
    )
    sent(shop.owner, supplier, (shop.goods[0], 40, 60), wanted_on=soon(shop.owner, 6))
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 5))
    ((part,),) = confirm(shop.rep, order).values()
    assert part.days_late == 3
    assert part.due_on is not None
    assert part.on == part.due_on + timedelta(days=3)


def test_who_came_first_has_the_purchase(session: Session) -> None:
    shop = a_shop(session, 0)
    supplier = a_supplier(shop.owner)
    sent(shop.owner, supplier, (shop.goods[0], 10, 60))
    confirmed(shop.rep, shop.customer, (shop.goods[0], 8))
    second = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    assert parts_of(shop, second) == [[(Decimal(2), "purchase"), (Decimal(3), "open")]]


def test_what_is_short_goes_to_planning(session: Session) -> None:
    shop = a_shop(session, 2)
    an_offer(shop.owner, a_supplier(shop.owner), shop.goods[0], 60)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    asked = "SELECT quantity FROM proposal WHERE company_id = %(c)s AND product_id = %(p)s AND state = 'open'"
    rows = look(shop.owner, lambda actor: actor.db.ask(asked, c=actor.company_id, p=shop.goods[0].id))
    assert [row.quantity for row in rows] == [Decimal(3)]
    assert parts_of(shop, order) == [[(Decimal(2), "stock"), (Decimal(3), "open")]]


def test_goods_come_the_rep_is_told_and_the_rest_ships(app: Flask, session: Session) -> None:
    shop = a_shop(session, 2)
    supplier = a_supplier(shop.owner)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 5))
    ship(shop.storekeeper, order)
    assert order_now(shop.rep, order).state == "partly_shipped"
    assert [card.key for card in cards(app, shop.rep, of_rep)] == [f"sales.short:{order}"]
    purchase = sent(shop.owner, supplier, (shop.goods[0], 10, 60))
    received(shop.owner, purchase, 10)
    assert [card.key for card in cards(app, shop.rep, of_rep)] == [f"sales.arrived:{order}"]
    assert "inventory.demand.reserved" in timeline_of(shop.owner, order)
    assert [card.state for card in cards(app, shop.storekeeper, to_pick)] == ["Ready to pick"]
    ship(shop.storekeeper, order)
    assert order_now(shop.rep, order).state == "shipped"
    assert differences(shop.owner) == []


def test_anothers_urgent_lines_hide_none_of_a_reps_own(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = a_shop(session, 0)
    act(shop.owner, lambda actor: set_setting(actor, "sales.reps_see_all", value=False))
    rep, other = a_member(shop.owner, "sales"), a_member(shop.owner, "sales")
    today = calendar.today(shop.owner)
    monkeypatch.setattr("webapp.sales.cards.LOOKED_AT", 1)
    for _ in range(2):
        confirmed(other, shop.customer, (shop.goods[0], 5), wanted_on=today)
    mine = confirmed(rep, shop.customer, (shop.goods[0], 5), wanted_on=today + timedelta(days=9))
    assert [card.key for card in cards(app, rep, of_rep)] == [f"sales.short:{mine}"]


def test_all_together_waits_for_the_last_piece(app: Flask, session: Session) -> None:
    shop = a_shop(session, 2)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 5), split=False)
    assert cards(app, shop.storekeeper, to_pick) == []
    with pytest.raises(Warned) as warned:
        ship(shop.storekeeper, order)
    assert warned.value.code == "order.together"
    ship(shop.storekeeper, order, accepted=frozenset({"order.together"}))
    assert order_now(shop.rep, order).state == "partly_shipped"
