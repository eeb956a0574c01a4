"""What an order asks of the database over HTTP: a ceiling for the statements and round trips of its three posts."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.sales import a_shop, drafted
from tests.support.world import sign_in
from webapp.kernel.types import new_id

MOST_STATEMENTS, MOST_ROUND_TRIPS = 60, 20
OF_A_PAGE = 25


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def cost(answer: object) -> tuple[int, int]:
    found = re.search(r"(\d+) statements, (\d+) round trips", answer.headers["Server-Timing"])  # type: ignore[attr-defined]
    assert found
    return int(found[1]), int(found[2])


def test_five_lines_confirmed_shipped_and_billed(client: FlaskClient, session: Session, without_tokens: None) -> None:
    shop = a_shop(session, *([20] * 5))
    first, order = (drafted(shop.rep, shop.customer, *((goods, 2) for goods in shop.goods)) for _ in range(2))
    slug, membership = shop.owner.company.slug, str(shop.owner.membership_id)
    sign_in(client, shop.owner)
    total = [0, 0]
    for each in (first, order):  # the first fills what a process keeps
        total = [0, 0]
        for noun in ("confirmation", "shipment", "invoices"):
            session.info.pop("count", None)
            path = f"/c/{slug}/sales/orders/{each}/{noun}"
            answer = client.post(path, data={"op_id": str(new_id()), "as": membership}, headers={"Op": "1"})
            assert answer.status_code == 200
            total = [a + b for a, b in zip(total, cost(answer), strict=True)]
    assert total[0] <= MOST_STATEMENTS
    assert total[1] <= MOST_ROUND_TRIPS


def test_an_orders_page_asks_little(client: FlaskClient, session: Session) -> None:
    shop = a_shop(session, 20)
    order = drafted(shop.rep, shop.customer, (shop.goods[0], 2))
    sign_in(client, shop.owner)
    for path in (f"orders/{order}", "orders", f"orders/{order}/edit"):
        session.info.pop("count", None)
        answer = client.get(f"/c/{shop.owner.company.slug}/sales/{path}")
        assert cost(answer)[0] <= OF_A_PAGE
