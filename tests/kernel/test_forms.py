"""What a person may type: exact, clean and within reason; anything else is answered with words."""

from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from webapp.kernel.forms import Day, Figure, Form, Key, Text


class Sample(Form):
    quantity = Figure("Quantity", places=4)
    name = Text("Name", most=12)
    day = Day("Day")
    key = Key("Key")


def typed(app: Flask, **fields: str) -> Sample:
    with app.test_request_context():
        form = Sample(MultiDict({"quantity": "1"} | fields))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("text", "figure"),
    [("12", "12"), ("12.5", "12.5"), ("1,250.5", "1250.5"), ("１２．５", "12.5"), (" 3 ", "3"), ("+4", "4")],
)
def test_figures_people_type(app: Flask, text: str, figure: str) -> None:
    form = typed(app, quantity=text)
    assert not form.errors
    assert form.quantity.data == Decimal(figure)


@pytest.mark.parametrize(
    "text", ["", "abc", "-1", "0", "1e9", "NaN", "Infinity", "1.23456", "99999999999", "1 2", "٣", "☃", "1\x00"]
)
def test_figures_refused_keep_what_was_typed(app: Flask, text: str) -> None:
    form = typed(app, quantity=text)
    assert form.errors["quantity"]
    assert form.quantity._value() == text.strip()


@pytest.mark.parametrize("text", ["\x00", "a\x1bb", "\u202eevil", "x" * 13, "\ud800"])
def test_text_refused(app: Flask, text: str) -> None:
    assert typed(app, name=text).errors["name"]


@pytest.mark.parametrize("text", ["稀奶油", "🍜 soup", "O'Neil & <b>"])
def test_text_taken_as_it_is(app: Flask, text: str) -> None:
    form = typed(app, name=text)
    assert not form.errors
    assert form.name.data == text


@pytest.mark.parametrize(
    ("field", "text"), [("day", "yesterday"), ("day", "0001-01-01"), ("key", "1"), ("key", "x" * 99)]
)
def test_days_and_keys_refused(app: Flask, field: str, text: str) -> None:
    assert typed(app, **{field: text}).errors[field]
