"""A customer who signs in: their orders and where they are, each by itself, and a word where something is wrong."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.sales import Shop, a_shop, confirmed, drafted, order_now, plan, send, timeline_of
from tests.support.world import a_member, act, sign_in
from webapp.kernel.wall import Actor
from webapp.sales import deliver, deliveries_of


@dataclass
class World:
    """A customer signed in, who ordered 15 of which 10 are here; a draft, and another customer's order."""

    client: FlaskClient
    shop: Shop
    guest: Actor
    order: UUID
    draft: UUID
    others: UUID

    def get(self, path: str = "", status: int = 200) -> str:
        answer = self.client.get(f"/c/{self.shop.owner.company.slug}/portal{path}", headers={"Accept-Language": "en"})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    shop = a_shop(session, 10)
    guest = a_member(shop.owner, "customer", shop.customer.id)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 15))
    draft = drafted(shop.rep, shop.customer, (shop.goods[0], 1))
    others = confirmed(shop.rep, a_customer(shop.owner, "Somebody else"), (shop.goods[0], 1))
    g.pop("_login_user", None)
    sign_in(client, guest)
    return World(client, shop, guest, order, draft, others)


def number(world: World, order: UUID) -> str:
    return order_now(world.shop.owner, order).number


def test_the_house_of_a_customer_shows_their_orders_and_nobody_elses(world: World) -> None:
    shown = world.get()
    assert number(world, world.order) in shown
    assert "We are on it" in shown
    assert "1 order to come" in shown
    assert number(world, world.draft) not in shown
    assert number(world, world.others) not in shown


def test_where_it_is_is_told_as_it_goes(world: World) -> None:
    delivery = plan(world.shop.storekeeper, world.order)
    assert "Being made ready" in world.get()
    send(world.shop.storekeeper, delivery)
    assert "On the way" in world.get()
    act(world.shop.storekeeper, lambda actor: deliver(actor, deliveries_of(actor).locked(delivery)))
    assert "Part has come" in world.get()
    page = world.get(f"/bought/{world.order}")
    assert "5 more" in page
    assert f"/bought/{world.order}/problem" in page


def test_what_is_not_theirs_is_not_there(world: World) -> None:
    for path in ("", "/problem"):
        world.get(f"/bought/{world.others}{path}", 404)
        world.get(f"/bought/{world.draft}{path}", 404)


def test_what_is_wrong_reaches_the_rep(world: World) -> None:
    Pages(world.client, world.guest).post(f"portal/bought/{world.order}/problem", text="Two are wet")
    assert timeline_of(world.shop.owner, world.order)[-1] == "portal.problem"
