"""Receiving at the dock: scanned or typed, short, damaged, wrong; then booked in."""

from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import stock_at
from tests.support.pages import Pages
from tests.support.purchasing import (
    a_supplier_with_user,
    differences,
    notices,
    order_now,
    sent,
    shipment_now,
    shipped,
    soon,
)
from tests.support.world import a_company, a_member, act, look
from webapp.catalog import add_barcode, products_of
from webapp.kernel.labels import codes
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing.models import Receipt

CARTON = "6901234567892"


class World:
    """A shipment of 40 cartons of cream, of lot L1, and 36 of cheese stands at the dock."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client = client
        self.owner = a_company(session)
        self.buyer, self.dock = a_member(self.owner, "buyer"), a_member(self.owner, "warehouse")
        self.supplier, self.user = a_supplier_with_user(self.owner, "绿源乳品")
        self.cream = a_product(self.owner, "稀奶油", name2="Whipping cream", keeps_lots=True, sku="10031")
        self.cheese = a_product(self.owner, "马苏里拉", name2="Mozzarella", sku="10044")
        from decimal import Decimal

        act(self.owner, lambda actor: add_barcode(actor, products_of(actor).locked(self.cream.id), CARTON, Decimal(2)))
        self.order = sent(self.buyer, self.supplier, (self.cream, 40, 198), (self.cheese, 36, 58))
        self.shipment = shipped(self.user, self.order, (40, 36), {0: ("L1", soon(self.owner, 100))})
        self.lines = [str(line.id) for line in notices(self.owner, self.shipment)]
        self.pages = Pages(client, self.dock)
        self.home = f"purchasing/shipments/{self.shipment}"
        self.fields: dict[str, str] = {
            "lines-0-key": self.lines[0],
            "lines-0-good": "0",
            "lines-0-lot_code": "L1",
            "lines-0-expires_on": soon(self.owner, 100).isoformat(),
            "lines-1-key": self.lines[1],
            "lines-1-good": "0",
        }

    def count(self, **said: str) -> str:
        return self.pages.post(f"{self.home}/count", 200, **(self.fields | said)).text

    def book(self, status: int = 303, op_id: UUID | None = None, **changed: str | None) -> Any:
        fields = self.fields | {key.replace("__", "-"): value for key, value in changed.items()}
        return self.pages.post(f"{self.home}/receipts", status, op_id=op_id, **fields)

    def receipts(self) -> list[UUID]:
        def ask(actor: Actor) -> list[UUID]:
            return list(actor.session.scalars(select(Receipt.id).order_by(Receipt.id)))

        return look(self.owner, ask)


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    return World(client, session)


def test_the_shipments_code_leads_to_its_receiving(world: World) -> None:
    number = shipment_now(world.owner, world.shipment).number
    from webapp.kernel.register import registers

    def read(actor: Actor) -> list[str]:
        return [
            found.href
            for scan in registers.scans
            if actor.role in scan.roles
            for found in scan.read(actor, number.lower())
        ]

    with world.client.application.test_request_context():
        from flask import g

        g.company_slug = world.owner.company.slug
        assert f"{world.home}/receipts/new" in look(world.dock, read)[0]


def test_a_scan_adds_one_package_never_all(world: World) -> None:
    assert "0" in world.pages.get(f"{world.home}/receipts/new")
    shown = world.count(code=CARTON)
    assert "+2 ctn" in shown, "two stock units go on this carton"
    assert 'name="lines-0-good" value="2"' in shown
    shown = world.count(code="10044")
    assert "+1" in shown
    assert 'name="lines-1-good" value="1"' in shown
    assert world.receipts() == []


def test_what_is_not_on_the_list_is_said(world: World) -> None:
    for code in ("4006381333931", "nonsense", "🙂"):
        assert "is not on this list" in world.count(code=code)
    label = f"https://books.example.cn/c/x/q/{codes.short('catalog.product', world.cheese.id)}"
    assert 'name="lines-1-good" value="1"' in world.count(code=label)
    strange = f"https://books.example.cn/c/x/q/{codes.short('catalog.product', new_id())}"
    assert "What this label names is not on this list" in world.count(code=strange)
    assert 'name="lines-0-good" value="0"' in world.count(code="")


def test_taps_and_undo(world: World) -> None:
    world.fields["lines-0-good"] = "38"
    shown = world.count(tap=f"short:{world.lines[0]}")
    assert "2 short: the buyer is told" in shown
    assert "1 damaged" in world.count(tap=f"damaged:{world.lines[0]}")
    assert "1 of something else" in world.count(tap=f"wrong:{world.lines[1]}")
    assert 'value="36"' in world.count(undo="yes", open_line=world.lines[0], last_step="2")
    assert "Undo" in world.count(code=CARTON)
    assert "Undo" not in world.count(open=world.lines[1], last_step="2"), "it would take off another line"
    for bad in ({"tap": "short:x"}, {"tap": f"short:{new_id()}"}, {"open": "x"}, {"undo": "yes", "last_step": "-3"}):
        world.count(**bad)


def test_received_one_short_and_the_rest_is_told(world: World) -> None:
    page = world.pages.follow(world.book(lines__0__good="39", lines__0__short="y", lines__1__good="36"))
    assert "1 missing" in page
    assert (shipment_now(world.owner, world.shipment).state, order_now(world.owner, world.order).state) == (
        "received",
        "partly_received",
    )
    assert stock_at(world.owner, world.cream.id)["RECV"][0] == 39
    assert "lines that differ: 1" in Pages(world.client, world.buyer).get("today")
    assert differences(world.owner) == []


def test_booked_in_by_halves(world: World) -> None:
    world.book(lines__0__good="23")
    assert "Arrived, not booked in" in world.pages.get("today")
    shown = world.pages.get(f"{world.home}/receipts/new")
    assert "17" in shown
    world.book(lines__0__good="17", lines__1__good="36")
    assert shipment_now(world.owner, world.shipment).state == "received"
    world.book(422, lines__0__good="1")


def test_the_same_post_twice_books_once(world: World) -> None:
    op_id = new_id()
    first, again = world.book(op_id=op_id, lines__0__good="40"), world.book(op_id=op_id, lines__0__good="40")
    assert first.location == again.location
    assert len(world.receipts()) == 1


def test_expired_goods_ask_and_a_yes_is_heard(world: World) -> None:
    old = {"lines__0__good": "40", "lines__0__lot_code": "L0", "lines__0__expires_on": "2026-01-01"}
    shown = world.book(422, **old).text
    assert "Take it in all the same?" in shown
    assert 'value="receipt.expired"' in shown
    world.book(accept="receipt.expired", **old)
    assert len(world.receipts()) == 1


BAD = [
    ("lines__0__good", ["-1", "abc", "1e5", "99999999999", "0.00001", "🙂", "\x00"]),
    ("lines__0__damaged", ["-1", "many"]),
    ("lines__0__lot_code", ["", "x" * 41, "a\x00"]),
    ("lines__0__expires_on", ["", "soon", "2026-02-30"]),
    ("location_id", ["here"]),
]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD for value in values])
def test_what_cannot_be_counted(world: World, field: str, value: str) -> None:
    shown = world.book(422, **({"lines__0__good": "7", "lines__1__good": "36"} | {field: value})).text
    assert "field-error" in shown or "note bad" in shown or "tone-bad" in shown
    assert 'value="36"' in shown
    assert world.receipts() == []


def test_nothing_counted_and_places_of_nobody(world: World) -> None:
    assert "Nothing is counted yet" in world.book(422).text
    world.book(404, lines__0__good="1", location_id=str(new_id()))
    assert "Nothing is counted yet" in world.book(422, lines__0__key=str(new_id()), lines__0__good="5").text


def test_goods_without_a_notice_are_received_from_the_order(world: World) -> None:
    order_id = sent(world.buyer, world.supplier, (world.cheese, 5, 58))
    home = f"purchasing/orders/{order_id}/receipts"
    assert "Mozzarella" in world.pages.get(f"{home}/new")
    from tests.support.purchasing import lines_of_order

    (line,) = lines_of_order(world.owner, order_id)
    fields = {"lines-0-key": str(line.id), "lines-0-good": "4"}
    assert "+1" in world.pages.post(f"purchasing/orders/{order_id}/count", 200, code="10044", **fields).text
    page = world.pages.follow(world.pages.post(home, **fields))
    assert "Without a notice" in page
    assert order_now(world.owner, order_id).state == "partly_received"


def test_arrival_is_noted_and_the_label_printed(world: World) -> None:
    world.pages.post(f"{world.home}/arrival")
    assert "Arrived" in world.pages.get(world.home)
    assert "<svg" in world.pages.get(f"{world.home}/print")
    world.pages.post(f"{world.home}/arrival", 422)


def test_a_receipt_is_reversed_from_its_page(world: World) -> None:
    world.book(lines__0__good="40")
    (receipt,) = world.receipts()
    page = world.pages.follow(world.pages.post(f"purchasing/receipts/{receipt}/reversal"))
    assert "Reversal" in page
    world.pages.post(f"purchasing/receipts/{receipt}/reversal", 422)
    Pages(world.client, world.buyer).post(f"purchasing/receipts/{receipt}/reversal", 404)
    assert differences(world.owner) == []
