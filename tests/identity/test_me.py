"""Me: passwords, recovery codes, passkeys by their addresses, language and theme, the company's policies, the demo."""

import json

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.identity import a_person, hidden_fields, send, sign_in_by_password, token
from tests.support.partners import a_supplier
from tests.support.sales import a_shop, confirmed, drafted
from tests.support.world import PASSWORD, a_company, a_member, act, look, sign_in
from webapp.identity import DEMO_PASSWORD, add_member, new_user, start_company
from webapp.identity.models import ROLES, User
from webapp.identity.queries.people import ways_in
from webapp.identity.verbs import set_secret
from webapp.kernel.perform import before_wall
from webapp.kernel.postgres import for_libpq
from webapp.kernel.register import Policy, registers
from webapp.kernel.settings import setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as


def with_password(session: Session, actor: Actor, password: str = PASSWORD) -> str:
    with before_wall(session):
        user = session.get_one(User, actor.user.id)
        set_secret(user, password, pin=False)
    return user.login


@pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
def test_everyone_has_a_me(client: FlaskClient, session: Session, role: str) -> None:
    owner = a_company(session)
    member = a_member(owner, role, a_supplier(owner).id if role in ("supplier", "customer") else None)
    sign_in(client, member)
    page = client.get(f"/c/{owner.company.slug}/me")
    assert page.status_code == 200
    assert ("Colleagues" in page.text) == (role in ("manager", "auditor"))


