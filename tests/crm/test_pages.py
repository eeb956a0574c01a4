"""Follow-ups and customers at their pages: from Today to the call and back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.crm import ships, waiting
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner

TODAY = calendar.today(None)
SOON = (TODAY + timedelta(days=6)).isoformat()
DONE = {"how": "call", "outcome": "The rice is good", "next_on": SOON, "base_version": "1"}


@pytest.fixture
def customer(owner: Actor, rep: Actor) -> Partner:
    return a_customer(
        owner,
        "福满楼大酒店",
        name2="Fumanlou Hotel",
        contact="Chef Sun",
        contact_phone="13900001111",
        owner_id=rep.user.id,
    )


@pytest.fixture
def due(owner: Actor, customer: Partner) -> UUID:
    act(owner, lambda actor: ships(actor, customer.id, day=TODAY - timedelta(days=7)))
    return waiting(owner, customer.id)[0].id


def test_from_today_to_the_call_and_gone_from_today(client: FlaskClient, rep: Actor, due: UUID) -> None:
    pages = Pages(client, rep)
    before = pages.get("today")
    for words in ("Follow-up · today", "Fumanlou Hotel · Chef Sun", "tel:13900001111", f"follow-ups/{due}", "1 thing"):
        assert words in before
    pages.get(f"follow-ups/{due}")
    answer = pages.post(f"follow-ups/{due}/outcome", **DONE)
    assert answer.location.endswith("/today")
    after = pages.follow(answer)
    assert "Follow-up noted, next" in after
    assert "Fumanlou Hotel" not in after


def test_in_chinese_with_its_own_words(client: FlaskClient, rep: Actor, due: UUID) -> None:
    pages = Pages(client, rep, "zh-CN")
    shown = pages.get("today")
    for words in ("跟进 · 今天", "福满楼大酒店 · Chef Sun", "打电话", "1 件事"):
        assert words in shown
    assert "送的货，问问好不好" in pages.get(f"follow-ups/{due}")


def test_the_customers_page_shows_the_next_step_and_what_there_was(
    client: FlaskClient, rep: Actor, customer: Partner, due: UUID
) -> None:
    pages = Pages(client, rep)
    shown = pages.get(f"customers/{customer.id}")
    for words in ("Speak with Chef Sun", "tel:13900001111", "Receivable", "This year", "Last order", "Between us"):
        assert words in shown
    pages.post(f"follow-ups/{due}/outcome", **DONE)
    shown = pages.get(f"customers/{customer.id}")
    assert "Called: The rice is good" in shown
    assert "Last time: The rice is good" in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("outcome", ""),
        ("outcome", "x" * 1001),
        ("outcome", "\x00"),
        ("how", "telepathy"),
        ("how", ""),
        ("next_on", ""),
        ("next_on", "soon"),
        ("next_on", "2026-02-30"),
        ("next_on", "1999-01-01"),
        ("next_on", "9999-01-01"),
        ("next_at", "25:00"),
        ("next_at", "tea time"),
        ("no_next_reason", "x" * 201),
        ("no_next_reason", "and a day as well"),
    ],
)
def test_bad_input_is_shown_again_and_it_stays_due(
    client: FlaskClient, rep: Actor, customer: Partner, due: UUID, field: str, typed: str
) -> None:
    answer = Pages(client, rep).post(f"follow-ups/{due}/outcome", 422, **(DONE | {field: typed}))
    assert "field-error" in answer.text
    if field != "outcome":
        assert "The rice is good" in answer.text
    assert [found.id for found in waiting(rep, customer.id)] == [due]


def test_a_reason_for_none_outweighs_a_day_that_was_only_proposed(
    client: FlaskClient, rep: Actor, customer: Partner, due: UUID
) -> None:
    Pages(client, rep).post(f"follow-ups/{due}/outcome", **DONE, proposed=SOON, no_next_reason="closed for good")
    assert waiting(rep, customer.id) == []


def test_pressed_twice_it_is_recorded_once(client: FlaskClient, rep: Actor, customer: Partner, due: UUID) -> None:
    pages, op = Pages(client, rep), new_id()
    results = [pages.post(f"follow-ups/{due}/outcome", op_id=op, **DONE).headers["Op-Result"] for _time in range(2)]
    assert results == ["applied", "replayed"]
    assert len(waiting(rep, customer.id)) == 1
    stale = pages.post(f"follow-ups/{due}/outcome", 412, **DONE).text
    for words in ("recorded it today", "Record mine too", "The rice is good"):
        assert words in stale


def test_two_at_one_follow_up_the_second_sees_how_it_stands(client: FlaskClient, rep: Actor, due: UUID) -> None:
    pages = Pages(client, rep)
    pages.post(f"follow-ups/{due}/postponement", until=SOON, base_version="1")
    stale = pages.post(f"follow-ups/{due}/outcome", 412, **DONE)
    assert "The rice is good" in stale.text
    assert "It is now due" in stale.text
    assert 'name="base_version" value="2"' in stale.text
    pages.post(f"follow-ups/{due}/outcome", **(DONE | {"base_version": "2"}))


def test_undone_from_the_toast(client: FlaskClient, rep: Actor, customer: Partner, due: UUID) -> None:
    pages = Pages(client, rep)
    pages.post(f"follow-ups/{due}/outcome", **DONE)
    pages.post(f"follow-ups/{due}/reopening")
    assert [found.id for found in waiting(rep, customer.id)] == [due]
    pages.post(f"follow-ups/{due}/reopening", 422)


def test_planned_by_hand(client: FlaskClient, owner: Actor, rep: Actor, customer: Partner) -> None:
    pages, path = Pages(client, owner), f"customers/{customer.id}/follow-ups"
    good = {"note": "offer the new rice", "due_on": SOON, "due_at": "15:00", "rep_id": str(rep.user.id)}
    pages.get(f"{path}/new")
    bad = [{"note": ""}, {"due_on": ""}, {"due_on": "2020-01-01"}, {"rep_id": str(new_id())}, {"due_at": "x"}]
    for wrong in bad:
        assert "field-error" in pages.post(path, 422, **(good | wrong)).text
    assert "offer the new rice" in pages.follow(pages.post(path, **good))
    assert waiting(rep, customer.id)[0].rep_id == rep.user.id


def test_handed_over(client: FlaskClient, owner: Actor, rep: Actor, customer: Partner, due: UUID) -> None:
    other, clerk = a_member(owner, "sales"), a_member(owner, "accountant")
    pages, path = Pages(client, rep), f"follow-ups/{due}/reassignment"
    pages.post(path, 422, rep_id=str(clerk.user.id), base_version="1")
    pages.post(path, rep_id=str(other.user.id), base_version="1")
    assert waiting(rep, customer.id)[0].rep_id == other.user.id
    news = Pages(client, other).get("today")
    assert "A follow-up with Fumanlou Hotel is yours now" in news


def test_the_list_of_what_waits_and_what_is_done(client: FlaskClient, owner: Actor, rep: Actor, due: UUID) -> None:
    other = a_member(owner, "sales")
    assert "Fumanlou" not in Pages(client, other).get("follow-ups")
    assert "Fumanlou" in Pages(client, other).get("follow-ups", whose="all")
    pages = Pages(client, rep)
    assert "Fumanlou" in pages.get("follow-ups")
    pages.post(f"follow-ups/{due}/outcome", **DONE)
    assert "The rice is good" in pages.get("follow-ups", which="done")
    assert "福满楼大酒店,Sales" in pages.get("follow-ups", which="done", format="csv")
    pages.get("follow-ups", 404, after="nonsense")


def test_the_rules_page(client: FlaskClient, owner: Actor, rep: Actor) -> None:
    pages, path = Pages(client, owner), "follow-up-rules/sales.delivery.shipped"
    assert "Goods have gone out" in pages.get("follow-up-rules")
    for days in ("", "-1", "400", "1.5", "soon"):
        assert "field-error" in pages.post(path, 422, days=days, active="y", base_version="1").text
    pages.post(path, days="3", active="y", base_version="1")
    stale = pages.post(path, 412, days="9", active="y", base_version="1").text
    assert "It now says 3 days" in stale
    assert 'value="9"' in stale
    pages.post("follow-up-rules/no.such", 404, days="1", base_version="1")
    Pages(client, rep).get("follow-up-rules", 404)
    Pages(client, a_member(owner, "auditor")).post(path, 404, days="1", base_version="3")


def test_who_may_see_and_record(
    client: FlaskClient, session: Session, owner: Actor, customer: Partner, due: UUID
) -> None:
    for role, status in (("buyer", 404), ("warehouse", 404), ("accountant", 404), ("auditor", 200), ("manager", 200)):
        Pages(client, a_member(owner, role)).get(f"follow-ups/{due}", status)
    for actor in (a_member(owner, "auditor"), a_member(owner, "customer", customer.id), a_company(session)):
        Pages(client, actor).post(f"follow-ups/{due}/outcome", 404, **DONE)
    buyer: Any = Pages(client, a_member(owner, "buyer"))
    buyer.get(f"customers/{customer.id}", 404)
    assert [found.id for found in waiting(owner, customer.id)] == [due]
