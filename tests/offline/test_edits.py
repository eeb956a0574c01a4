"""Edits of one row, one after the other, on a phone without a network: each knows of the one before."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.support.faulty import Link
from tests.support.outbox import a_phone, nudge, until
from tests.support.world import act
from webapp.partners import add_partner

from .phone import Someone, someone, waits

pytestmark = pytest.mark.thread


@pytest.fixture
def rep(app: Flask) -> Someone:
    return someone(app, "Edits")


@pytest.fixture
def page(chromium: Browser, link: Link, rep: Someone, safari: bool) -> Iterator[Page]:
    with a_phone(chromium, link.url, rep.cookie, safari=safari) as phone:
        yield phone.new_page()


@pytest.fixture
def whom(app: Flask, rep: Someone) -> UUID:
    with app.app_context():
        return act(rep.actor, lambda actor: add_partner(actor, "Edited twice", is_customer=True).id)


def kept(page: Page, rep: Someone, whom: UUID) -> None:
    """The form of a customer, kept on the phone; then there is no network."""
    rep.opens(page, f"customers/{whom}/edit")
    page.reload()
    until(page, "async () => Boolean(await caches.match(location.href, { ignoreVary: true }))")


def edits(page: Page, rep: Someone, whom: UUID, field: str, value: str) -> None:
    if not page.url.endswith("/edit"):
        rep.opens(page, f"customers/{whom}/edit")
    page.locator(f"main [name={field}]").fill(value)
    page.locator("main input[name=name]").press("Enter")


def stands(look: psycopg.Connection, whom: UUID) -> tuple[str, str]:
    row = look.execute("SELECT name, phone FROM partner WHERE id = %s", [whom]).fetchone()
    assert row
    return row[0], row[1]


def test_two_edits_of_one_customer_both_arrive(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone, whom: UUID
) -> None:
    kept(page, rep, whom)
    link.cut = True
    edits(page, rep, whom, "phone", "13900001111")
    waits(page, 1, left=f"{whom}/edit")
    rep.opens(page, f"customers/{whom}/edit")
    expect(page.locator("main [name=phone]")).to_have_value("13900001111")
    edits(page, rep, whom, "name", "Edited again")
    waits(page, 2, left=f"{whom}/edit")
    link.cut = False
    link.plan("drop answer")
    nudge(page)
    waits(page, 0)
    assert stands(look, whom) == ("Edited again", "13900001111")


def test_an_edit_begun_while_one_waits_arrives_after_it(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone, whom: UUID
) -> None:
    kept(page, rep, whom)
    link.cut = True
    edits(page, rep, whom, "phone", "13900001111")
    waits(page, 1, left=f"{whom}/edit")
    rep.opens(page, f"customers/{whom}/edit")
    expect(page.locator("main [name=phone]")).to_have_value("13900001111")
    link.cut = False
    nudge(page)
    waits(page, 0)
    edits(page, rep, whom, "name", "Edited again")
    page.wait_for_url(f"**/customers/{whom}")
    waits(page, 0)
    assert stands(look, whom) == ("Edited again", "13900001111")


def test_an_edit_made_while_one_is_being_sent_arrives_after_it(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone, whom: UUID
) -> None:
    kept(page, rep, whom)
    other = page.context.new_page()
    link.cut = True
    edits(page, rep, whom, "phone", "13900001111")
    waits(page, 1, left=f"{whom}/edit")
    rep.opens(other, f"customers/{whom}/edit")
    expect(other.locator("main [name=phone]")).to_have_value("13900001111")
    link.cut = False
    link.arrived.clear()
    link.plan("delay")
    nudge(page)
    assert link.arrived.wait(20)
    edits(other, rep, whom, "name", "Edited again")
    waits(page, 0)
    assert stands(look, whom) == ("Edited again", "13900001111")
