"""A supplier announces what leaves, with lots and expiry, and prints its code."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.purchasing import a_supplier_with_user, answered, differences, lines_of_order, notices, sent, soon
from tests.support.world import a_company, a_member, look
from webapp.purchasing.models import Shipment


class World:
    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer = a_member(self.owner, "buyer")
        self.supplier, self.user = a_supplier_with_user(self.owner)
        milk, salt = a_product(self.owner, "Milk", keeps_lots=True), a_product(self.owner, "Salt")
        self.id = sent(self.buyer, self.supplier, (milk, 60, 108), (salt, 20, 3))
        answered(self.user, self.id, None, None)
        self.lines = [str(line.id) for line in lines_of_order(self.owner, self.id)]
        self.pages = Pages(client, self.user)
        self.good = {
            "expected_on": soon(self.owner, 1).isoformat(),
            "carrier": "浙A·7F3K2",
            "lines-0-line_id": self.lines[0],
            "lines-0-quantity": "60",
            "lines-0-lot_code": "L2611A",
            "lines-0-expires_on": soon(self.owner, 100).isoformat(),
            "lines-1-line_id": self.lines[1],
            "lines-1-quantity": "20",
        }

    def announce(self, status: int = 303, **changed: str | None) -> Any:
        fields = self.good | {key.replace("__", "-"): value for key, value in changed.items()}
        return self.pages.post(f"portal/orders/{self.id}/shipments", status, **fields)

    def shipments(self) -> list[Any]:
        return look(self.owner, lambda actor: list(actor.session.scalars(select(Shipment.id).order_by(Shipment.id))))


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    return World(client, session)


def test_announced_it_has_a_code_to_print(world: World) -> None:
    shown = world.pages.follow(world.announce())
    (shipment,) = world.shipments()
    assert "<svg" in shown
    assert "L2611A" in shown
    label = world.pages.get(f"purchasing/shipments/{shipment}/print")
    assert "ASN-" in label
    assert "浙A·7F3K2" in label
    assert [int(line.quantity) for line in notices(world.owner, shipment)] == [60, 20]


def test_two_lots_of_a_line(world: World) -> None:
    second = {
        "lines-0-quantity": "40",
        "lines-2-line_id": world.lines[0],
        "lines-2-quantity": "20",
        "lines-2-lot_code": "L2611B",
        "lines-2-expires_on": soon(world.owner, 130).isoformat(),
    }
    world.announce(**{key.replace("-", "__"): value for key, value in second.items()})
    lots = {line.lot_code for line in notices(world.owner, world.shipments()[0])}
    assert lots == {"L2611A", "L2611B", ""}
    assert differences(world.owner) == []


def test_refused_it_shows_a_second_lot_only_where_one_was_typed(world: World) -> None:
    empty = {"lines__2__line_id": world.lines[0], "lines__2__quantity": "0", "lines__2__lot_code": ""}
    refused = world.announce(422, expected_on="", **empty).text
    assert (refused.count(world.lines[0]), 'name="lines-2-lot_code"' in refused) == (2, False)
    refused = world.announce(422, expected_on="", **{**empty, "lines__2__lot_code": "L2611B"}).text
    assert 'value="L2611B"' in refused


def test_what_is_left_stands_in_the_next_form(world: World) -> None:
    world.announce(lines__0__quantity="45", lines__1__quantity="0")
    shown = world.pages.get(f"portal/orders/{world.id}/shipments/new")
    assert 'value="15"' in shown
    world.announce(lines__0__quantity="15", lines__1__quantity="20")
    world.pages.get(f"portal/orders/{world.id}/shipments/new", 404)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("lines__0__quantity", ["61", "-1", "abc", "1e3", "99999999999", "🙂", "0.00001"]),
        ("lines__0__lot_code", ["", "x" * 41, "a\x00b"]),
        ("lines__0__expires_on", ["", "soon", "2020-01-01"]),
        ("expected_on", ["", "2020-01-01", "tomorrow", "9999-01-01"]),
        ("carrier", ["x" * 81, "a\u202eb"]),
    ],
)
def test_what_cannot_be_announced(world: World, field: str, values: list[str]) -> None:
    for value in values:
        shown = world.announce(422, **{field: value}).text
        assert "field-error" in shown or "note bad" in shown, value
        assert "浙A·7F3K2" in shown or field == "carrier"
    assert world.shipments() == []


def test_nothing_on_it_is_refused_and_a_foreign_line_not_found(world: World) -> None:
    world.announce(422, lines__0__quantity="0", lines__1__quantity="0")
    stranger, user = a_supplier_with_user(world.owner)
    other = sent(world.buyer, stranger, (a_product(world.owner, "Rice"), 5, 1))
    assert user
    world.announce(404, lines__1__line_id=str(lines_of_order(world.owner, other)[0].id))
    assert world.shipments() == []


def test_a_notice_is_withdrawn_from_its_page(world: World) -> None:
    world.announce()
    (shipment,) = world.shipments()
    world.pages.post(f"portal/shipments/{shipment}/withdrawal")
    assert "Withdrawn" in world.pages.get(f"portal/shipments/{shipment}")
    world.pages.post(f"portal/shipments/{shipment}/withdrawal", 422)


def test_what_is_due_later_is_not_proposed_for_now(client: FlaskClient, session: Session) -> None:
    """Of a line in two parts only the one due this week stands in the form."""
    from decimal import Decimal

    from webapp.purchasing import Part

    owner = a_company(session)
    supplier, user = a_supplier_with_user(owner)
    order_id = sent(a_member(owner, "buyer"), supplier, (a_product(owner, "Salt"), 40, 3))
    answered(user, order_id, [Part(Decimal(25)), Part(Decimal(15), soon(owner, 3) - timedelta(days=1))])
    shown = Pages(client, user).get(f"portal/orders/{order_id}/shipments/new")
    assert 'value="40"' in shown
