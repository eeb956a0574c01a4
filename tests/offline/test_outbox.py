"""What waits on a phone, in a person's hands: what needs them, a phone that is full, files, background sync."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.faulty import Link
from tests.support.outbox import a_phone, asked, cookie_of, entries, go, nudge, probe, write
from tests.support.world import act
from webapp.kernel.db import db
from webapp.partners import add_partner, partners_of

from .phone import Someone, customers, either_way, queued, someone, waits

pytestmark = pytest.mark.thread
FULL = "IDBObjectStore.prototype.add = () => { throw new DOMException('no room', 'QuotaExceededError') }"
A_DAY = 25 * 3600 * 1000


@pytest.fixture
def rep(app: Flask) -> Someone:
    return someone(app, "Outbox")


@pytest.fixture
def phone(app: Flask, chromium: Browser, link: Link, rep: Someone, safari: bool) -> Iterator[BrowserContext]:
    with app.app_context():
        cookie = cookie_of(db.session(), rep.actor)
    with a_phone(chromium, link.url, cookie, safari=safari, accept_downloads=True) as phone:
        yield phone


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def opened_to_correct(page: Page, rep: Someone) -> None:
    """From the page of what waits, the form of what was refused for an empty field."""
    rep.opens(page, "outbox")
    card = page.locator("[data-section=needs] .entry")
    expect(card).to_contain_text("Fill this in.")
    card.get_by_role("link", name="Open and correct").click()
    page.locator("form[data-corrects]").wait_for()


def test_a_full_phone_sends_at_once_or_says_that_it_cannot(
    look: psycopg.Connection, phone: BrowserContext, link: Link, rep: Someone
) -> None:
    phone.add_init_script(FULL)
    page = phone.new_page()
    rep.opens(page, "customers/new")
    link.cut = True
    rep.takes_in(page, "No room for it")
    expect(page.get_by_text("there is no room to keep it here")).to_be_visible()
    expect(page.locator("main input[name=name]")).to_have_value("No room for it")
    link.cut = False
    page.locator("main input[name=name]").press("Enter")
    page.wait_for_url("**/customers/*-*")
    assert customers(look, rep, "No room for it") == 1


def test_what_has_waited_a_day_says_so(page: Page, link: Link, rep: Someone) -> None:
    queued(page, link, rep, "A day old")
    (row,) = entries(page)
    write(page, [{**row, "madeAt": row["madeAt"] - A_DAY}])
    link.cut, link.choose = False, lambda: "drop request"
    rep.opens(page, "customers")
    expect(page.get_by_text("1 thing has waited here for more than a day.")).to_be_visible()


@either_way
def test_what_was_refused_is_corrected_and_sent_again(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    queued(page, link, rep, "To be emptied")
    (row,) = entries(page)
    fields = [[name, "" if name == "name" else value] for name, value in row["fields"]]
    write(page, [{**row, "fields": fields}])
    link.cut = False
    opened_to_correct(page, rep)
    rep.takes_in(page, "Corrected")
    page.wait_for_url("**/customers/*-*")
    waits(page, 0)
    assert customers(look, rep, "Corrected") == 1
    names = "SELECT count(*) FROM operation WHERE op_id = %s AND status = 'applied'"
    assert look.execute(names, [row["op"]]).fetchone() == (0,)


@either_way
def test_a_refusal_stays_on_the_phone_until_it_was_seen(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    """Who leaves the form at once finds what was refused on the page of what waits; who stays, in the form's draft."""
    rep.opens(page, "customers/new")
    page.locator("main input[name=contact_name]").fill("Nobody's")
    rep.takes_in(page, "")
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    assert len(entries(page)) == 1
    opened_to_correct(page, rep)
    rep.takes_in(page, "")
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    waits(page, 0)
    rep.opens(page, "customers/new")
    expect(page.locator("main input[name=contact_name]")).to_have_value("Nobody's")
    rep.takes_in(page, "Seen and mended")
    page.wait_for_url("**/customers/*-*")
    waits(page, 0)
    assert customers(look, rep, "Seen and mended") == 1


