"""The pages of buying, as a buyer, the dock and the books meet them."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.purchasing import (
    a_draft,
    a_supplier_with_user,
    an_offer,
    answered,
    answers_of,
    differences,
    lines_of_order,
    main_warehouse,
    order_now,
    received,
    sent,
    shipped,
    soon,
)
from tests.support.world import a_company, a_member, look
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing import Part
from webapp.purchasing.models import PurchaseOrder, Supply


class World:
    """A supplier's list of milk and butter, and an order of both before them."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client = client
        self.owner = a_company(session)
        self.buyer = a_member(self.owner, "buyer")
        self.supplier, self.user = a_supplier_with_user(self.owner, "绿源乳品")
        self.milk = a_product(self.owner, "全脂牛奶", name2="Whole milk")
        self.butter = a_product(self.owner, "黄油", name2="Butter")
        an_offer(self.owner, self.supplier, self.milk, 108)
        an_offer(self.owner, self.supplier, self.butter, 1480)
        self.warehouse = look(self.owner, main_warehouse)
        self.pages = Pages(client, self.buyer)
        self.form = {
            "supplier_id": str(self.supplier.id),
            "warehouse_id": str(self.warehouse),
            "wanted_on": soon(self.owner).isoformat(),
            "note": "后门卸货",
            "lines-0-product_id": str(self.milk.id),
            "lines-0-quantity": "60",
            "lines-0-price": "108",
            "lines-1-product_id": str(self.butter.id),
            "lines-1-quantity": "0",
            "lines-1-price": "1480",
        }

    def as_(self, role: str) -> Pages:
        return Pages(self.client, a_member(self.owner, role))

    def order(self) -> UUID:
        return sent(self.buyer, self.supplier, (self.milk, 60, 108), (self.butter, 20, 1480))

    def orders(self) -> list[PurchaseOrder]:
        def ask(actor: Actor) -> list[PurchaseOrder]:
            found = list(actor.session.scalars(select(PurchaseOrder).order_by(PurchaseOrder.id)))
            actor.session.expunge_all()
            return found

        return look(self.owner, ask)

    def write(self, status: int = 303, op_id: UUID | None = None, **changed: str | None) -> Any:
        fields = self.form | {key.replace("__", "-"): value for key, value in changed.items()}
        return self.pages.post("purchasing/orders", status, op_id=op_id, **fields)


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    return World(client, session)


def test_an_order_is_written_from_the_suppliers_list_and_sent(world: World) -> None:
    assert "绿源乳品" in world.pages.get("purchasing/orders/new")
    shown = world.pages.get("purchasing/orders/new", supplier=world.supplier.id)
    assert "Whole milk" in shown
    page = world.pages.follow(world.write(send="yes"))
    assert "6,480.00" in page
    (order,) = world.orders()
    assert (order.state, order.note) == ("sent", "后门卸货")
    assert len(lines_of_order(world.owner, order.id)) == 1


def test_a_draft_is_changed_then_sent(world: World) -> None:
    world.write()
    (order,) = world.orders()
    assert 'value="60"' in world.pages.get(f"purchasing/orders/{order.id}/edit")
    changed = world.form | {"lines-1-quantity": "20"}
    world.pages.post(f"purchasing/orders/{order.id}", base_version="1", **changed)
    stale = world.pages.post(f"purchasing/orders/{order.id}", 412, base_version="1", **world.form).text
    assert "Someone changed this order" in stale
    world.pages.post(f"purchasing/orders/{order.id}/sending")
    assert order_now(world.owner, order.id).total == Decimal("36080.00")
    world.pages.get(f"purchasing/orders/{order.id}/edit", 404)
    world.pages.post(f"purchasing/orders/{order.id}/sending", 422)


BAD = {
    "wanted_on": ["", "soon", "2026-02-30", "0001-01-01", "🙂"],
    "note": ["x" * 501, "a\x00b", "a\u202eb"],
    "lines__0__quantity": ["-1", "abc", "1e5", "99999999999", "0.00001", "NaN", "\x00", "🙂"],
    "lines__0__price": ["-1", "abc", "0.0000001", "99999999999"],
    "warehouse_id": ["", "here"],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD.items() for value in values])
def test_what_is_no_order_comes_back_as_typed(world: World, field: str, value: str) -> None:
    shown = world.write(422, **{field: value}).text
    assert "field-error" in shown or "note bad" in shown
    assert "Whole milk" in shown
    assert "后门卸货" in shown or field == "note"
    assert world.orders() == []


