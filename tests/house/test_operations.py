"""Law 3 on the real forms: an operation is applied once, whatever a phone, a person or a network does with it."""

from collections import Counter
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import matrix
from tests.support.bad_input import Sheet, one_of_each_kind, pages_of, sheets_of
from tests.support.crowd import at_once
from tests.support.matrix import Firm
from tests.support.pages import signed_in
from tests.support.two_firms import firm

CROWD = 20


@pytest.fixture(scope="module")
def made(app: Flask) -> Firm:
    with app.app_context():
        return firm("Once", "")


@pytest.fixture(scope="module")
def sheets(app: Flask, look: psycopg.Connection, made: Firm) -> dict[str, Sheet]:
    """The forms of the owner's pages, by endpoint."""
    found = sheets_of(app, signed_in(app, made.owner), pages_of(app, look, made.owner, last=1))
    return {sheet.endpoint: sheet for sheet in one_of_each_kind(found)}


def fill(sheet: Sheet, **typed: str) -> list[tuple[str, str]]:
    """The form as a person sends it: what is typed, the rest as it stands; with a fresh operation id."""
    names = {name for name, _value in sheet.fields}
    return [*sheet.sent(**typed), *((name, value) for name, value in typed.items() if name not in names)]


def post(client: FlaskClient, sheet: Sheet, sent: list[tuple[str, str]]) -> TestResponse:
    return client.post(sheet.action, data=dict(sent))


def named(look: psycopg.Connection, made: Firm, name: str) -> int:
    """How many customers are called so."""
    asked = "SELECT count(*) FROM partner WHERE company_id = %s AND name = %s"
    row = look.execute(asked, [made.owner.company_id, name]).fetchone()
    assert row
    return int(row[0])


def test_twenty_posts_of_one_operation_are_one(
    app: Flask, look: psycopg.Connection, made: Firm, sheets: dict[str, Sheet]
) -> None:
    """One effect, and the same answer to all: the first is told applied, the others replayed."""
    sheet, name = sheets["partners.add_customer"], f"Twenty {uuid4()}"
    sent = fill(sheet, name=name)
    clients = [signed_in(app, made.owner) for _ in range(CROWD)]
    answers = at_once(app, CROWD, lambda which: post(clients[which], sheet, sent))
    told = [answer for answer in answers if isinstance(answer, TestResponse)]
    assert len(told) == CROWD
    assert Counter(answer.headers["Op-Result"] for answer in told) == {"applied": 1, "replayed": CROWD - 1}
    assert len({(answer.status_code, answer.location) for answer in told}) == 1
    assert named(look, made, name) == 1


def test_one_cached_form_sent_twice_with_fresh_ids_is_two(
    app: Flask, look: psycopg.Connection, made: Firm, sheets: dict[str, Sheet]
) -> None:
    sheet, client, name = sheets["partners.add_customer"], signed_in(app, made.owner), f"Twice {uuid4()}"
    for _ in range(2):
        assert post(client, sheet, fill(sheet, name=name, accept="partner.twin")).headers["Op-Result"] == "applied"
    assert named(look, made, name) == 2


def test_an_id_used_for_something_else_is_refused(
    app: Flask, look: psycopg.Connection, made: Firm, sheets: dict[str, Sheet]
) -> None:
    sheet, client, name = sheets["partners.add_customer"], signed_in(app, made.owner), f"Reused {uuid4()}"
    sent = fill(sheet, name=name)
    assert post(client, sheet, sent).status_code == 303
    other = [(key, f"Other {uuid4()}" if key == "name" else value) for key, value in sent]
    before = matrix.state(look)
    again = post(client, sheet, other)
    assert (again.status_code, again.headers["Op-Result"]) == (422, "rejected")
    assert not list(matrix.differences(before, matrix.state(look)))


def test_a_refusal_is_the_same_again(app: Flask, made: Firm, sheets: dict[str, Sheet]) -> None:
    sheet, client, code = sheets["inventory.add_warehouse"], signed_in(app, made.owner), uuid4().hex[:8]
    assert post(client, sheet, fill(sheet, name="First", code=code)).status_code == 303
    sent = fill(sheet, name="Second", code=code)
    answers = [post(client, sheet, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert [answer.headers["Op-Result"] for answer in answers] == ["rejected", "rejected"]


def test_an_outbox_gets_json_and_no_redirect(app: Flask, made: Firm, sheets: dict[str, Sheet]) -> None:
    sheet, client = sheets["partners.add_customer"], signed_in(app, made.owner)
    sent = dict(fill(sheet, name=f"Queued {uuid4()}"))
    answers = [client.post(sheet.action, data=sent, headers={"Op": "1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json["result"] for answer in answers] == ["applied", "replayed"]
    assert answers[0].json["location"] == answers[1].json["location"]
    signed_out = app.test_client().post(sheet.action, data=sent, headers={"Op": "1"})
    assert (signed_out.status_code, signed_out.mimetype) in {(401, "application/json"), (403, "application/json")}
