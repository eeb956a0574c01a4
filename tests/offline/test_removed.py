"""Someone's edit waits on a phone while a colleague takes the person off the list: what was typed is not lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.faulty import Link
from tests.support.outbox import a_phone, cookie_of
from tests.support.world import a_member, act
from webapp.kernel.db import db
from webapp.partners import add_contact, add_partner, customers_of
from webapp.partners.verbs import remove_contact

from .phone import Someone, someone, waits

pytestmark = pytest.mark.thread


@pytest.fixture(scope="module")
def rep(app: Flask) -> Someone:
    return someone(app, "Removed")


@pytest.fixture
def phone(app: Flask, chromium: Browser, link: Link, rep: Someone) -> Iterator[BrowserContext]:
    with app.app_context():
        cookie = cookie_of(db.session(), rep.actor)
    with a_phone(chromium, link.url, cookie) as phone:
        yield phone


def a_person(app: Flask, rep: Someone) -> tuple[UUID, UUID]:
    """A customer and whom one speaks to there."""
    with app.app_context():

        def take_in(actor: object) -> tuple[UUID, UUID]:
            customer = add_partner(actor, "Shoreline", is_customer=True, accepted=None)
            return customer.id, add_contact(actor, customer, "Li Wei").id

        return act(rep.actor, take_in)


def removed_by_a_colleague(app: Flask, rep: Someone, customer: UUID, person: UUID) -> None:
    with app.app_context():

        def remove(actor: object) -> None:
            partner = customers_of(actor).locked(customer)
            remove_contact(actor, partner, customers_of(actor).contact(customer, person))

        act(a_member(rep.actor, "manager"), remove)


@pytest.mark.parametrize("way", ["Do it all the same", "Open and correct"])
def test_who_was_removed_meanwhile_is_put_back_as_typed(
    app: Flask,
    look: psycopg.Connection,
    phone: BrowserContext,
    link: Link,
    rep: Someone,
    picture: Callable[[Page, str], Path],
    way: str,
) -> None:
    customer, person = a_person(app, rep)
    page = phone.new_page()
    rep.opens(page, f"partners/{customer}/contacts/{person}")
    link.cut = True
    page.locator("main input[name=name]").fill("Li Wei Min")
    page.locator("main input[name=name]").press("Enter")
    waits(page, 1, left="/contacts/")
    removed_by_a_colleague(app, rep, customer, person)
    link.cut = False
    rep.opens(page, "outbox")
    card = page.locator("[data-section=needs] .entry")
    expect(card).to_contain_text("Manager took Li Wei off the list")
    picture(page, "needs")
    card.get_by_text(way).click()
    if way == "Open and correct":
        expect(page.locator("form[data-corrects] input[name=name]")).to_have_value("Li Wei Min")
        expect(page.locator("main .note")).to_contain_text("Manager took it off the list")
        picture(page, "correct")
        page.get_by_role("button", name="Put back on the list").click()
    waits(page, 0)
    asked = "SELECT id, name FROM contact WHERE company_id = %s AND partner_id = %s"
    assert look.execute(asked, [rep.actor.company_id, customer]).fetchall() == [(person, "Li Wei Min")]
