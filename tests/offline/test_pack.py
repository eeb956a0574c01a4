"""A phone that is told the differences holds what the company's books hold, and is told nothing twice."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, place
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.sales import confirmed, drafted
from tests.support.world import a_company, a_member, act
from webapp.inventory.verbs import transfer
from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.sales import cancel_order, orders_of
from webapp.sales.queries.prices import prices_of


@dataclass
class Phone:
    """What a phone does with the answers: a bucket replaces what was in it."""

    pages: Pages
    digests: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, int], list[list[Any]]] = field(default_factory=dict)
    sent: int = 0

    def refresh(self, table: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.pages.get(f"offline/pack/{table}", have=self.digests.get(table, "")))
        self.digests[table] = answer["digests"]
        self.sent = sum(len(rows) for _bucket, rows in answer["buckets"])
        for bucket, rows in answer["buckets"]:
            self.rows[table, bucket] = rows
        return answer

    def all(self, table: str) -> dict[str, list[Any]]:
        return {row[0]: row for (name, _bucket), rows in self.rows.items() if name == table for row in rows}


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


def phone(client: FlaskClient, actor: Actor) -> Phone:
    return Phone(Pages(client, actor))


def test_a_second_asking_sends_nothing(client: FlaskClient, owner: Actor) -> None:
    made = [a_product(owner, f"牛奶 {n} L", barcodes=(f"M-{n}",)) for n in range(20)]
    mine = phone(client, owner)
    mine.refresh("products")
    assert set(mine.all("products")) == {str(product.id) for product in made}
    mine.refresh("products")
    assert mine.sent == 0


def test_a_row_says_how_it_is_found(client: FlaskClient, owner: Actor) -> None:
    product = a_product(owner, "北京牛奶 1 L", sku="BM-1", barcodes=("6901234567892",), price=Decimal("12.50"))
    mine = phone(client, owner)
    mine.refresh("products")
    row = mine.all("products")[str(product.id)]
    assert row == [
        str(product.id),
        "BM-1",
        "北京牛奶 1 L",
        "Cream 1 L",
        "箱",
        "ctn",
        "12.5",
        0,
        [["6901234567892", "1"]],
        "bjnn1l",
    ]


def test_only_what_changed_is_sent_and_what_is_gone_goes(client: FlaskClient, owner: Actor) -> None:
    rep = a_member(owner, "sales")
    firms = [a_customer(owner, f"客户 {n}", contact="王伟", contact_phone="13800000000") for n in range(30)]
    mine = phone(client, rep)
    mine.refresh("customers")
    assert len(mine.all("customers")) == 30

    def change(actor: Actor) -> None:
        actor.db.run(
            "UPDATE partner SET phone = '010-1' WHERE company_id = %(c)s AND id = %(i)s",
            c=actor.company_id,
            i=firms[3].id,
        )
        actor.db.run(
            "UPDATE partner SET archived_at = now() WHERE company_id = %(c)s AND id = %(i)s",
            c=actor.company_id,
            i=firms[4].id,
        )

    act(owner, change)
    mine.refresh("customers")
    assert 0 < mine.sent < 10
    assert mine.all("customers")[str(firms[3].id)][4] == "010-1"
    assert str(firms[4].id) not in mine.all("customers")
    assert mine.all("customers")[str(firms[5].id)][7] == [["王伟", None, "13800000000"]]
    assert mine.all("customers")[str(firms[5].id)][9].split() == ["kh5", "ww"]


def test_a_move_changes_the_stock_of_its_product_alone(client: FlaskClient, owner: Actor) -> None:
    keeper = a_member(owner, "warehouse")
    product, other = a_product(owner), a_product(owner)
    shelf, there = place(owner, "A-01-1"), place(owner, "B-02-1")
    lot, _ = bring(owner, product.id, 10, 100), bring(owner, other.id, 3, 30)
    mine = phone(client, keeper)
    mine.refresh("stock")
    goods = {"product_id": product.id, "lot_id": lot, "from_id": shelf, "to_id": there}
    act(keeper, lambda actor: transfer(actor, quantity=Decimal("2.5"), **goods))
    mine.refresh("stock")
    assert mine.sent <= 2
    assert mine.all("stock")[str(product.id)][1] == [
        [str(lot), "", None, [["A-01-1", "7.5", "0"], ["B-02-1", "2.5", "0"]]]
    ]
    assert mine.all("stock")[str(other.id)][1][0][3] == [["A-01-1", "3", "0"]]


def test_the_list_says_which_tables_need_no_asking(client: FlaskClient, owner: Actor) -> None:
    a_product(owner)
    mine = phone(client, owner)
    said = {table["name"]: table["stamp"] for table in json.loads(mine.pages.get("offline/pack"))["tables"]}
    for name, stamp in said.items():
        answer = mine.refresh(name)
        assert answer["stamp"] == stamp
        assert json.loads(mine.pages.get(f"offline/pack/{name}", have=answer["digests"]))["buckets"] == []
    a_product(owner)
    now = {table["name"]: table["stamp"] for table in json.loads(mine.pages.get("offline/pack"))["tables"]}
    assert {name for name in said if said[name] != now[name]} == {"products"}


@pytest.mark.parametrize("have", ["", "!", "AAAA", base64.b64encode(hashlib.sha256(b"").digest()).decode()])
def test_digests_that_cannot_be_read_mean_nothing_is_there(client: FlaskClient, owner: Actor, have: str) -> None:
    a_product(owner)
    answer = json.loads(Pages(client, owner).get("offline/pack/products", have=have))
    assert sum(len(rows) for _bucket, rows in answer["buckets"]) == 1


def test_a_reps_own_follow_ups_and_orders_only_where_that_is_the_rule(client: FlaskClient, owner: Actor) -> None:
    from webapp.crm import ask_follow_up
    from webapp.kernel import calendar
    from webapp.partners import partners_of

    mine, colleague = a_member(owner, "sales"), a_member(owner, "sales")
    customer = a_customer(owner)

    def ask(actor: Actor) -> None:
        partner = partners_of(actor).get(customer.id)
        for rep in (mine, colleague):
            ask_follow_up(actor, partner, calendar.today(actor), f"for {rep.user.id}", rep_id=rep.user.id)

    act(owner, ask)
    carried = phone(client, mine)
    carried.refresh("follow_ups")
    assert [row[4] for row in carried.all("follow_ups").values()] == [f"for {mine.user.id}"]


def test_a_reps_customers_bring_the_prices_the_server_would_take(client: FlaskClient, owner: Actor) -> None:
    """The last price of a confirmed order, whoever took it; a draft's, and of another's customer, do not count."""
    rep, colleague = a_member(owner, "sales"), a_member(owner, "sales")
    rice, oil, cream = (a_product(owner, price=Decimal(100)) for _ in range(3))
    keepers = (rep.user.id, None, colleague.user.id)
    own, visited, other = (a_customer(owner, owner_id=keeper) for keeper in keepers)
    confirmed(rep, own, (rice, 2, "95"), (oil, 1, "88.5"))
    confirmed(colleague, own, (rice, 1, "92.25"))
    drafted(rep, own, (cream, 1, "1"))
    confirmed(rep, visited, (cream, 1, "97"))
    confirmed(colleague, other, (rice, 1, "50"))
    mine = phone(client, rep)
    mine.refresh("prices")
    today = str(calendar.today(rep))
    assert mine.all("prices") == {
        str(own.id): [str(own.id), [[str(rice.id), "92.25", today], [str(oil.id), "88.5", today]]],
        str(visited.id): [str(visited.id), [[str(cream.id), "97", today]]],
    }
    for customer, products in ((own, (rice, oil, cream)), (visited, (cream,))):
        known = {key: price for key, price, _day in mine.all("prices")[str(customer.id)][1]}
        asked = prices_of(rep, customer.id, [product.id for product in products])
        assert {key: str(one.price.normalize()) for key, one in asked.items() if one.last_day} == {
            UUID(key): str(Decimal(price).normalize()) for key, price in known.items()
        }


def test_a_cancelled_orders_price_was_never_paid(client: FlaskClient, owner: Actor) -> None:
    rep, rice = a_member(owner, "sales"), a_product(owner, price=Decimal(100))
    customer = a_customer(owner, owner_id=rep.user.id)
    order = confirmed(rep, customer, (rice, 1, "80"))
    mine = phone(client, rep)
    mine.refresh("prices")
    assert len(mine.all("prices")) == 1
    act(rep, lambda actor: cancel_order(actor, orders_of(actor).locked(order)))
    mine.refresh("prices")
    assert mine.all("prices") == {}