def test_nothing_ordered_is_refused(world: World) -> None:
    assert "Nothing is ordered yet" in world.write(422, lines__0__quantity="0").text
    assert "Nothing is ordered yet" in world.write(422, lines__0__quantity="").text


def test_foreign_ids_are_not_found(world: World, session: Session) -> None:
    stranger = a_company(session, "Others")
    theirs, _user = a_supplier_with_user(stranger)
    salt = a_product(stranger)
    for changed in (
        {"supplier_id": str(theirs.id)},
        {"supplier_id": str(a_customer(world.owner).id)},
        {"supplier_id": str(new_id())},
        {"warehouse_id": str(look(stranger, main_warehouse))},
        {"lines__0__product_id": str(salt.id)},
    ):
        world.write(404, **changed)
    assert world.orders() == []


def test_the_same_post_twice_is_one_order(world: World) -> None:
    op_id = new_id()
    first, again = world.write(op_id=op_id), world.write(op_id=op_id)
    assert first.location == again.location
    assert (first.headers["Op-Result"], again.headers["Op-Result"]) == ("applied", "replayed")
    assert len(world.orders()) == 1


def test_the_buyer_sees_what_is_asked_and_agrees_with_one_tap(world: World) -> None:
    order_id = world.order()
    answered(world.user, order_id, None, [Part(Decimal(20), None, Decimal(1569))], reason="Milk price up")
    today = world.pages.get("today")
    assert "Asks another price" in today
    shown = world.pages.get(f"purchasing/orders/{order_id}")
    for words in ("Agree to ¥1,569.00", "Keep ¥1,480.00", "Milk price up", "+6.0%", "+¥1,780.00"):
        assert words in shown, words
    asked = next(answer.id for answer in answers_of(world.owner, order_id) if answer.verdict == "countered")
    for bad in (
        {"decision": "perhaps", "answer_id": str(asked)},
        {"decision": "agreed"},
        {"decision": "agreed", "answer_id": "x"},
    ):
        world.pages.post(f"purchasing/orders/{order_id}/settlement", 422, **bad)
    world.pages.post(f"purchasing/orders/{order_id}/settlement", 404, decision="agreed", answer_id=str(new_id()))
    page = world.pages.follow(
        world.pages.post(f"purchasing/orders/{order_id}/settlement", decision="agreed", answer_id=str(asked))
    )
    assert "New price agreed" in page
    world.pages.post(f"purchasing/orders/{order_id}/settlement", 422, decision="declined", answer_id=str(asked))


def test_late_and_refused_orders_and_drafts_wait_on_today(world: World) -> None:
    late = sent(world.buyer, world.supplier, (world.milk, 5, 108), wanted_on=soon(world.owner, -2))
    answered(world.user, late, [Part(Decimal(5), soon(world.owner, 0))])
    refused = world.order()
    answered(world.user, refused, [], [])
    draft = a_draft(world.buyer, world.supplier, (world.milk, 5, 108))
    shown = world.pages.get("today")
    assert "Refused by the supplier" in shown
    assert f"purchasing/orders/{draft}/sending" in shown


def test_closing_cancelling_and_printing(world: World) -> None:
    first, second = world.order(), world.order()
    world.pages.post(f"purchasing/orders/{first}/cancellation")
    received(world.buyer, second, 60, 19)
    world.pages.post(f"purchasing/orders/{second}/cancellation", 422)
    world.pages.post(f"purchasing/orders/{second}/closing")
    assert [order.state for order in world.orders()] == ["cancelled", "closed"]
    assert "后门" not in world.pages.get(f"purchasing/orders/{second}/print")
    assert differences(world.owner) == []


def test_the_supplier_is_invited_from_their_order(world: World) -> None:
    shown = world.pages.follow(world.pages.post(f"purchasing/orders/{world.order()}/invitation"))
    assert "/i/" in shown


