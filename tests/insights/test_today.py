"""Today: what waits for each role, in order of urgency; news; the first steps of an empty company."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.crm import ships
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look
from webapp.insights.queries import today_of
from webapp.kernel import calendar, notifications
from webapp.kernel.register import ALL_INTERNAL, Card, CardSource, registers
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

TODAY = calendar.today(None)
MOST = 16
"""Statements an owner's Today may ask: entering, news, first steps, and those of nine sources."""


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


def test_cards_stand_in_order_of_urgency_and_what_can_wait_apart(owner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def some(actor: Actor) -> list[Card]:
        return [Card(urgency, "ink", "clock", "state", f"{urgency} {n}") for n in (1, 2) for urgency in (20, 0, 10)]

    monkeypatch.setattr(registers, "cards", [CardSource(ALL_INTERNAL, some), CardSource(frozenset(), some)])
    today = look(owner, today_of)
    assert [card.name for card in today.now] == ["0 1", "0 2", "10 1", "10 2"]
    assert [card.name for card in today.later] == ["20 1", "20 2"]
    assert today.count == 6
    few = look(owner, lambda actor: today_of(actor, 4))
    assert ([card.name for card in few.later], few.count, few.hidden) == ([], 6, 2)


def test_only_the_first_card_is_solid(client: FlaskClient, owner: Actor) -> None:
    for _number in range(3):
        customer = a_customer(owner, contact="Li Wei", contact_phone="13857126012")
        act(owner, lambda actor, key=customer.id: ships(actor, key, day=TODAY - timedelta(days=8)))
    shown = Pages(client, owner).get("today")
    assert len(re.findall(r'class="card first"', shown)) == 1
    assert shown.count("btn-primary btn-soft") >= 2


@pytest.mark.parametrize("role", sorted(ALL_INTERNAL - {"owner"}))
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_role_has_its_today(client: FlaskClient, owner: Actor, role: str, language: str) -> None:
    pages = Pages(client, a_member(owner, role), language)
    assert ("Today" if language == "en" else "今天") in pages.get("today")
    pages.get("new")
    pages.get("search")


def test_a_portal_user_has_another_home(client: FlaskClient, owner: Actor) -> None:
    customer = a_customer(owner)
    pages = Pages(client, a_member(owner, "customer", customer.id))
    for path in ("today", "new", "search", "figures"):
        pages.get(path, 404)


def test_an_empty_company_is_led_to_its_first_steps_until_they_are_taken(client: FlaskClient, owner: Actor) -> None:
    pages = Pages(client, owner)
    shown = pages.get("today")
    assert "Take in the first customer" in shown
    a_customer(owner)
    shown = pages.get("today")
    assert "Take in the first customer" not in shown
    assert "Bring your products in" in shown
    assert "Bring your products in" not in Pages(client, a_member(owner, "sales")).get("today")


def test_news_is_opened_with_one_tap_and_gone(client: FlaskClient, owner: Actor) -> None:
    rep, customer = a_member(owner, "sales"), a_customer(owner, "Shoreline")
    for _number in range(2):
        act(
            owner,
            lambda actor: notifications.tell(
                actor, [rep.user.id], "crm.follow_up.given", "customer", customer.id, name="Shoreline"
            ),
        )
    pages = Pages(client, rep)
    shown = pages.get("today")
    assert shown.count("A follow-up with Shoreline is yours now") == 2
    first = re.findall(r"notifications/([0-9a-f-]{36})/seen", shown)[0]
    assert pages.post(f"notifications/{first}/seen").location.endswith(f"/customers/{customer.id}")
    assert pages.get("today").count("A follow-up with Shoreline is yours now") == 1
    Pages(client, owner).post(f"notifications/{first}/seen", 404)
    pages = Pages(client, rep)
    pages.post(f"notifications/{new_id()}/seen", 404)
    pages.post("notifications/seen")
    assert "A follow-up with" not in pages.get("today")


def test_a_poll_costs_nothing_until_something_has_come(client: FlaskClient, owner: Actor) -> None:
    rep, customer = a_member(owner, "sales"), a_customer(owner, "Shoreline")
    Pages(client, rep)
    address, part = f"/c/{owner.company.slug}/today", {"HX-Request": "true", "HX-Request-Type": "partial"}
    first = client.get(address, headers=part)
    assert "<html" not in first.text
    again = client.get(address, headers=part | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    act(owner, lambda actor: ships(actor, customer.id, rep_id=rep.user.id, day=TODAY - timedelta(days=7)))
    assert "Shoreline" in client.get(address, headers=part | {"If-None-Match": first.headers["ETag"]}).text


def test_today_asks_little(app: Flask, client: FlaskClient, owner: Actor) -> None:
    """A ceiling of statements, however many cards there are; so that Today stays within its 10 ms."""
    for _number in range(12):
        customer = a_customer(owner, contact="Li Wei")
        act(owner, lambda actor, key=customer.id: ships(actor, key, day=TODAY - timedelta(days=8)))
    for role in sorted(ALL_INTERNAL - {"owner"}):
        actor = a_member(owner, role)
        Pages(client, actor)
        before = asked(client, actor)
        statements = asked(client, actor) - before
        assert statements <= MOST, role


def asked(client: FlaskClient, actor: Actor) -> int:
    """Statements asked so far, as the answer itself says (a test's session counts on over requests)."""
    said = client.get(f"/c/{actor.company.slug}/today").headers["Server-Timing"]
    return int(re.findall(r"(\d+) statements", said)[0])
