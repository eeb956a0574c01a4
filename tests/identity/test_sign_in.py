"""Signing in and out by password, and how often one may try."""

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.identity import a_person, send, sign_in_by_password, token
from tests.support.world import PASSWORD, a_company, a_member, sign_in
from webapp.identity.models import Device
from webapp.identity.queries.people import person_of_device
from webapp.identity.verbs import limits, new_user, start_company
from webapp.kernel.perform import before_wall
from webapp.kernel.postgres import for_libpq
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor


def test_the_right_password_leads_to_the_company(client: FlaskClient, session: Session) -> None:
    owner, login = a_company_with_login(session)
    answer = sign_in_by_password(client, login)
    assert answer.status_code == 303
    assert answer.location.startswith(f"/c/{owner.company.slug}/")
    assert client.get(f"/c/{owner.company.slug}/me").status_code == 200


def test_login_is_read_as_people_type_it(client: FlaskClient, session: Session) -> None:
    number = f"139{abs(hash(str(session))) % 10**8:08d}"
    with before_wall(session):
        session.add(new_user(number, "Han Meimei", PASSWORD))
    for typed in (number, f" +86 {number[:3]} {number[3:7]} {number[7:]} ", f"0086-{number}"):
        assert sign_in_by_password(client, typed).status_code == 303


@pytest.mark.parametrize("login", ["", "nobody here", "x" * 300, "\x00", "😀", "＠"])
def test_nobody_else_gets_in(client: FlaskClient, login: str) -> None:
    answer = sign_in_by_password(client, login, "whatever it is")
    assert answer.status_code == 422
    assert client.get("/").status_code == 200


def test_unknown_login_and_wrong_password_read_the_same(client: FlaskClient, session: Session) -> None:
    known = a_person(session)
    words = "Login and password do not fit"
    assert words in sign_in_by_password(client, known.login, "not the password").text
    assert words in sign_in_by_password(client, "nobody.at.all", "not the password").text


def test_ten_wrong_tries_close_a_login_for_a_while(client: FlaskClient, session: Session) -> None:
    known = a_person(session)
    for _ in range(10):
        assert sign_in_by_password(client, known.login, "not the password").status_code == 422
    answer = sign_in_by_password(client, known.login)
    assert answer.status_code == 429
    assert "Wait 10 minutes" in answer.text
    forget_addresses(session)


def test_what_succeeds_is_not_counted(client: FlaskClient, session: Session) -> None:
    known = a_person(session)
    for _ in range(12):
        assert sign_in_by_password(client, known.login).status_code == 303


def test_one_address_may_not_try_everybody(client: FlaskClient, session: Session) -> None:
    address = limits.of_address("203.0.113.9")
    for _ in range(50):
        limits.count_try(session, address)
    data = {"csrf_token": token(client), "login": "someone", "password": "not the password"}
    assert client.post("/signin", data=data, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 429
    assert client.post("/signin", data=data, environ_base={"REMOTE_ADDR": "203.0.113.10"}).status_code == 422


def test_signing_in_goes_where_one_was_going(client: FlaskClient, session: Session) -> None:
    owner, login = a_company_with_login(session)
    wanted = f"/c/{owner.company.slug}/me/devices"
    assert client.get(wanted).location == "/signin"
    assert sign_in_by_password(client, login).location == wanted


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "/ok\nSet-Cookie: x"])
def test_it_never_leads_elsewhere(client: FlaskClient, session: Session, bad: str) -> None:
    owner, login = a_company_with_login(session)
    with client.session_transaction() as cookies:
        cookies["next"] = bad
    assert sign_in_by_password(client, login).location.startswith(f"/c/{owner.company.slug}/")


def test_it_does_not_lead_into_a_company_of_others(client: FlaskClient, session: Session) -> None:
    mine, login = a_company_with_login(session)
    other = a_company(session, "Others")
    with client.session_transaction() as cookies:
        cookies["next"] = f"/c/{other.company.slug}/me"
    assert sign_in_by_password(client, login).location.startswith(f"/c/{mine.company.slug}/")


def test_the_session_of_before_is_not_carried_on(client: FlaskClient, session: Session) -> None:
    _owner, login = a_company_with_login(session)
    before = token(client)
    with client.session_transaction() as cookies:
        cookies["planted"] = "by someone else"
    sign_in_by_password(client, login)
    with client.session_transaction() as cookies:
        assert "planted" not in cookies
    assert token(client, "/start") != before


def test_a_phone_stays_signed_in(client: FlaskClient, session: Session) -> None:
    owner, login = a_company_with_login(session)
    answer = sign_in_by_password(client, login)
    kept = next(cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("remember_token"))
    assert "SameSite=Lax" in kept
    assert "HttpOnly" in kept
    client.delete_cookie("session")
    assert client.get(f"/c/{owner.company.slug}/me").status_code == 200


def test_signing_out_ends_the_device(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    device = sign_in(client, owner)
    me = f"/c/{owner.company.slug}/me"
    answer = send(client, me, "/signout")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get(me).location == "/signin"
    assert person_of_device(session, device.id) is None
    session.rollback()


def test_a_cookie_of_before_does_not_come_back(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    device = sign_in(client, owner)
    send(client, f"/c/{owner.company.slug}/me", "/signout")
    with client.session_transaction() as cookies:
        cookies["_user_id"] = str(device.id)
    assert client.get(f"/c/{owner.company.slug}/me").location == "/signin"
    assert client.get("/").status_code == 200


def test_another_device_is_signed_out_from_here(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    lost = app.test_client()
    device = sign_in(lost, owner)
    page = f"/c/{owner.company.slug}/me/devices"
    assert send(client, page, f"{page}/{device.id}/end").status_code == 303
    assert lost.get(page).location == "/signin"
    assert client.get(page).status_code == 200


def test_nobody_ends_anothers_device(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    member = a_member(owner, "sales")
    sign_in(client, owner)
    other = app.test_client()
    theirs = sign_in(other, member)
    own = sign_in(app.test_client(), owner)
    page = f"/c/{owner.company.slug}/me/devices"
    fields = {"csrf_token": token(client, page), "op_id": str(own.id), "as": str(owner.membership_id)}
    assert client.post(f"{page}/{theirs.id}/end", data=fields).status_code == 404
    assert other.get(page).status_code == 200


def test_a_device_notes_that_it_is_used_once_an_hour(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    device = sign_in(client, owner)
    me = f"/c/{owner.company.slug}/me"
    client.get(me)
    before = seen_at(session, device)
    client.get(me)
    assert seen_at(session, device) == before
    with client.session_transaction() as cookies:
        cookies["seen"] -= 3601
    client.get(me)
    assert seen_at(session, device) > before


def seen_at(session: Session, device: Device) -> object:
    session.expire_all()
    found = session.get_one(Device, device.id).seen_at
    session.rollback()
    return found


def a_company_with_login(session: Session) -> tuple[Actor, str]:
    login = f"boss.{new_id()}"
    with before_wall(session):
        return start_company(session, "Fenghe", new_user(login, "Wang Min", PASSWORD)), login


def forget_addresses(session: Session) -> None:
    """Tests share one address: what one test tried must not count against another."""
    session.execute(text("DELETE FROM rate_limit WHERE key LIKE 'address:%'"))
    session.commit()


def test_passwords_are_kept_as_argon2(session: Session, database: str) -> None:
    person = a_person(session)
    with psycopg.connect(for_libpq(database)) as connection:
        kept = connection.execute("SELECT password_hash FROM app_user WHERE id = %s", [person.id]).fetchone()
    assert kept is not None
    assert kept[0].startswith("$argon2id$")