def test_the_list_is_filtered_searched_and_exported(world: World) -> None:
    for _ in range(3):
        world.order()
    draft = a_draft(world.buyer, world.supplier, (world.milk, 5, 108))
    assert str(draft) in world.pages.get("purchasing/orders", state="draft")
    assert world.pages.get("purchasing/orders", q="lyrp").count("<article") == 4
    assert "Nothing found" in world.pages.part("purchasing/orders", q="zzz")
    assert "purchasing/orders/" in world.pages.part("purchasing/orders", q="PO")
    assert world.pages.get("purchasing/orders", format="csv").count("绿源乳品") == 4
    world.pages.get("purchasing/orders", 404, state="nonsense")
    world.pages.get("purchasing/orders", 404, after="nonsense")


def test_an_empty_list_says_what_to_do(client: FlaskClient, session: Session) -> None:
    pages = Pages(client, a_member(a_company(session), "buyer"))
    for path in ("purchasing/orders", "purchasing/shipments", "purchasing/receipts", "purchasing/orders/new"):
        assert "blank" in pages.get(path)


TERMS = {"price": "19.99", "lead_days": "3", "least": "10", "multiple": "5", "supplier_code": "GS-23"}


def test_a_product_is_put_on_a_price_list_changed_and_taken_off(world: World) -> None:
    salt = a_product(world.owner, "食盐", name2="Salt")
    home = f"purchasing/suppliers/{world.supplier.id}/products"
    assert "Salt" in world.pages.part(f"{home}/new", q="shiyan")
    assert "Salt" in world.pages.get(f"{home}/new", product=salt.id)
    shown = world.pages.follow(world.pages.post(home, product_id=str(salt.id), **TERMS))
    assert "19.99" in shown
    world.pages.post(home, 422, product_id=str(salt.id), **TERMS)
    world.pages.post(f"{home}/{salt.id}", **(TERMS | {"price": "18"}))
    assert "18.00" in world.pages.get(home)
    assert "GS-23" in world.pages.get(home, format="csv")
    world.pages.post(f"{home}/{salt.id}", removal="yes")
    world.pages.get(f"{home}/{salt.id}", 404)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("price", ["", "-1", "abc", "0.0000001", "99999999999"]),
        ("lead_days", ["", "-1", "1.5", "366", "soon"]),
        ("least", ["-1", "0", "abc"]),
        ("multiple", ["-1", "0", "🙂"]),
        ("supplier_code", ["x" * 41, "a\x00"]),
    ],
)
def test_what_is_no_offer(world: World, field: str, values: list[str]) -> None:
    salt = a_product(world.owner, "Salt")
    home = f"purchasing/suppliers/{world.supplier.id}/products"
    for value in values:
        shown = world.pages.post(home, 422, product_id=str(salt.id), **(TERMS | {field: value})).text
        assert "field-error" in shown, value
    for product in ("", "x", str(new_id())):
        world.pages.post(home, 404, product_id=product, **TERMS)
    offers = look(world.owner, lambda actor: len(list(actor.session.scalars(select(Supply.id)))))
    assert offers == 2


def test_who_sees_prices_and_who_does_not(world: World) -> None:
    order_id = world.order()
    shipment = shipped(world.user, order_id, (10, 0))
    receipt = received(world.buyer, order_id, 5, 0)
    for role, prices, dock in (
        ("accountant", 200, 200),
        ("auditor", 200, 200),
        ("warehouse", 404, 200),
        ("sales", 404, 404),
        ("supplier", 404, 404),
    ):
        pages = Pages(world.client, world.user) if role == "supplier" else world.as_(role)
        pages.get("purchasing/orders", prices)
        pages.get(f"purchasing/orders/{order_id}", prices)
        pages.get(f"purchasing/suppliers/{world.supplier.id}/products", prices)
        pages.get("purchasing/shipments", dock)
        pages.get(f"purchasing/shipments/{shipment}", dock)
        pages.get("purchasing/receipts", dock)
        pages.get(f"purchasing/receipts/{receipt}", dock)
    kept = world.as_("warehouse")
    for path in ("purchasing/receipts", f"purchasing/receipts/{receipt}"):
        assert "477.88" not in kept.get(path), "what goods cost is not the warehouse's to see"
    assert "477.88" not in kept.get("purchasing/receipts", format="csv")
    assert "477.88" in Pages(world.client, world.buyer).get(f"purchasing/receipts/{receipt}")


def test_both_languages(world: World) -> None:
    order_id = world.order()
    for language, words in (("zh-CN", "还没答复"), ("en", "No answer yet")):
        pages = Pages(world.client, world.buyer, language)
        assert words in pages.get(f"purchasing/orders/{order_id}")
