"""What a phone carries is what its person may see: every row's page opens, every page opens, nothing of a rival's."""

import json
import re

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import matrix
from tests.support.matrix import Firm
from tests.support.two_firms import MARK, RIVAL
from webapp.identity.models import ROLES
from webapp.kernel.types import new_id

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = "00000000-0000-0000-0000-000000000000"
MONEY_OF_OTHERS = re.compile(r"cost|value|purchase_price")


def carried(client: FlaskClient, slug: str) -> tuple[dict[str, list[list[object]]], dict[str, str], list[str]]:
    """The rows by table, how the page of a row is addressed, the addresses of whole pages."""
    listed = client.get(f"/c/{slug}/offline/pack").json
    assert listed
    rows: dict[str, list[list[object]]] = {}
    for table in listed["tables"]:
        answer = client.get(table["rows"])
        assert answer.status_code == 200
        rows[table["name"]] = [row for _bucket, some in json.loads(answer.text)["buckets"] for row in some]
    return rows, {table["name"]: table["page"] for table in listed["tables"]}, [page for page, _ in listed["pages"]]


@pytest.mark.parametrize("role", ROLES)
def test_a_pack_holds_only_what_its_role_may_open(
    firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    rows, addresses, pages = carried(clients[role], firms[0].slug)
    closed = []
    for name, some in rows.items():
        assert addresses[name], name
        closed += [
            path
            for row in some
            if clients[role].get(path := addresses[name].replace(NOBODY, str(row[0]))).status_code not in {200, 303}
        ]
    closed += [path for path in pages if clients[role].get(path).status_code != 200]
    assert not closed
    assert MARK not in json.dumps(rows)


def test_each_role_carries_what_its_work_needs(firms: tuple[Firm, Firm], clients: dict[str, FlaskClient]) -> None:
    needs = {
        "sales": {"products", "stock", "customers", "follow_ups", "orders"},
        "warehouse": {"products", "stock", "locations", "deliveries", "shipments", "customers"},
        "supplier": {"purchases", "shipments"},
    }
    for role, names in needs.items():
        rows, _addresses, pages = carried(clients[role], firms[0].slug)
        assert names <= {name for name, some in rows.items() if some}, role
        assert pages, role
    assert set(carried(clients["supplier"], firms[0].slug)[0]) == needs["supplier"]
    assert not carried(clients["customer"], firms[0].slug)[0]


def test_a_suppliers_pack_holds_no_other_partners_id(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient]
) -> None:
    me = firms[0].members["supplier"]
    rows, _addresses, pages = carried(clients["supplier"], firms[0].slug)
    matrix.enter(look, me.company_id)
    asked = "SELECT id FROM partner WHERE company_id = %s AND id <> %s"
    others = {str(key) for (key,) in look.execute(asked, [me.company_id, me.partner_id])}
    for table in ("purchase_order", "shipment"):
        asked = f"SELECT id FROM {table} WHERE company_id = %s AND partner_id <> %s"
        others |= {str(key) for (key,) in look.execute(asked, [me.company_id, me.partner_id])}
    text = json.dumps([rows, pages])
    assert not others & set(UUID.findall(text))
    assert RIVAL not in text


@pytest.mark.parametrize("role", ["sales", "warehouse"])
def test_no_pack_of_a_rep_or_storekeeper_says_what_goods_cost(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """No figure of the valuation, no purchase price: the list price, and what a customer paid on a certain day."""
    rows, _addresses, _pages = carried(clients[role], firms[0].slug)
    prices = {row[6] for row in rows["products"]}
    company = firms[0].owner.company_id
    matrix.enter(look, company)
    listed = {
        str(price.normalize())
        for (price,) in look.execute("SELECT price FROM product WHERE company_id = %s", [company])
    }
    assert {str(price) for price in prices} <= listed | {f"{float(price):g}" for price in listed}
    asked = "SELECT o.partner_id::text, l.product_id::text, trim_scale(l.price)::text, o.day::text FROM sales_line l \
             JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id WHERE l.company_id = %s"
    paid = set(look.execute(asked, [company]))
    for customer, some in rows.get("prices", ()):
        assert {(customer, *one) for one in some} <= paid  # type: ignore[attr-defined]
    for row in rows["stock"]:
        for _lot, _code, _expires, places in row[1]:  # type: ignore[attr-defined]
            assert all(len(place) == 3 for place in places)
    assert "purchases" not in rows


def test_another_companys_pack_is_not_there(firms: tuple[Firm, Firm], clients: dict[str, FlaskClient]) -> None:
    assert clients["sales"].get(f"/c/{firms[1].slug}/offline/pack").status_code == 404
    assert clients["sales"].get(f"/c/{firms[0].slug}/offline/pack/purchases").status_code == 404
    assert clients["sales"].get(f"/c/{firms[0].slug}/offline/pack/{new_id()}").status_code == 404
