"""Finding orders and deliveries: lists, search, scans, CSV, and the revenue on the command line."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.partners import a_customer
from tests.support.sales import Shop, a_shop, confirmed, drafted, order_now, plan, ship
from tests.support.world import a_member, act, look, sign_in
from webapp.kernel.register import registers
from webapp.kernel.settings import set_setting
from webapp.kernel.wall import Actor


@pytest.fixture
def shop(session: Session) -> Shop:
    return a_shop(session, 90, 90)


def listed(client: FlaskClient, actor: Actor, shop: Shop, path: str, **headers: str) -> Any:
    g.pop("_login_user", None)
    sign_in(client, actor)
    answer = client.get(f"/c/{shop.owner.company.slug}/sales/{path}", headers=headers)
    assert answer.status_code == 200
    return answer


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_orders_are_found_by_number_and_by_the_customers_initials(client: FlaskClient, shop: Shop) -> None:
    other = a_customer(shop.owner, "海岸线西餐厅")
    mine = order_now(shop.rep, confirmed(shop.rep, shop.customer, (shop.goods[0], 1)))
    others = order_now(shop.rep, confirmed(shop.rep, other, (shop.goods[0], 1)))
    for typed, found, left_out in ((mine.number, mine, others), ("fml", mine, others), ("hax", others, mine)):
        page = listed(client, shop.rep, shop, f"orders?q={typed}").get_data(as_text=True)
        assert found.number in page
        assert left_out.number not in page
    part = listed(client, shop.rep, shop, "orders?q=fml", **{"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<html" not in part.get_data(as_text=True)
    assert mine.number in part.get_data(as_text=True)


def test_a_list_goes_on_page_by_page(client: FlaskClient, shop: Shop) -> None:
    numbers = [order_now(shop.rep, drafted(shop.rep, shop.customer, (shop.goods[0], 1))).number for _ in range(53)]
    first = listed(client, shop.rep, shop, "orders").get_data(as_text=True)
    assert sum(number in first for number in numbers) == 50
    mark = first.split("after=")[1].split('"')[0].replace("&amp;", "&")
    second = listed(client, shop.rep, shop, f"orders?after={mark}").get_data(as_text=True)
    assert sum(number in second for number in numbers) == 3


def test_tags_show_what_is_in_a_state(client: FlaskClient, shop: Shop) -> None:
    draft = order_now(shop.rep, drafted(shop.rep, shop.customer, (shop.goods[0], 1))).number
    open_one = order_now(shop.rep, confirmed(shop.rep, shop.customer, (shop.goods[0], 1))).number
    page = listed(client, shop.rep, shop, "orders?state=open").get_data(as_text=True)
    assert open_one in page
    assert draft not in page


def test_csv_holds_amounts_but_for_the_warehouse(client: FlaskClient, shop: Shop) -> None:
    confirmed(shop.rep, shop.customer, (shop.goods[0], 2), source="=cmd()")
    (row,) = rows_of(listed(client, shop.rep, shop, "orders?format=csv"))
    assert row["Total"] == "200.00"
    assert row["Number elsewhere"] == "'=cmd()"
    (row,) = rows_of(listed(client, shop.storekeeper, shop, "orders?format=csv"))
    assert "Total" not in row
    assert "200.00" not in row.values()


def test_deliveries_have_their_list_and_csv(client: FlaskClient, shop: Shop) -> None:
    plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 2)))
    ship(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[1], 2)))
    rows = rows_of(listed(client, shop.storekeeper, shop, "deliveries?format=csv"))
    assert [row["State"] for row in rows] == ["On the way", "To pick"]
    assert "DN-" in listed(client, shop.storekeeper, shop, "deliveries?state=away").get_data(as_text=True)


def test_a_rep_may_be_kept_to_their_own(client: FlaskClient, shop: Shop) -> None:
    other = a_member(shop.owner, "sales")
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 1))
    number = order_now(shop.rep, order).number
    assert number in listed(client, other, shop, "orders").get_data(as_text=True)
    act(shop.owner, lambda actor: set_setting(actor, "sales.reps_see_all", value=False))
    assert number not in listed(client, other, shop, "orders").get_data(as_text=True)
    assert number in listed(client, shop.rep, shop, "orders").get_data(as_text=True)
    assert client.get(f"/c/{shop.owner.company.slug}/sales/orders/{order}").status_code == 200
    g.pop("_login_user", None)
    sign_in(client, other)
    assert client.get(f"/c/{shop.owner.company.slug}/sales/orders/{order}").status_code == 404


def test_a_printed_number_is_scanned(app: Flask, shop: Shop) -> None:
    order = order_now(shop.rep, confirmed(shop.rep, shop.customer, (shop.goods[0], 1)))
    (meaning,) = [scan for scan in registers.scans if scan.name == "sales.number"]
    with app.test_request_context():
        g.actor = shop.rep
        found = look(shop.rep, lambda actor: meaning.read(actor, f" {order.number.lower()} "))
    assert [each.id for each in found] == [order.id]


def test_revenue_on_the_command_line(app: Flask, shop: Shop) -> None:
    ship(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 2), (shop.goods[1], 1, "50", "0.1")))
    slug = shop.owner.company.slug
    runner = app.test_cli_runner()
    for what in ("product", "customer", "employee", "month"):
        done = runner.invoke(args=["report", "revenue", "--by", what, "--company", slug, "--format", "csv"])
        assert done.exit_code == 0, done.output
        rows = list(csv.DictReader(io.StringIO(done.output)))
        assert sum(Decimal(row["revenue"]) for row in rows) == Decimal("216.81")
    assert runner.invoke(args=["report", "revenue", "--by", "month", "--company", "nobody"]).exit_code
