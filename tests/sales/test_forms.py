"""What people type: wrong things come back as typed, with words, and nothing is written."""

from typing import Any
from uuid import uuid4

import pytest
from flask import g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.sales import Shop, a_shop, confirmed, drafted, order_now, plan
from tests.support.world import a_company, look, sign_in
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

EMOJI, CONTROL, LONG = "📦🥛", "a\x07b", "很" * 3000


@pytest.fixture
def shop(session: Session) -> Shop:
    return a_shop(session, 50, 50)


def post(client: FlaskClient, actor: Actor, shop: Shop, path: str, **form: Any) -> Any:
    g.pop("_login_user", None)
    sign_in(client, actor)
    page = client.get(f"/c/{shop.owner.company.slug}/sales/orders").get_data(as_text=True)
    token = page.split('name="csrf-token" content="')[-1].split('"')[0] if 'name="csrf-token"' in page else ""
    fields = {"op_id": str(new_id()), "as": str(actor.membership_id), "csrf_token": token} | form
    fields = {name.replace("__", "-"): value for name, value in fields.items()}
    return client.post(f"/c/{shop.owner.company.slug}/sales/{path}", data=fields)


@pytest.fixture(autouse=True)
def without_tokens(app: Any) -> Any:
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def a_line(shop: Shop, **changed: Any) -> dict[str, Any]:
    line = {"product_id": str(shop.goods[0].id), "quantity": "3", "price": "", "discount": ""} | changed
    return {f"lines__0__{name}": value for name, value in line.items()}


def order_form(shop: Shop, **changed: Any) -> dict[str, Any]:
    return {"partner_id": str(shop.customer.id), "split": "split", "then": "draft", **a_line(shop)} | changed


def orders(shop: Shop) -> int:
    asked = "SELECT count(*) AS n FROM sales_order WHERE company_id = %(c)s"
    return int(look(shop.owner, lambda actor: actor.db.ask(asked, c=actor.company_id))[0].n)


def test_a_good_order_is_taken(client: FlaskClient, shop: Shop) -> None:
    answer = post(client, shop.rep, shop, "orders", **order_form(shop, note=f"请早上送 {EMOJI}"))
    assert answer.status_code == 303
    assert answer.headers["Op-Result"] == "applied"
    assert orders(shop) == 1


def test_taken_and_confirmed_at_once(client: FlaskClient, shop: Shop) -> None:
    answer = post(client, shop.rep, shop, "orders", **order_form(shop, then="confirm"))
    assert order_now(shop.rep, answer.location.rsplit("/", 1)[-1]).state == "confirmed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines__0__quantity": ""},
        {"lines__0__quantity": "0"},
        {"lines__0__quantity": "-3"},
        {"lines__0__quantity": "many"},
        {"lines__0__quantity": "1e9"},
        {"lines__0__quantity": "999999999999"},
        {"lines__0__quantity": "1.00001"},
        {"lines__0__quantity": EMOJI},
        {"lines__0__quantity": CONTROL},
        {"lines__0__price": "-1"},
        {"lines__0__price": "99999999", "lines__0__quantity": "99999999"},
        {"lines__0__discount": "101"},
        {"lines__0__product_id": "not-an-id"},
        {"lines__0__product_id": ""},
        {"wanted_on": "yesterday"},
        {"wanted_on": "2020-01-01"},
        {"wanted_on": "9999-12-31"},
        {"split": "thirds"},
        {"note": LONG},
        {"note": CONTROL},
    ],
)
def test_what_cannot_be_comes_back_as_typed(client: FlaskClient, shop: Shop, wrong: dict[str, str]) -> None:
    answer = post(client, shop.rep, shop, "orders", **order_form(shop, **wrong))
    assert answer.status_code == 422, wrong
    assert answer.headers["Op-Result"] == "rejected"
    assert 'role="alert"' in answer.get_data(as_text=True)
    typed = next(iter(wrong.values()))
    if typed.isprintable() and typed not in {"", "thirds", "not-an-id", LONG}:
        assert typed in answer.get_data(as_text=True)
    assert orders(shop) == 0


@pytest.mark.parametrize(
    "wrong", [{"partner_id": str(uuid4())}, {"lines__0__product_id": str(uuid4())}, {"partner_id": "x"}]
)
def test_what_is_not_ones_own_is_not_there(client: FlaskClient, shop: Shop, wrong: dict[str, str]) -> None:
    assert post(client, shop.rep, shop, "orders", **order_form(shop, **wrong)).status_code == 404
    assert orders(shop) == 0


def test_no_lines(client: FlaskClient, shop: Shop) -> None:
    form = {"partner_id": str(shop.customer.id), "split": "split"}
    assert post(client, shop.rep, shop, "orders", **form).status_code == 422


@pytest.mark.parametrize("name", ["lines__²__quantity", "lines__99999__quantity", "lines____quantity", "lines"])
def test_strange_names_are_no_lines(client: FlaskClient, shop: Shop, name: str) -> None:
    assert post(client, shop.rep, shop, "orders", **order_form(shop, **{name: "3"})).status_code == 303


def test_adding_and_removing_lines_writes_nothing(client: FlaskClient, shop: Shop) -> None:
    form = order_form(shop, add=str(shop.goods[1].id))
    page = post(client, shop.rep, shop, "orders", **form).get_data(as_text=True)
    assert "lines-1-quantity" in page
    page = post(client, shop.rep, shop, "orders", **order_form(shop, remove="0")).get_data(as_text=True)
    assert 'name="lines-0-quantity"' not in page
    assert orders(shop) == 0


def test_two_editors_the_second_sees_both(client: FlaskClient, shop: Shop) -> None:
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 3))
    first = order_form(shop, base_version="1", **a_line(shop, quantity="5"))
    assert post(client, shop.rep, shop, f"orders/{order}", **first).status_code == 303
    second = order_form(shop, base_version="1", **a_line(shop, quantity="7"))
    answer = post(client, shop.owner, shop, f"orders/{order}", **second)
    assert answer.status_code == 412
    assert answer.headers["Op-Result"] == "conflict"
    page = answer.get_data(as_text=True)
    assert 'value="7"' in page
    assert ">5<" in page
    assert order_now(shop.rep, order).lines[0].quantity == 5


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"code": ""}, 422),
        ({"code": "no-such-code"}, 422),
        ({"code": EMOJI}, 422),
        ({"code": LONG}, 422),
        ({"code": CONTROL}, 422),
        ({"line_id": str(uuid4()), "quantity": "1"}, 404),
        ({"line_id": "x", "quantity": "1"}, 422),
        ({"code": "SKU", "quantity": "-1"}, 422),
        ({"code": "SKU", "quantity": "1e99"}, 422),
    ],
)
def test_wrong_scans(client: FlaskClient, shop: Shop, wrong: dict[str, str], status: int) -> None:
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 3)))
    answer = post(client, shop.storekeeper, shop, f"deliveries/{delivery}/picks", **wrong)
    assert answer.status_code == status


def test_another_companys_order_is_not_there(client: FlaskClient, session: Session, shop: Shop) -> None:
    other = a_shop(session, 5)
    order = drafted(other.rep, other.customer, (other.goods[0], 1))
    for path in ("confirmation", "cancellation", "deliveries", "shipment", "invoices"):
        assert post(client, shop.owner, shop, f"orders/{order}/{path}").status_code == 404
    assert a_company
