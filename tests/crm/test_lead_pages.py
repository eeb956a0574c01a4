"""Leads at their pages: the list, one of them, from the first word to a customer; visits recorded."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look
from webapp.crm import add_lead, follow_ups_of, leads_of
from webapp.kernel import calendar
from webapp.kernel.wall import Actor


@pytest.fixture
def lead(owner: Actor, rep: Actor) -> UUID:
    known = {"contact": "陆师傅", "phone": "13900002222", "wants": "每周五箱奶油", "rep_id": rep.user.id}
    return act(owner, lambda actor: add_lead(actor, "海岸烧烤", **known).id)


def test_from_the_form_to_today_to_a_customer(client: FlaskClient, owner: Actor, rep: Actor) -> None:
    pages = Pages(client, rep)
    form = pages.get("leads/new")
    assert "data-new-id" in form
    assert 'data-queue="user-plus"' in form
    made = pages.post(
        "leads", name="Harbour Grill", contact="Lu", phone="139 0000 2222", source="visit", rep_id=str(rep.user.id)
    )
    assert "Harbour Grill" in pages.follow(made)
    assert re.search(r"New lead · by tomorrow \d\d:\d\d", pages.get("today"))
    there = made.location.split("/c/")[1].split("/", 1)[1]
    later = calendar.working_days_after(calendar.today(rep), 3).isoformat()
    assert "Record a call or visit" in pages.get(f"{there}/visits/new")
    pages.post(f"{there}/visits", how="visit", outcome="They need cream", place="at the pier", next_on=later)
    shown = pages.get(there)
    for words in ("Contacted", "Visited: They need cream", "Make a customer", "Record it", "tel:13900002222"):
        assert words in shown
    pages.post(f"{there}/qualification")
    page = pages.follow(pages.post(f"{there}/conversion"))
    for words in ("Harbour Grill is a customer now", "Visited: They need cream", "taken in as a lead"):
        assert words in page
    assert "A customer now." in pages.get(there)


def test_the_list_its_filters_and_its_csv(client: FlaskClient, owner: Actor, rep: Actor, lead: UUID) -> None:
    act(owner, lambda actor: add_lead(actor, "Nobody’s Diner") and None)
    pages = Pages(client, rep)
    assert "海岸烧烤" in pages.get("leads")
    assert "Diner" not in pages.get("leads")
    assert "Diner" in pages.get("leads", which="pool")
    assert "海岸烧烤" in pages.get("leads", which="all")
    assert "What became of your leads" in pages.get("leads", which="closed")
    assert "海岸烧烤,陆师傅,13900002222" in pages.get("leads", format="csv")
    assert "海岸烧烤" in pages.get("search", q="hask")
    pages.get("leads", 404, after="nonsense")


def test_in_chinese(client: FlaskClient, rep: Actor, lead: UUID) -> None:
    shown = Pages(client, rep, "zh-CN").get(f"leads/{lead}")
    for words in ("记电话或拜访", "不合适", "放回公海", "新线索 · 明天"):
        assert words in shown


def test_out_of_the_pool_the_first_has_it(client: FlaskClient, owner: Actor, rep: Actor, lead: UUID) -> None:
    pages = Pages(client, rep)
    pages.post(f"leads/{lead}/pooling")
    assert "Take it" in pages.get(f"leads/{lead}")
    other = Pages(client, a_member(owner, "sales"))
    other.post(f"leads/{lead}/taking")
    late = Pages(client, rep).post(f"leads/{lead}/taking", 422).text
    assert "Someone has changed this already" in late


def test_not_for_us_and_taken_up_again(client: FlaskClient, rep: Actor, lead: UUID) -> None:
    pages = Pages(client, rep)
    assert "field-error" in pages.post(f"leads/{lead}/disqualification", 422, reason="").text
    pages.post(f"leads/{lead}/disqualification", reason="too far")
    assert "too far" in pages.get(f"leads/{lead}")
    assert "Called off" in pages.get("follow-ups", which="done")
    pages.post(f"leads/{lead}/resumption")
    assert "Contacted" in pages.get(f"leads/{lead}")


def test_a_stale_edit_shows_both(client: FlaskClient, owner: Actor, rep: Actor, lead: UUID) -> None:
    edit = {"name": "海岸烧烤", "source": "visit", "rep_id": str(rep.user.id), "base_version": "1"}
    pages = Pages(client, rep)
    assert 'name="base_version" value="1"' in pages.get(f"leads/{lead}/edit")
    pages.post(f"leads/{lead}", region="East", **edit)
    stale = pages.post(f"leads/{lead}", 412, region="West", **edit).text
    for words in ("East", "West", "Save mine over it", 'value="2"'):
        assert words in stale


def test_a_lead_that_is_a_customer_already_is_joined_to_it(
    client: FlaskClient, owner: Actor, rep: Actor, lead: UUID
) -> None:
    known = a_customer(owner, "Coast", contact="Lu", contact_phone="13900002222")
    pages = Pages(client, rep)
    pages.post(f"leads/{lead}/visits", how="call", outcome="It is Coast", no_next_reason="Known")
    assert "It is this customer" in pages.get(f"leads/{lead}")
    pages.post(f"leads/{lead}/conversion", 404, customer="nobody")
    pages.post(f"leads/{lead}/conversion", customer=str(known.id))
    assert look(owner, lambda a: leads_of(a).get(lead).partner_id) == known.id


def test_a_visit_settles_what_was_due_and_needs_no_plan(client: FlaskClient, owner: Actor, rep: Actor) -> None:
    customer = a_customer(owner, "Planned", owner_id=rep.user.id)
    pages, path = Pages(client, rep), f"customers/{customer.id}/visits"
    bad = pages.post(path, 422, how="visit", outcome="", no_next_reason="x").text
    assert "field-error" in bad
    pages.post(path, how="visit", outcome="Dropped in", no_next_reason="none needed")
    done = pages.get("follow-ups", which="done")
    assert "Dropped in" in done
    made = look(rep, lambda a: follow_ups_of(a).page("done", rep_id=a.user.id).rows[0].id)
    page = pages.get(f"follow-ups/{made}")
    assert "Open it again" not in page
    pages.post(f"follow-ups/{made}/reopening", 422)


def test_who_may(client: FlaskClient, session: Session, owner: Actor, lead: UUID) -> None:
    for role, status in (("buyer", 404), ("warehouse", 404), ("accountant", 404), ("auditor", 200), ("manager", 200)):
        Pages(client, a_member(owner, role)).get(f"leads/{lead}", status)
    for actor in (a_member(owner, "auditor"), a_company(session)):
        Pages(client, actor).post(f"leads/{lead}/pooling", 404)
