"""The application without a network: installed, started cold, its kept pages, an update, the switch."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import SWITCHES, chromium_path
from tests.support.faulty import Link
from tests.support.outbox import SAFARI, STARTS_AGAIN, a_phone, asked, entries, until
from tests.support.serving import served

from .phone import Someone, either_way, someone, waits

pytestmark = pytest.mark.thread
SECONDS = 30_000
DOCK = {"today": "Today", "scan": "Scan", "search": "Search", "new": "New", "me": "Owner", "outbox": "Waiting to send"}


@pytest.fixture
def owner(app: Flask) -> Someone:
    return someone(app, "Cold Start")


@pytest.fixture
def page(chromium: Browser, link: Link, owner: Someone, safari: bool) -> Iterator[Page]:
    with a_phone(chromium, link.url, owner.cookie, safari=safari) as phone:
        yield phone.new_page()


@contextmanager
def an_installed(chromium: Browser, folder: Path, link: Link, cookie: str, *, safari: bool) -> Iterator[BrowserContext]:
    """A browser with a profile on disk, as on a phone: started again, it has what it kept."""
    context = chromium.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium_path(),
        args=[*SWITCHES, "--no-sandbox"],
        base_url=link.url,
        viewport={"width": 390, "height": 844},
        locale="en",
    )
    context.set_default_timeout(SECONDS)
    if safari:
        context.add_init_script(SAFARI)
    ends = time.time() + 86_400
    context.add_cookies([{"name": "session", "value": cookie, "url": link.url, "expires": ends}])
    try:
        yield context
    finally:
        context.close()


@either_way
def test_it_is_installed_and_starts_cold_without_a_network(
    chromium: Browser, link: Link, owner: Someone, tmp_path: Path, safari: bool
) -> None:
    with an_installed(chromium, tmp_path, link, owner.cookie, safari=safari) as context:
        page = context.new_page()
        owner.opens(page, "offline")
        expect(page.locator("[data-why=fetched]")).to_be_visible(timeout=SECONDS)
        tools = context.new_cdp_session(page)
        assert tools.send("Page.getAppManifest")["errors"] == []
        assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    link.cut = True
    with an_installed(chromium, tmp_path, link, owner.cookie, safari=safari) as context:
        page = context.new_page()
        began = time.monotonic()
        page.goto("/")
        expect(page.locator("h1", has_text="Today")).to_be_visible()
        sys.stdout.write(f"cold start without a network: {(time.monotonic() - began) * 1000:.0f} ms\n")
        assert page.url.endswith(owner.at("today"))
        expect(page.locator("main .note.dashed")).to_contain_text("From this phone.")
        assert page.locator("html").get_attribute("data-kept")
        for path, title in DOCK.items():
            page.goto(owner.at(path))
            expect(page.locator("h1").first).to_contain_text(title)
        page.goto(owner.at("customers/new?from=elsewhere"))
        expect(page.get_by_role("heading", name="This page is not on this phone")).to_be_visible()
        link.cut = False
        expect(page.get_by_role("heading", name="New customer")).to_be_visible(timeout=SECONDS)


def test_a_page_of_an_older_release_gets_a_script(page: Page, owner: Someone) -> None:
    owner.opens(page, "today")
    same = """async ([kind]) => {
      const now = [...document.querySelectorAll('script[src], link[rel=stylesheet]')].map((one) => one.src || one.href)
      const ours = now.find((one) => one.endsWith(kind))
      const texts = [ours, ours.replace(/-[0-9a-f]{10}/, '-0123456789')].map(async (one) => (await fetch(one)).text())
      const [today, older] = await Promise.all(texts)
      return today.length > 1000 && today === older
    }"""
    for kind in (".js", ".css"):
        assert asked(page, same, [kind])


def test_an_update_waits_for_what_is_half_typed(page: Page, link: Link, owner: Someone) -> None:
    owner.opens(page, "customers/new")
    page.locator("main input[name=name]").press_sequentially("Half")
    link.release += 1
    asked(page, "() => navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)")
    expect(page.get_by_text("A newer release is here. Finish what you type first.")).to_be_visible(timeout=SECONDS)
    expect(page.locator("main input[name=name]")).to_have_value("Half")
    until(page, "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
    page.locator("main input[name=name]").press("Enter")
    page.wait_for_url("**/customers/*-*")
    until(page, "async () => !(await navigator.serviceWorker.getRegistration()).waiting", most=STARTS_AGAIN)


def test_the_switch_takes_the_worker_away_and_leaves_what_waits(
    page: Page, link: Link, owner: Someone, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.opens(page, "customers/new")
    link.cut = True
    owner.takes_in(page, "Waits through the switch")
    waits(page, 1, left="customers/new")
    monkeypatch.setenv("OFFLINE", "off")
    before = link.upstream
    with served(database) as switched:
        link.upstream, link.cut, link.choose = switched.url, False, lambda: "drop request"
        try:
            page.goto(owner.at("today"))
            until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
            page.goto(owner.at("today"))  # the worker may have kept the page before while it went
            until(page, "async () => (await caches.keys()).length === 0")
            assert [row["title"] for row in entries(page)] == ["New customer: Waits through the switch"]
            link.choose = None
            page.goto(owner.at("today"))
            waits(page, 0)
        finally:
            link.upstream = before
