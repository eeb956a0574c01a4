"""What a phone asks of the server around its outbox: who is signed in, whose page it is, the worker, its switch."""

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.support.pages import signed_in
from tests.support.world import a_company, sign_in
from webapp.kernel.db import db
from webapp.kernel.types import new_id

from .conftest import Firms


@pytest.fixture
def owner(app: Flask, client: FlaskClient) -> tuple[object, FlaskClient]:
    with app.app_context():
        actor = a_company(db.session())
        sign_in(client, actor)
    return actor, client


def test_the_session_says_who_is_signed_in_and_that_it_is_ours(owner, client: FlaskClient) -> None:
    actor, signed = owner
    answer = signed.get("/session")
    assert answer.headers["Throughline"] == "session"
    assert answer.get_json()["user"] == str(actor.user.id)
    assert answer.get_json()["csrf"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_is_signed_in_is_an_answer_of_ours_too(app: Flask) -> None:
    answer = app.test_client().get("/session")
    assert (answer.status_code, answer.headers["Throughline"]) == (401, "session")


def test_whole_pages_say_whose_they_are_and_parts_do_not(owner) -> None:
    actor, signed = owner
    today = f"/c/{actor.company.slug}/today"
    assert signed.get(today).headers["Reader"] == str(actor.user.id)
    assert "Reader" not in signed.get(today, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).headers
    assert "Reader" not in signed.get("/signin").headers


def test_the_worker_is_never_served_from_a_cache(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert "skipWaiting" in answer.text


def test_the_switch_takes_the_worker_away(app: Flask, owner, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, signed = owner
    monkeypatch.setitem(app.config, "OFFLINE", value=False)
    assert "unregister" in signed.get("/sw.js").text
    assert 'data-offline="off"' in signed.get(f"/c/{actor.company.slug}/today").text


def test_the_manifest_is_in_the_readers_language(client: FlaskClient) -> None:
    chinese = client.get("/manifest.webmanifest", headers={"Accept-Language": "zh-CN"})
    english = client.get("/manifest.webmanifest", headers={"Accept-Language": "en"})
    assert (chinese.get_json()["name"], english.get_json()["name"]) == ("贯通", "Throughline")


def test_a_reused_phone_never_sends_as_another(app: Flask, look: psycopg.Connection, firms: Firms) -> None:
    """A form made by one membership and posted by another session: 401, and nothing happens."""
    firm, _forms = firms.of("once")
    _actor, sheet = firms.form("once", "inventory.add_adjustment")
    other = signed_in(app, firm.members["warehouse"])
    sent = dict(sheet.sent())
    answer = other.post(sheet.action, data=sent, headers={"Op": "queued"})
    assert answer.status_code == 401
    assert "Op-Result" not in answer.headers
    assert look.execute("SELECT 1 FROM operation WHERE op_id = %s", [sent["op_id"]]).fetchone() is None


def test_what_is_decided_and_what_is_not(app: Flask, firms: Firms) -> None:
    """A row that is not there is told once and for all; a forged post decides nothing, so the phone keeps its entry."""
    actor, sheet = firms.form("once", "inventory.add_adjustment")
    client = signed_in(app, actor)
    missing = dict(sheet.sent()) | {"location_id": str(new_id())}
    answer = client.post(sheet.action, data=missing, headers={"Op": "queued"})
    assert (answer.status_code, answer.headers["Op-Result"]) == (404, "rejected")
    forged = client.post(
        sheet.action, data=dict(sheet.sent()), headers={"Op": "queued", "Sec-Fetch-Site": "cross-site"}
    )
    assert (forged.status_code, "Op-Result" in forged.headers) == (403, False)


ADDED_SINCE = {"id", "shown_at"}
"""Fields that the forms of the release before this one did not have."""


def test_the_forms_of_the_release_before_are_still_taken(app: Flask, firms: Firms) -> None:
    """A page that a phone kept before the update posts what it had; nothing new may be asked of it."""
    answers = {}
    for endpoint in ("inventory.add_adjustment", "portal.answer", "portal.add_shipment", "purchasing.book_in_order"):
        actor, sheet = firms.form("before", endpoint)
        kept = [(n, v) for n, v in sheet.sent() if n not in ADDED_SINCE and not n.endswith("-dealt")]
        if endpoint == "purchasing.book_in_order":
            kept = [(n, "1" if n.endswith("-good") else v) for n, v in kept]
        answers[endpoint] = signed_in(app, actor).post(sheet.action, data=MultiDict(kept), headers={"Op": "queued"})
    said = {endpoint: answer.headers.get("Op-Result") for endpoint, answer in answers.items()}
    assert set(said.values()) == {"applied"}, {e: a.get_json() for e, a in answers.items()}


def test_a_correction_of_what_had_arrived_is_refused(app: Flask, firms: Firms) -> None:
    """Its answer was lost, so the person corrected it, twice: the first had happened, and happens once."""
    actor, sheet = firms.form("once", "inventory.add_adjustment")
    client = signed_in(app, actor)
    first, second, third = (MultiDict(sheet.sent(counted="7")) for _form in range(3))
    assert client.post(sheet.action, data=first, headers={"Op": "queued"}).headers["Op-Result"] == "applied"
    second.add("op_names", first["op_id"])
    for named in (first["op_id"], second["op_id"]):
        third.add("op_names", named)
    for corrected in (second, third):
        answer = client.post(sheet.action, data=corrected, headers={"Op": "queued"})
        assert (answer.headers["Op-Result"], answer.get_json()["code"]) == ("rejected", "operation.arrived")


def test_what_was_corrected_does_not_arrive_late(app: Flask, look: psycopg.Connection, firms: Firms) -> None:
    actor, sheet = firms.form("once", "inventory.add_adjustment")
    client = signed_in(app, actor)
    first, second = (MultiDict(sheet.sent(counted="7")) for _form in range(2))
    second.add("op_names", first["op_id"])
    said = [
        client.post(sheet.action, data=one, headers={"Op": "queued"}).headers["Op-Result"] for one in (second, first)
    ]
    assert said == ["applied", "rejected"]
    counts = "SELECT count(*) FROM stock_count WHERE op_id = ANY(%s::uuid[])"
    assert look.execute(counts, [[first["op_id"], second["op_id"]]]).fetchone() == (1,)