def test_both_languages_and_themes(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    me = f"/c/{owner.company.slug}/me"
    assert send(client, me, "/preferences/language", locale="zh-Hans").location == me
    assert "登录方式" in client.get(me).text
    assert send(client, me, "/preferences/theme", theme="dark").location == me
    assert 'data-theme="dark"' in client.get(me).text
    assert client.post("/preferences/theme", data={"theme": "pink", "csrf_token": token(client, me)}).status_code == 404
    assert (
        client.post("/preferences/language", data={"locale": "fr", "csrf_token": token(client, me)}).status_code == 404
    )
    send(client, me, "/signout")
    assert "登录" in client.get("/signin").text


def test_the_other_language_before_signing_in(client: FlaskClient) -> None:
    assert send(client, "/signin", "/preferences/language").location == "/signin"
    assert "登录" in client.get("/signin").text
    fields = hidden_fields(client.get("/signin").text, "/preferences/language")
    answer = client.post("/preferences/language", data=fields | {"next": "https://evil.example/"})
    assert answer.location == "/"


def test_a_new_password_ends_the_other_devices(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    login = with_password(session, owner)
    other = app.test_client()
    sign_in(client, owner)
    sign_in(other, owner)
    page = f"/c/{owner.company.slug}/me/password"
    assert send(client, page, page, current="not it at all", new="quite another one").status_code == 422
    assert send(client, page, page, current=PASSWORD, new=login).status_code == 422
    assert send(client, page, page, current=PASSWORD, new="short").status_code == 422
    assert send(client, page, page, current=PASSWORD, new="quite another one").status_code == 303
    assert client.get(page).status_code == 200
    assert other.get(page).location == "/signin"
    assert sign_in_by_password(app.test_client(), login).status_code == 422
    assert sign_in_by_password(app.test_client(), login, "quite another one").status_code == 303


def test_a_recovery_code_opens_once(app: Flask, client: FlaskClient, session: Session, database: str) -> None:
    owner = a_company(session)
    login = with_password(session, owner)
    sign_in(client, owner)
    page = f"/c/{owner.company.slug}/me/recovery-codes"
    assert send(client, page, page).location == page
    shown = client.get(page).text
    codes = [part.split("<")[0] for part in shown.split('<span class="keep">')[1:]]
    assert len(set(codes)) == 10
    assert codes[0] not in client.get(page).text
    with psycopg.connect(for_libpq(database)) as connection:
        kept = connection.execute("SELECT r::text FROM recovery_code r WHERE user_id = %s", [owner.user.id]).fetchall()
    assert len(kept) == 10
    assert not [row for row in kept if codes[0] in row[0] or codes[0].replace("-", "") in row[0]]
    way = "/signin/recovery"
    stranger = app.test_client()
    assert send(stranger, way, way, login=login, code="aaaa-bbbb-cccc").status_code == 422
    assert send(stranger, way, way, login=login, code=codes[0].upper().replace("-", " ")).status_code == 303
    assert send(app.test_client(), way, way, login=login, code=codes[0]).status_code == 422
    assert look(owner, ways_in).codes == 9


def test_new_codes_replace_the_old(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    login = with_password(session, owner)
    sign_in(client, owner)
    page = f"/c/{owner.company.slug}/me/recovery-codes"
    made = []
    for _ in range(2):
        send(client, page, page)
        made.append(client.get(page).text.split('<span class="keep">')[1].split("<")[0])
    way = "/signin/recovery"
    assert send(app.test_client(), way, way, login=login, code=made[0]).status_code == 422
    assert send(app.test_client(), way, way, login=login, code=made[1]).status_code == 303


def test_passkey_addresses_take_no_nonsense(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    header = {"X-CSRFToken": token(client, f"/c/{owner.company.slug}/me")}
    for path in ("/passkeys", "/signin/passkey"):
        for body in (b"", b"[]", b"nonsense", b'{"rawId": 7}', json.dumps({"rawId": "x", "response": {}}).encode()):
            options = client.post(f"{path}/options", headers=header)
            assert options.status_code == 200
            assert options.json is not None
            assert len(options.json["challenge"]) > 40
            answer = client.post(path, data=body, headers=header)
            assert answer.status_code == 422
            assert answer.json is not None
            assert answer.json["message"]
            late = client.post(path, data=b'{"rawId": "eA"}', headers=header)
            assert late.status_code == 422


def test_options_ask_for_what_we_promise(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    header = {"X-CSRFToken": token(client, f"/c/{owner.company.slug}/me")}
    asked = client.post("/passkeys/options", headers=header).json
    assert asked is not None
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert client.post("/passkeys/options").status_code == 403


def test_signed_out_browsers_keep_no_passkeys(client: FlaskClient) -> None:
    header = {"X-CSRFToken": token(client)}
    assert client.post("/passkeys/options", headers=header).status_code == 401


def test_the_owner_says_how_things_are_done(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    page = f"/c/{owner.company.slug}/company"
    kept = dict(registers.settings), list(registers.policies)
    registers.settings |= {"test.flag": False, "test.days": 3, "test.share": "0.50"}
    registers.policies[:] = [
        Policy("test.flag", "Testing", "Do it alone"),
        Policy("test.days", "Testing", "Days", kind="count", unit="days", least=1, most=30),
        Policy("test.share", "Testing", "Share", kind="amount"),
    ]
    try:
        typed = {"name": "Other name", "policy-test-flag": "y", "policy-test-days": "7", "policy-test-share": "1.25"}
        seen = hidden_fields(client.get(page).text, page)
        assert client.post(page, data=seen | typed | {"policy-test-days": "31"}).status_code == 422
        assert send(client, page, page, **typed).status_code == 303
        actor = enter_as(session, owner.membership_id)
        found = [setting(actor, key) for key in ("test.flag", "test.days", "test.share")]
        session.rollback()
        assert (actor.company.name, found) == ("Other name", [True, 7, "1.25"])
        stale = client.post(page, data=seen | typed | {"op_id": str(new_id())})
        assert stale.status_code == 412
        assert "Someone else changed these settings" in stale.text
    finally:
        registers.settings.clear()
        registers.settings |= kept[0]
        registers.policies[:] = kept[1]


def test_managers_only_read_the_policies(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    manager = a_member(owner, "manager")
    sign_in(client, manager)
    page = f"/c/{owner.company.slug}/company"
    assert "Save" not in client.get(page).text.split("tray")[-1]
    fields = {"csrf_token": token(client, f"/c/{owner.company.slug}/me"), "as": str(manager.membership_id)}
    assert client.post(page, data=fields | {"op_id": str(new_id()), "name": "Mine now"}).status_code == 404


@pytest.fixture
def demo(session: Session) -> Actor:
    with before_wall(session):
        made = start_company(session, "丰禾食品", new_user(f"{new_id()}.demo", "王敏", DEMO_PASSWORD), demo=True)
    act(made, lambda actor: add_member(actor, new_user(f"{new_id()}@fenghe.demo", "林晓雯", DEMO_PASSWORD), "sales"))
    act(made, lambda actor: add_member(actor, new_user(f"real.{new_id()}", "Real", DEMO_PASSWORD), "sales"))
    act(made, lambda actor: add_member(actor, new_user(f"{new_id()}.demo", "Own", PASSWORD), "sales"))
    return made


def test_the_demo_is_one_tap_away(app: Flask, demo: Actor, session: Session) -> None:
    """The first demo company is shown; another test's may have been made before."""
    client = app.test_client()
    shown = client.get("/demo").text
    people = [part.split('"')[0] for part in shown.split('name="person" value="')[1:]]
    assert people
    assert "Look around" in client.get("/").text
    answer = send(client, "/demo", "/demo", person=people[0])
    assert answer.status_code == 303
    assert client.get(answer.location).status_code in (200, 303)
    for wrong in ("", "x", str(new_id()), str(demo.user.id)):
        assert send(app.test_client(), "/demo", "/demo", person=wrong).status_code == 404
    assert "Real" not in shown


def test_nobody_else_is_the_demos(app: Flask, demo: Actor, session: Session) -> None:
    from webapp.identity.queries.people import demo_people
    from webapp.kernel.wall import behind_wall

    with behind_wall(session, demo.company_id):
        people = demo_people(session, demo.company_id)
    own = next(person for person in people if person.name == "Own")
    assert {person.name for person in people} == {"王敏", "林晓雯", "Own"}
    client = app.test_client()
    assert send(client, "/demo", "/demo", person=str(own.id)).status_code == 404


def test_the_demo_is_only_of_this_machine(app: Flask, client: FlaskClient, demo: Actor) -> None:
    from webapp.identity import installation

    installation.tell("https://thread.example", app.config["SECRET_KEY"])
    try:
        assert client.get("/demo").status_code == 404
        assert "Look around" not in client.get("/").text
        assert client.post("/demo", data={"csrf_token": token(client)}).status_code == 404
    finally:
        installation.tell(app.config["BASE_URL"], app.config["SECRET_KEY"])


def test_two_companies_stand_apart(client: FlaskClient, session: Session) -> None:
    first, second = a_company(session, "First"), a_company(session, "Second")
    act(second, lambda actor: add_member(actor, session.get_one(User, first.user.id), "auditor"))
    sign_in(client, first)
    assert client.get("/").location.startswith(f"/c/{first.company.slug}/")
    client.get(f"/c/{second.company.slug}/me")
    assert client.get("/").location.startswith(f"/c/{second.company.slug}/")
    page = f"/c/{first.company.slug}/me/recovery-codes"
    made_there = hidden_fields(client.get(page).text, page)
    assert client.post(f"/c/{second.company.slug}/me/recovery-codes", data=made_there).status_code == 401


def test_the_switcher_says_what_waits_in_each_company(client: FlaskClient, session: Session) -> None:
    first, second = a_company(session, "First"), a_shop(session, 2)
    owner = second.owner
    act(owner, lambda actor: add_member(actor, session.get_one(User, first.user.id), "sales"))
    drafted(second.rep, second.customer, (second.goods[0], 1))
    confirmed(second.rep, second.customer, (second.goods[0], 5))
    sign_in(client, first)
    shown = client.get(f"/c/{first.company.slug}/me/companies", headers={"Accept-Language": "en"}).text
    assert "2 things wait" in shown
    assert client.get(f"/c/{first.company.slug}/me").status_code == 200


def test_who_belongs_nowhere_may_begin(client: FlaskClient, session: Session) -> None:
    person = a_person(session)
    assert sign_in_by_password(client, person.login).location == "/start"
