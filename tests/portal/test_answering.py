"""A supplier answers at a phone, with and without a script."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.purchasing import (
    a_supplier_with_user,
    answers_of,
    differences,
    lines_of_order,
    order_now,
    sent,
    soon,
)
from tests.support.world import a_company, a_member
from webapp.kernel.types import new_id


class World:
    """An order of 40 cream at 198 and 48 cheese at 58 before its supplier."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer = a_member(self.owner, "buyer")
        self.supplier, self.user = a_supplier_with_user(self.owner)
        cream, cheese = a_product(self.owner, "Cream"), a_product(self.owner, "Cheese")
        self.id = sent(self.buyer, self.supplier, (cream, 40, 198), (cheese, 48, 58))
        self.lines = [line.id for line in lines_of_order(self.owner, self.id)]
        self.pages = Pages(client, self.user)

    def answer(self, status: int = 303, op_id: Any = None, **fields: str) -> Any:
        """Post the form: every line as ordered, but for `fields`, whose __ stands for a dash."""
        known = {
            "lines-0-line_id": str(self.lines[0]),
            "lines-0-answer": "all",
            "lines-1-line_id": str(self.lines[1]),
            "lines-1-answer": "all",
        } | {key.replace("__", "-"): value for key, value in fields.items()}
        return self.pages.post(f"portal/orders/{self.id}/answers", status, op_id=op_id, **known)

    def figures(self) -> list[tuple[int, int, int]]:
        return [(int(x.accepted), int(x.waiting), int(x.refused)) for x in lines_of_order(self.owner, self.id)]


@pytest.fixture
def world(client: FlaskClient, session: Session) -> Iterator[World]:
    made = World(client, session)
    yield made
    assert differences(made.owner) == []


def test_all_as_ordered_with_one_tap(world: World) -> None:
    shown = world.pages.follow(world.answer())
    assert order_now(world.owner, world.id).state == "accepted"
    assert "To be shipped" in shown


def test_part_later_price_and_cannot(world: World) -> None:
    world.answer(
        lines__0__answer="part",
        lines__0__parts__0__quantity="25",
        lines__0__parts__1__quantity="15",
        lines__0__parts__1__day=soon(world.owner, 9).isoformat(),
        lines__1__answer="price",
        lines__1__price="61.50",
        lines__1__reason="奶价 11 月上调",
    )
    assert world.figures() == [(25, 15, 0), (0, 48, 0)]
    asked = [answer for answer in answers_of(world.owner, world.id) if answer.verdict == "countered"]
    assert {answer.price for answer in asked} == {Decimal(198), Decimal("61.50")}
    assert "奶价 11 月上调" in {answer.reason for answer in asked}


def test_cannot_deliver_one(world: World) -> None:
    world.answer(lines__1__answer="no", lines__1__reason="sold out")
    assert world.figures() == [(40, 0, 0), (0, 0, 48)]


def test_the_tray_counts_as_one_types(world: World) -> None:
    fields = {
        "lines-0-line_id": str(world.lines[0]),
        "lines-0-answer": "part",
        "lines-0-parts-0-quantity": "25",
        "lines-0-parts-1-quantity": "15",
        "lines-0-parts-1-day": soon(world.owner, 9).isoformat(),
        "lines-1-line_id": str(world.lines[1]),
        "lines-1-answer": "price",
        "lines-1-price": "61.50",
    }
    shown = world.pages.post(f"portal/orders/{world.id}/preview", 200, **fields).text
    assert "25 + 15 = 40" in shown
    assert "Accept 1 of 2 lines" in shown
    assert "¥3.50 above the order" in shown
    assert world.figures() == [(0, 0, 0), (0, 0, 0)]


BAD = [
    ("lines-0-parts-0-quantity", ["-1", "41", "99999999999", "abc", "1e5", "0.00001", "🙂", "\x00"]),
    ("lines-0-parts-1-day", ["yesterday", "2026-13-40", "1000-01-01", "2020-01-01"]),
]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD for value in values])
def test_what_cannot_be_a_part(world: World, field: str, value: str) -> None:
    known = {"lines-0-parts-0-quantity": "25", "lines-0-parts-1-quantity": "1", "lines-0-answer": "part", field: value}
    shown = world.answer(422, **{key.replace("-", "__"): each for key, each in known.items()}).text
    assert world.figures() == [(0, 0, 0), (0, 0, 0)]
    assert "field-error" in shown or "note bad" in shown
    assert 'value="25"' in shown or field.endswith("0-quantity")


@pytest.mark.parametrize(
    ("answer", "field", "value"),
    [
        ("price", "price", ""),
        ("price", "price", "-1"),
        ("price", "price", "1.23456789"),
        ("price", "price", "NaN"),
        ("price", "reason", "x" * 201),
        ("no", "reason", "a\u202eb"),
        ("part", "reason", "\x07"),
        ("perhaps", "reason", ""),
        ("", "reason", ""),
    ],
)
def test_what_is_no_answer(world: World, answer: str, field: str, value: str) -> None:
    fields = {"lines__0__answer": answer, f"lines__0__{field}": value, "lines__0__parts__0__quantity": "1"}
    assert "field-error" in world.answer(422, **fields).text
    assert world.figures() == [(0, 0, 0), (0, 0, 0)]


def test_nothing_at_all_is_no_answer(world: World) -> None:
    world.pages.post(f"portal/orders/{world.id}/answers", 422)
    world.pages.post(f"portal/orders/{world.id}/answers", 422, **{"lines-0-line_id": str(new_id())})
    assert world.figures() == [(0, 0, 0), (0, 0, 0)]


def test_the_same_post_twice_answers_once(world: World) -> None:
    op_id = new_id()
    first, again = world.answer(op_id=op_id), world.answer(op_id=op_id)
    assert (first.headers["Op-Result"], again.headers["Op-Result"]) == ("applied", "replayed")
    assert len(answers_of(world.owner, world.id)) == 2


def test_answered_by_a_colleague_meanwhile_is_told(world: World) -> None:
    world.answer()
    shown = world.answer(422).text
    assert "answer at least one line" in shown.casefold()


def test_without_a_script_everything_is_on_the_page(world: World) -> None:
    shown = world.pages.get(f"portal/orders/{world.id}")
    for n in (0, 1):
        for name in ("answer", "parts-0-quantity", "parts-1-day", "price", "reason"):
            assert f'name="lines-{n}-{name}"' in shown
