"""An invitation: opened it only shows itself; a button takes it, once."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.identity import a_person, an_invitation, path_of, send, token
from tests.support.partners import a_supplier
from tests.support.world import a_company, a_member, act, look, sign_in
from webapp.identity import Gone, invite, read_link, tracking_link, tracking_token
from webapp.identity.queries.links import open_invitations
from webapp.identity.queries.people import colleagues
from webapp.kernel.postgres import for_libpq
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id


def pin_fields(code: str, **other: str) -> dict[str, str]:
    return {"code": code, "name": "Li Lei", "login": f"lilei.{new_id()}", "secret": "a long password"} | other


def test_opening_the_link_never_uses_it(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    invitation = an_invitation(owner)
    for path in (path_of(invitation), path_of(invitation) + "/pin"):
        for _ in range(3):
            assert client.get(path).status_code == 200
            assert client.head(path).status_code == 200
    assert [link.id for link in look(owner, open_invitations)] == [invitation.id]
    page = client.get(path_of(invitation)).text
    assert "Owner invites you" in page
    assert "Buyer" in page
    assert invitation.code not in page


def test_joining_with_the_code_and_a_password(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    invitation = an_invitation(owner)
    path = path_of(invitation) + "/pin"
    answer = send(client, path, path, **pin_fields(invitation.code))
    assert answer.status_code == 303
    assert client.get(f"/c/{owner.company.slug}/me").status_code == 200
    listed = look(owner, lambda actor: colleagues(actor, None)).rows
    assert [(row.name, row.role) for row in listed] == [("Owner", "owner"), ("Li Lei", "buyer")]
    stranger = app.test_client()
    assert stranger.get(path).status_code == 410
    assert "used already" in stranger.get(path_of(invitation)).text


def test_a_suppliers_person_comes_back_with_a_pin(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    invitation = an_invitation(owner, "supplier", a_supplier(owner).id)
    path = path_of(invitation) + "/pin"
    number = f"138{int(new_id()) % 10**8:08d}"
    assert send(client, path, path, **pin_fields(invitation.code, login=number, secret="12345")).status_code == 422
    assert send(client, path, path, **pin_fields(invitation.code, login=number, secret="123456")).status_code == 422
    assert send(client, path, path, **pin_fields(invitation.code, login=number, secret="864203")).status_code == 303
    later = app.test_client()
    again = send(later, "/signin", "/signin", login=number, password="864203")
    assert again.status_code == 303
    assert again.location.startswith(f"/c/{owner.company.slug}/")
    for _ in range(4):
        assert send(later, "/signin", "/signin", login=number, password="864204").status_code == 422
    assert send(later, "/signin", "/signin", login=number, password="864204").status_code == 422
    assert send(later, "/signin", "/signin", login=number, password="864203").status_code == 429


def test_a_colleagues_password_is_no_pin(client: FlaskClient, session: Session) -> None:
    invitation = an_invitation(a_company(session), "accountant")
    path = path_of(invitation) + "/pin"
    answer = send(client, path, path, **pin_fields(invitation.code, secret="864203"))
    assert answer.status_code == 422
    assert "At least 10 characters" in answer.text


def test_five_wrong_codes_close_it(client: FlaskClient, session: Session) -> None:
    invitation = an_invitation(a_company(session))
    path = path_of(invitation) + "/pin"
    wrong = f"{(int(invitation.code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert send(client, path, path, **pin_fields(wrong)).status_code == 422
    answer = send(client, path, path, **pin_fields(invitation.code))
    assert answer.status_code == 429
    assert "wrong five times" in answer.text


def test_of_two_who_take_it_at_once_one_wins(app: Flask, session: Session) -> None:
    owner = a_company(session)
    invitation = an_invitation(owner)
    path = path_of(invitation) + "/pin"
    ready = [(app.test_client(), pin_fields(invitation.code)) for _ in range(2)]
    sent = [(client, fields | {"csrf_token": token(client)}) for client, fields in ready]
    with ThreadPoolExecutor(2) as both:
        codes = list(both.map(lambda one: one[0].post(path, data=one[1]).status_code, sent))
    assert sorted(codes) == [303, 410]
    assert len(look(owner, lambda actor: colleagues(actor, None)).rows) == 2


def test_who_is_signed_in_joins_with_one_button(client: FlaskClient, session: Session) -> None:
    first, second = a_company(session, "First"), a_company(session, "Second")
    member = a_member(first, "sales")
    sign_in(client, member)
    invitation = an_invitation(second, "accountant")
    path = path_of(invitation)
    answer = send(client, path, f"{path}/acceptance")
    assert answer.status_code == 303
    assert answer.location.startswith(f"/c/{second.company.slug}/")
    page = client.get(f"/c/{second.company.slug}/me/companies").text
    assert "First" in page
    assert "Second" in page
    assert client.get(f"/c/{first.company.slug}/me").status_code == 200


def test_pressed_twice_it_leads_home(client: FlaskClient, session: Session) -> None:
    member, second = a_member(a_company(session, "First"), "sales"), a_company(session, "Second")
    sign_in(client, member)
    path = path_of(an_invitation(second, "accountant"))
    first = send(client, path, f"{path}/acceptance")
    again = client.post(f"{path}/acceptance", data={"csrf_token": token(client, "/start")})
    assert (again.status_code, client.get(path).status_code) == (303, 303)
    assert first.status_code == 303
    assert len(look(second, lambda actor: colleagues(actor, None)).rows) == 2


def test_nobody_belongs_twice(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    path = path_of(an_invitation(owner))
    answer = send(client, path, f"{path}/acceptance")
    assert answer.status_code == 422
    assert "belong to this company already" in answer.text
    assert client.get(path).status_code == 200


def test_accepting_needs_someone(client: FlaskClient, session: Session) -> None:
    path = path_of(an_invitation(a_company(session)))
    assert client.post(f"{path}/acceptance", data={"csrf_token": token(client)}).status_code == 401


def test_a_withdrawn_link_says_so(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    invitation = an_invitation(owner)
    assert send(client, invitation.page, f"{invitation.page}/withdrawal").status_code == 303
    stranger = app.test_client()
    answer = stranger.get(path_of(invitation))
    assert answer.status_code == 410
    assert "withdrawn" in answer.text
    assert "Withdrawn." in client.get(invitation.page).text


def test_an_old_link_says_so(client: FlaskClient, session: Session, database: str) -> None:
    invitation = an_invitation(a_company(session))
    with psycopg.connect(for_libpq(database)) as connection:
        connection.execute("UPDATE link_token SET expires_at = now() WHERE id = %s", [invitation.id])
    answer = client.get(path_of(invitation))
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_a_made_up_link_is_not_there(client: FlaskClient) -> None:
    for made_up in ("x", "A" * 32, "A" * 4000, "%00", "😀"):
        assert client.get(f"/i/{made_up}").status_code == 404


def test_only_hashes_are_kept(session: Session, database: str) -> None:
    invitation = an_invitation(a_company(session))
    with psycopg.connect(for_libpq(database)) as connection:
        row = connection.execute("SELECT t::text FROM link_token t WHERE id = %s", [invitation.id]).fetchone()
    assert row is not None
    assert invitation.url.rsplit("/", 1)[1] not in row[0]
    assert invitation.code not in row[0].split("payload")[0].replace(str(invitation.id), "")


def test_roles_give_out_what_is_theirs(session: Session) -> None:
    owner = a_company(session)
    partner = a_supplier(owner).id
    manager, buyer, sales = (a_member(owner, role) for role in ("manager", "buyer", "sales"))
    act(buyer, lambda actor: invite(actor, "supplier", partner))
    act(sales, lambda actor: invite(actor, "customer", partner))
    act(manager, lambda actor: invite(actor, "accountant"))
    for actor, role in (
        (manager, "owner"),
        (buyer, "customer"),
        (sales, "manager"),
        (a_member(owner, "auditor"), "sales"),
    ):
        with pytest.raises(NotFound):
            act(actor, lambda acting, role=role: invite(acting, role))
    with pytest.raises(Refused):
        act(owner, lambda actor: invite(actor, "supplier"))
    with pytest.raises(Refused):
        act(owner, lambda actor: invite(actor, "sales", partner))


def test_a_link_is_shown_to_who_gave_it_out(app: Flask, session: Session) -> None:
    owner = a_company(session)
    buyer, other = a_member(owner, "buyer"), a_member(owner, "buyer")
    firm = a_supplier(owner).id
    invitation = act(buyer, lambda actor: invite(actor, "supplier", firm, "Han Meimei"))
    seen = {}
    for name, actor in (("buyer", buyer), ("other", other), ("owner", owner), ("stranger", a_company(session))):
        client = app.test_client()
        sign_in(client, actor)
        seen[name] = client.get(invitation.page).status_code
    assert seen == {"buyer": 200, "other": 404, "owner": 200, "stranger": 404}


def test_what_happened_is_on_the_timeline(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    invitation = an_invitation(owner)
    path = path_of(invitation) + "/pin"
    send(client, path, path, **pin_fields(invitation.code))
    codes = look(owner, lambda actor: [row.code for row in actor.db.ask("SELECT code FROM timeline ORDER BY id")])
    assert codes[-2:] == ["identity.invited", "identity.joined"]
    told = look(owner, lambda actor: actor.db.ask("SELECT user_id FROM notification"))
    assert [row.user_id for row in told] == [owner.user.id]


def test_a_tracking_link_is_one_a_document(session: Session) -> None:
    owner = a_company(session)
    document = new_id()
    first = act(owner, lambda actor: tracking_link(actor, "order", document))
    assert act(owner, lambda actor: tracking_link(actor, "order", document)) == first
    assert tracking_token(owner, "order", document) == first
    link = read_link(session, first, "tracking")
    session.rollback()
    assert (link.company_id, link.payload) == (owner.company_id, {"kind": "order", "document": str(document)})
    with pytest.raises(NotFound):
        read_link(session, first, "invitation")
    session.execute(text("UPDATE link_token SET expires_at = now() WHERE id = :id"), {"id": link.id})
    with pytest.raises(Gone):
        read_link(session, first, "tracking")
    session.rollback()


def test_a_qr_is_of_an_address_others_can_open(app: Flask, client: FlaskClient, session: Session) -> None:
    from webapp.identity import installation

    owner = a_company(session)
    sign_in(client, owner)
    invitation = an_invitation(owner)
    assert client.get(f"{invitation.page}/qr.svg").status_code == 404
    assert "qr.svg" not in client.get(invitation.page).text
    installation.tell("https://thread.example", app.config["SECRET_KEY"])
    try:
        assert "qr.svg" in client.get(invitation.page).text
        drawn = client.get(f"{invitation.page}/qr.svg")
        assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    finally:
        installation.tell(app.config["BASE_URL"], app.config["SECRET_KEY"])


def test_a_used_up_person_is_not_written(client: FlaskClient, session: Session) -> None:
    """A login that is taken refuses, and the link stays good."""
    known = a_person(session)
    invitation = an_invitation(a_company(session))
    path = path_of(invitation) + "/pin"
    answer = send(client, path, path, **pin_fields(invitation.code, login=known.login))
    assert answer.status_code == 422
    assert "Someone signs in with this already" in answer.text
    assert send(client, path, path, **pin_fields(invitation.code)).status_code == 303
