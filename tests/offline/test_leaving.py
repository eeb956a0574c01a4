"""Leaving a phone on which something waits, and sharing one: nobody sees or sends what is another's."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.support.faulty import Link
from tests.support.outbox import a_phone, cookie_of, entries, nudge, sign_in
from tests.support.world import a_member
from webapp.kernel.db import db

from .phone import Someone, customers, docs, either_way, queued, someone, waits

pytestmark = pytest.mark.thread
OUTSIDE = re.compile(r"^http://[^/]+/$")


@pytest.fixture
def rep(app: Flask) -> Someone:
    return someone(app, "Leaving")


@pytest.fixture
def page(chromium: Browser, link: Link, rep: Someone, safari: bool) -> Iterator[Page]:
    with a_phone(chromium, link.url, rep.cookie, safari=safari) as phone:
        yield phone.new_page()


def test_leaving_with_nothing_that_waits_empties_the_phone(page: Page, rep: Someone) -> None:
    rep.opens(page, "me")
    page.reload()
    assert docs(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(OUTSIDE)
    assert docs(page) == []


@either_way
def test_leaving_asks_about_what_waits_and_keeps_it(
    app: Flask, look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    queued(page, link, rep, "Kept for later")
    link.cut, link.choose = False, lambda: "drop request"
    rep.opens(page, "me")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="1 thing still waits on this phone")).to_be_visible()
    page.get_by_role("button", name="Keep them for when I am back").click()
    page.wait_for_url(OUTSIDE)
    assert (docs(page), len(entries(page))) == ([], 1)
    link.choose = None
    with app.app_context():
        sign_in(page.context, link.url, cookie_of(db.session(), rep.actor))
    rep.opens(page, "me")
    waits(page, 0)
    assert customers(look, rep, "Kept for later") == 1


def test_leaving_sends_first(look: psycopg.Connection, page: Page, link: Link, rep: Someone) -> None:
    queued(page, link, rep, "Sent before leaving")
    link.cut, link.choose = False, lambda: "503"
    rep.opens(page, "me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Send them first").click()
    expect(page.get_by_text("Not all of it went out.")).to_be_visible()
    link.choose = None
    page.get_by_role("button", name="Send them first").click()
    page.wait_for_url(OUTSIDE)
    waits(page, 0)
    assert customers(look, rep, "Sent before leaving") == 1


def test_leaving_discards_what_waits_only_in_writing(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    queued(page, link, rep, "Given up")
    link.cut, link.choose = False, lambda: "drop request"
    rep.opens(page, "me")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Discard them").first.click()
    drop = page.locator("dialog button[value=drop]")
    expect(drop).to_be_disabled()
    page.locator("dialog [data-typed]").fill("Discard")
    drop.click()
    page.wait_for_url(OUTSIDE)
    waits(page, 0)
    assert customers(look, rep, "Given up") == 0


@either_way
def test_a_second_person_on_the_phone_sees_and_sends_nothing_of_the_first(
    app: Flask, look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    queued(page, link, rep, "Of the first")
    with app.app_context():
        second = cookie_of(db.session(), a_member(rep.actor, "sales"))
    sign_in(page.context, link.url, second)
    link.seen.clear()
    link.cut = False
    rep.opens(page, "outbox")
    expect(page.get_by_role("heading", name="All sent")).to_be_visible()
    assert "Of the first" not in page.content()
    assert len(docs(page)) == 1
    rep.takes_in(page, "Of the second")
    page.wait_for_url("**/customers/*-*")
    nudge(page)
    page.wait_for_load_state("networkidle")
    assert link.seen == [rep.at("customers")]
    assert (customers(look, rep, "Of the first"), customers(look, rep, "Of the second")) == (0, 1)
    with app.app_context():
        sign_in(page.context, link.url, cookie_of(db.session(), rep.actor))
    rep.opens(page, "outbox")
    waits(page, 0)
    assert customers(look, rep, "Of the first") == 1
