"""The pages of selling, as each role sees them; the client minds their hygiene."""

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.sales import Shop, a_shop, bill, confirmed, drafted, plan, send, ship
from tests.support.world import a_member, sign_in
from webapp.kernel.wall import Actor


@pytest.fixture
def shop(session: Session) -> Shop:
    return a_shop(session, 50, 50, 50)


def at(shop: Shop, path: str) -> str:
    return f"/c/{shop.owner.company.slug}/sales/{path}"


def seen(client: FlaskClient, actor: Actor, shop: Shop, path: str) -> str:
    g.pop("_login_user", None)  # who signed in before, in the test's own context
    sign_in(client, actor)
    answer = client.get(at(shop, path))
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def test_an_order_at_each_point_of_its_way(client: FlaskClient, shop: Shop) -> None:
    rep, first, second = shop.rep, shop.goods[0], shop.goods[1]
    draft = drafted(rep, shop.customer, (first, 3))
    assert "Confirm order" in seen(client, rep, shop, f"orders/{draft}")
    order = confirmed(rep, shop.customer, (first, 3), (second, 2))
    assert "Share the link" in seen(client, rep, shop, f"orders/{order}")
    assert "Pick it" in seen(client, shop.storekeeper, shop, f"orders/{order}")
    delivery = plan(shop.storekeeper, order)
    assert "Pick on" in seen(client, shop.storekeeper, shop, f"orders/{order}")
    seen(client, shop.storekeeper, shop, f"deliveries/{delivery}")
    seen(client, shop.storekeeper, shop, f"deliveries/{delivery}/picking")
    send(shop.storekeeper, delivery)
    assert "On the way" in seen(client, rep, shop, f"deliveries/{delivery}")
    assert "Bill what has shipped" in seen(client, shop.owner, shop, f"orders/{order}")
    invoice = bill(shop.owner, order)
    assert "IN-" in seen(client, shop.owner, shop, f"invoices/{invoice}")
    for page in ("orders", "orders?state=open", "deliveries", "orders/new"):
        seen(client, rep, shop, page)
    for paper in (f"orders/{order}/paper", f"deliveries/{delivery}/paper"):
        assert "¥" not in seen(client, shop.storekeeper, shop, paper)


def test_a_storekeeper_sees_no_amounts_and_a_rep_no_costs(client: FlaskClient, shop: Shop) -> None:
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 3, "77.77"))
    delivery = ship(shop.storekeeper, order)
    for page in ("orders", f"orders/{order}", f"deliveries/{delivery}", "deliveries"):
        assert "233.31" not in seen(client, shop.storekeeper, shop, page)
    assert "233.31" in seen(client, shop.rep, shop, f"orders/{order}")
    assert "30.00" not in seen(client, shop.rep, shop, f"deliveries/{delivery}")
    assert "30.00" in seen(client, a_member(shop.owner, "accountant"), shop, f"deliveries/{delivery}")


def test_taking_an_order(client: FlaskClient, shop: Shop) -> None:
    page = seen(client, shop.rep, shop, f"orders/new?partner={shop.customer.id}&product={shop.goods[0].id}")
    assert "50" in page
    assert "100.00" in page
