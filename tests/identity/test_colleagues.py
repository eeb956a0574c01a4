"""Colleagues: another role, an end, a new way in; who may do what to whom."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.identity import an_invitation, hidden_fields, path_of, send, sign_in_by_password, token
from tests.support.partners import a_supplier
from tests.support.world import PASSWORD, a_company, a_member, act, look, sign_in
from webapp.identity.models import Credential, User
from webapp.identity.queries.links import link_of
from webapp.identity.queries.people import colleague, colleagues
from webapp.identity.verbs import change_role, make_reset, remove_colleague, set_secret
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor


def page_of(owner: Actor, member: Actor) -> str:
    return f"/c/{owner.company.slug}/colleagues/{member.membership_id}"


def test_who_works_here(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    a_member(owner, "warehouse")
    a_member(owner, "supplier", a_supplier(owner).id)
    sign_in(client, owner)
    ours = client.get(f"/c/{owner.company.slug}/colleagues")
    assert "Warehouse" in ours.text
    assert "Supplier</" not in ours.text
    assert "Supplier" in client.get(f"/c/{owner.company.slug}/colleagues?of=partners").text
    listed = client.get(f"/c/{owner.company.slug}/colleagues?format=csv")
    assert listed.mimetype == "text/csv"
    assert listed.text.splitlines()[0].endswith("Their name,Login,Role,Firm,Since")
    assert len(listed.text.splitlines()) == 3


def test_the_list_is_paged_by_key(session: Session) -> None:
    owner = a_company(session)
    members = [a_member(owner, "sales") for _ in range(3)]
    first = look(owner, lambda actor: colleagues(actor, None, size=2))
    second = look(owner, lambda actor: colleagues(actor, first.next, size=2))
    assert [row.id for row in first.rows + second.rows] == [owner.membership_id, *(m.membership_id for m in members)]
    with pytest.raises(NotFound):
        look(owner, lambda actor: colleagues(actor, "made up"))


def test_an_invitation_is_made_and_shown(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    base = f"/c/{owner.company.slug}"
    answer = send(client, f"{base}/colleagues/new", f"{base}/colleagues/invitations", name="韩梅梅", role="accountant")
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert "http://localhost/i/" in shown
    assert "韩梅梅" in shown
    assert "韩梅梅" in client.get(f"{base}/colleagues").text


@pytest.mark.parametrize(("name", "role"), [("", "sales"), ("x" * 61, "sales"), ("Li", "supplier"), ("Li", "king")])
def test_an_invitation_that_cannot_be(client: FlaskClient, session: Session, name: str, role: str) -> None:
    owner = a_company(session)
    sign_in(client, owner)
    base = f"/c/{owner.company.slug}"
    answer = send(client, f"{base}/colleagues/new", f"{base}/colleagues/invitations", name=name, role=role)
    assert answer.status_code == 422


def test_another_role_holds_from_the_next_request(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    member = a_member(owner, "sales")
    theirs = app.test_client()
    sign_in(theirs, member)
    assert theirs.get(f"/c/{owner.company.slug}/colleagues").status_code == 404
    sign_in(client, owner)
    page = page_of(owner, member)
    assert send(client, page, f"{page}/role", role="manager").status_code == 303
    assert theirs.get(f"/c/{owner.company.slug}/colleagues").status_code == 200


def test_two_who_change_one_role(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    member = a_member(owner, "sales")
    sign_in(client, owner)
    page = page_of(owner, member)
    seen = hidden_fields(client.get(page).text, f"{page}/role")
    act(owner, lambda actor: change_role(actor, member.membership_id, "buyer", 1))
    answer = client.post(f"{page}/role", data=seen | {"role": "warehouse"})
    assert answer.status_code == 412
    assert "Someone else changed this role" in answer.text
    assert look(owner, lambda actor: colleague(actor, member.membership_id)[0].role) == "buyer"
    with pytest.raises(Stale):
        act(owner, lambda actor: change_role(actor, member.membership_id, "sales", 1))


@pytest.mark.parametrize("role", ["king", "", "supplier", "customer"])
def test_no_such_role(session: Session, role: str) -> None:
    owner = a_company(session)
    member = a_member(owner, "sales")
    with pytest.raises(Refused):
        act(owner, lambda actor: change_role(actor, member.membership_id, role, None))


def test_managers_leave_owners_alone(session: Session) -> None:
    owner = a_company(session)
    manager, member = a_member(owner, "manager"), a_member(owner, "sales")
    for attempt in (
        lambda actor: change_role(actor, owner.membership_id, "sales", None),
        lambda actor: remove_colleague(actor, owner.membership_id),
    ):
        with pytest.raises(NotFound):
            act(manager, attempt)
    with pytest.raises(Refused):
        act(manager, lambda actor: change_role(actor, member.membership_id, "owner", None))
    act(manager, lambda actor: change_role(actor, member.membership_id, "buyer", None))


def test_the_last_owner_stays(session: Session) -> None:
    owner = a_company(session)
    for attempt in (
        lambda actor: change_role(actor, owner.membership_id, "sales", None),
        lambda actor: remove_colleague(actor, owner.membership_id),
    ):
        with pytest.raises(Refused) as refused:
            act(owner, attempt)
        assert refused.value.code == "owner.last"
    second = a_member(owner, "owner")
    act(second, lambda actor: change_role(actor, owner.membership_id, "sales", None))


def test_two_owners_cannot_both_go(app: Flask, session: Session) -> None:
    owner = a_company(session)
    second = a_member(owner, "owner")

    def go(who: Actor) -> str:
        from webapp.kernel.wall import enter_as

        with app.app_context():
            actor = enter_as(db.session(), who.membership_id)
            try:
                act(actor, lambda acting: remove_colleague(acting, acting.membership_id))
            except Refused as refused:
                return refused.code
            return "gone"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(go, (owner, second))) == ["gone", "owner.last"]


def test_who_is_removed_opens_nothing(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    manager = a_member(owner, "manager")
    theirs = app.test_client()
    sign_in(theirs, manager)
    invitation = an_invitation(manager)
    me = f"/c/{owner.company.slug}/me"
    assert theirs.get(me).status_code == 200
    stale = hidden_fields(theirs.get(f"{me}/recovery-codes").text, f"{me}/recovery-codes")
    sign_in(client, owner)
    page = page_of(owner, manager)
    assert send(client, page, f"{page}/removal").status_code == 303
    assert theirs.post(f"{me}/recovery-codes", data=stale).status_code == 401
    assert theirs.get(me).location == "/signin"
    assert client.get(page).status_code == 404
    assert app.test_client().get(path_of(invitation)).status_code == 410


def test_who_works_elsewhere_stays_signed_in_there(app: Flask, client: FlaskClient, session: Session) -> None:
    here, there = a_company(session, "Here"), a_company(session, "There")
    member = a_member(here, "sales")
    theirs = app.test_client()
    sign_in(theirs, member)
    path = path_of(an_invitation(there))
    send(theirs, path, f"{path}/acceptance")
    act(here, lambda actor: remove_colleague(actor, member.membership_id))
    assert theirs.get(f"/c/{here.company.slug}/me").status_code == 404
    assert theirs.get(f"/c/{there.company.slug}/me").status_code == 200


def test_a_new_way_in(app: Flask, client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    member = a_member(owner, "warehouse")
    with before_wall(session):
        user = session.get_one(User, member.user.id)
        set_secret(user, PASSWORD, pin=False)
        session.add(Credential(user_id=user.id, credential_id=new_id().bytes, public_key=b"", sign_count=0, name="old"))
    lost = app.test_client()
    sign_in(lost, member)
    sign_in(client, owner)
    page = page_of(owner, member)
    answer = send(client, page, f"{page}/reset")
    assert answer.status_code == 303
    link = look(owner, lambda actor: link_of(actor, answer.location.rsplit("/", 1)[1]))
    theirs = app.test_client()
    assert theirs.get(link.path).status_code == 200
    assert lost.get(f"/c/{owner.company.slug}/me").status_code == 200
    pin = f"{link.path}/pin"
    assert send(theirs, pin, pin, code="wrong", secret="another long one").status_code == 422
    assert send(theirs, pin, pin, code=link.code, secret="another long one").status_code == 303
    assert theirs.get(f"/c/{owner.company.slug}/me").status_code == 200
    assert lost.get(f"/c/{owner.company.slug}/me").location == "/signin"
    assert sign_in_by_password(app.test_client(), user.login, PASSWORD).status_code == 422
    assert sign_in_by_password(app.test_client(), user.login, "another long one").status_code == 303
    session.expire_all()
    assert session.query(Credential).filter_by(user_id=user.id).count() == 0
    session.rollback()
    assert app.test_client().get(link.path).status_code == 410


def test_nobody_resets_who_works_elsewhere(app: Flask, session: Session) -> None:
    here, there = a_company(session), a_company(session)
    member = a_member(here, "sales")
    early = act(here, lambda actor: make_reset(actor, member.membership_id))
    theirs = app.test_client()
    sign_in(theirs, member)
    path = path_of(an_invitation(there))
    send(theirs, path, f"{path}/acceptance")
    with pytest.raises(Refused) as refused:
        act(here, lambda actor: make_reset(actor, member.membership_id))
    assert refused.value.code == "reset.elsewhere"
    link = look(here, lambda actor: link_of(actor, early))
    stranger = app.test_client()
    fields = {"csrf_token": token(stranger), "code": link.code, "secret": "another long one"}
    assert stranger.post(f"{link.path}/pin", data=fields).status_code == 404
    assert theirs.get(f"/c/{there.company.slug}/me").status_code == 200


def test_auditors_look_and_do_nothing(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    auditor = a_member(owner, "auditor")
    sign_in(client, auditor)
    base = f"/c/{owner.company.slug}"
    page = client.get(f"{base}/colleagues/{owner.membership_id}")
    assert page.status_code == 200
    assert "Remove" not in page.text
    fields = {"csrf_token": token(client, f"{base}/me"), "op_id": str(new_id()), "as": str(auditor.membership_id)}
    for action in ("removal", "role", "reset"):
        assert client.post(f"{base}/colleagues/{owner.membership_id}/{action}", data=fields).status_code == 404
    assert client.post(f"{base}/company", data=fields).status_code == 404
    assert client.post(f"{base}/colleagues/invitations", data=fields).status_code == 404
