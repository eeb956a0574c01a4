"""Starting one's own company."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.identity import a_person, hidden_fields, send, token
from tests.support.world import PASSWORD, a_company, a_member, look, sign_in
from webapp.identity.models import Company
from webapp.identity.queries.people import companies_of, is_alone
from webapp.kernel import calendar
from webapp.kernel.settings import setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import enter_company


def typed(**other: str) -> dict[str, str]:
    """A start form as someone fills it in."""
    return {
        "name": "丰禾食品",
        "name2": "Fenghe Foods",
        "currency": "CNY",
        "taxpayer": "general",
        "first_period": this_month(),
        "owner": "王敏",
        "login": f"wangmin.{new_id()}@fenghe.example",
        "password": PASSWORD,
    } | other


def this_month() -> str:
    return f"{calendar.today(None):%Y-%m}"


def test_a_company_of_ones_own(client: FlaskClient, session: Session) -> None:
    answer = send(client, "/start", "/start", **typed())
    assert answer.status_code == 303
    slug = answer.location.split("/")[2]
    assert slug.startswith("fenghe-foods")
    owner = enter_company(session, slug)
    assert (owner.role, owner.user.name, owner.company.name) == ("owner", "王敏", "丰禾食品")
    assert setting(owner, "company.first_period") == f"{this_month()}-01"
    session.rollback()
    assert client.get(f"/c/{slug}/me").status_code == 200


def test_a_double_post_makes_one_company(client: FlaskClient, session: Session) -> None:
    fields = hidden_fields(client.get("/start").text, "/start") | typed()
    first = client.post("/start", data=fields)
    fields["csrf_token"] = token(client, f"/c/{first.location.split('/')[2]}/me")
    second = client.post("/start", data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location


def test_two_at_once_make_one_company(app: Flask, session: Session) -> None:
    fields = typed(op_id=str(new_id()))

    def start(_n: int) -> str | None:
        client = app.test_client()
        return client.post("/start", data=fields | {"csrf_token": token(client)}).location

    with ThreadPoolExecutor(4) as several:
        places = set(several.map(start, range(4)))
    assert len(places) == 1
    assert None not in places
    made = session.execute(
        select(Company.id).where(Company.slug.startswith("fenghe-foods"), Company.name == "丰禾食品")
    )
    assert sum(str(row.id) == fields["op_id"] for row in made) == 1
    session.rollback()


def test_someone_elses_operation_is_not_ones_own(app: Flask, client: FlaskClient) -> None:
    fields = typed(op_id=str(new_id()))
    assert client.post("/start", data=fields | {"csrf_token": token(client)}).status_code == 303
    stranger = app.test_client()
    again = stranger.post("/start", data=fields | {"csrf_token": token(stranger), "password": "another password"})
    assert again.status_code == 422
    assert "already used" in again.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Fill this in."),
        ({"name": "x" * 81}, "At most 80 characters"),
        ({"currency": "XYZ"}, "Choose one from the list."),
        ({"taxpayer": "neither"}, "Choose one of these."),
        ({"first_period": "1999-01"}, "Choose one from the list."),
        ({"owner": ""}, "Fill this in."),
        ({"owner": "\x00"}, "cannot be shown"),
        ({"login": "two words"}, "without spaces"),
        ({"login": "ab"}, "3 characters or more"),
        ({"password": "short"}, "At least 10 characters"),
        ({"password": "aaaaaaaaaaaa"}, "too easily guessed"),
        ({"password": "x" * 201}, "At most 200 characters"),
        ({"login": "wang.min.the.owner", "password": "Wang.Min.The.Owner"}, "no password"),
        ({"op_id": "not an id"}, "incomplete"),
    ],
)
def test_what_cannot_be_is_said_beside_it(client: FlaskClient, wrong: dict[str, str], words: str) -> None:
    name = f"Firm {new_id()}"
    answer = send(client, "/start", "/start", **(typed(name=name) | wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert wrong.get("name") == "" or (wrong.get("name") or name)[:60] in answer.text


def test_a_login_is_one_persons(client: FlaskClient, session: Session) -> None:
    taken = a_person(session)
    answer = send(client, "/start", "/start", **typed(login=taken.login.upper()))
    assert answer.status_code == 422
    assert "Someone signs in with this already" in answer.text


def test_who_is_signed_in_gets_one_more_company(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    page = client.get("/start").text
    assert "Password" not in page
    answer = send(client, "/start", "/start", **typed(name="Second"))
    assert answer.status_code == 303
    mine = [company.name for company in companies_of(session, owner.user.id)]
    session.rollback()
    assert mine == [owner.company.name, "Second"]


def test_an_owner_alone_is_asked_to_invite(session: Session) -> None:
    owner = a_company(session)
    assert look(owner, is_alone)
    a_member(owner, "sales")
    assert not look(owner, is_alone)