def test_a_warning_is_said_yes_to(app: Flask, look: psycopg.Connection, page: Page, link: Link, rep: Someone) -> None:
    with app.app_context():
        act(rep.actor, lambda actor: add_partner(actor, "Twin", is_customer=True).id)
    queued(page, link, rep, "Twin")
    link.cut = False
    rep.opens(page, "outbox")
    page.locator("[data-section=needs]").get_by_role("button", name="Do it all the same").click()
    waits(page, 0)
    assert customers(look, rep, "Twin") == 2


@pytest.mark.parametrize(("choice", "phone_number"), [("mine", "13900001111"), ("theirs", "13900002222")])
def test_of_two_versions_a_person_chooses(
    app: Flask, look: psycopg.Connection, page: Page, link: Link, rep: Someone, choice: str, phone_number: str
) -> None:
    with app.app_context():
        whom = act(rep.actor, lambda actor: add_partner(actor, f"Edited {choice}", is_customer=True).id)
    rep.opens(page, f"customers/{whom}/edit")
    link.cut = True
    page.locator("main input[name=phone]").fill("13900001111")
    page.locator("main input[name=phone]").press("Enter")
    waits(page, 1, left=f"{whom}/edit")
    with app.app_context():

        def changed(actor: object) -> None:
            partner = partners_of(actor).locked(whom)
            partner.phone, partner.version = "13900002222", partner.version + 1

        act(rep.actor, changed)
    link.cut = False
    rep.opens(page, "outbox")
    card = page.locator("[data-section=needs] .entry")
    expect(card.locator("[data-put=mine-text]")).to_contain_text(re.compile(r"0000\s?1111"))
    expect(card.locator("[data-put=theirs-text]")).to_contain_text(re.compile(r"0000\s?2222"))
    card.locator(f"[data-do={choice}]").click()
    waits(page, 0)
    assert look.execute("SELECT phone FROM partner WHERE id = %s", [whom]).fetchone() == (phone_number,)


def test_what_waits_is_saved_as_a_file(page: Page, link: Link, rep: Someone, tmp_path: Path) -> None:
    queued(page, link, rep, "On paper")
    link.cut, link.choose = False, lambda: "drop request"
    rep.opens(page, "outbox")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save what waits as a file").click()
    saved.value.save_as(tmp_path / "waits.json")
    (kept,) = json.loads((tmp_path / "waits.json").read_text())
    assert (kept["what"], kept["fields"]["name"]) == ("New customer: On paper", "On paper")
    assert "csrf_token" not in kept["fields"]


@pytest.mark.parametrize("safari", [True], ids=["safari"])
def test_a_browser_without_background_sync_sends_all_the_same(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for n in range(3):
        queued(page, link, rep, f"Safari {n}", already=n)
        link.cut, link.choose = False, lambda: "drop request"
    lacks = "() => !('SyncManager' in globalThis || 'wakeLock' in navigator || 'vibrate' in navigator)"
    assert asked(page, lacks)
    link.choose = None
    nudge(page)
    waits(page, 0)
    assert [customers(look, rep, f"Safari {n}") for n in range(3)] == [1, 1, 1]
    assert not complaints


@pytest.mark.parametrize("safari", [False], ids=["chromium"])
def test_the_worker_sends_what_a_closed_page_left(
    look: psycopg.Connection, page: Page, link: Link, rep: Someone
) -> None:
    """Background sync, where there is one: the tab is gone, the network comes back, the browser wakes the worker."""
    queued(page, link, rep, "Sent by the worker")
    still = probe(page.context)
    go(page, "about:blank")
    page.close()
    tools = page.context.new_cdp_session(still)
    known: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(one["registrationId"] for one in said["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    for _look in range(100):
        if known:
            break
        still.wait_for_timeout(50)
    link.cut = False
    told = {"origin": link.url, "registrationId": known[0], "tag": "outbox", "lastChance": False}
    tools.send("ServiceWorker.dispatchSyncEvent", told)
    waits(still, 0)
    assert customers(look, rep, "Sent by the worker") == 1
