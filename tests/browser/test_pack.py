"""What a phone carries: fetched with a progress bar, and then, with the network off, the work goes on."""

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.outbox import READ
from tests.support.thread import CREAM, Firm, a_wholesaler
from tests.support.world import act
from webapp.catalog.models import Product
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import entered
from webapp.partners import find_customers
from webapp.sales import Wanted, confirm_order, draft_order, orders_of

from .walk import Walker

pytestmark = pytest.mark.thread
LEFT = """async () => {
    const done = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result) })
    const db = await done(indexedDB.open('throughline-pack'))
    const counts = []
    for (const name of db.objectStoreNames) counts.push(await done(db.transaction(name).objectStore(name).count()))
    const kept = (await caches.keys()).filter((name) => name.startsWith('docs-'))
    return [counts.reduce((sum, one) => sum + one, 0), kept.length]
}"""
Phone = Callable[..., Page]
Picture = Callable[[Page, str], Path]
SECONDS = 30_000
CUSTOMER, RICE = "fml", "wcdm"  # 福满楼大酒店, 五常大米: by their initials
PAID, LISTED = Decimal("125.5"), "132.00"
SUMS = {PAID: {"zh-Hans": "约 ¥251.00", "en": "about ¥251.00"}, None: {"zh-Hans": "约 ¥264.00", "en": "about ¥264.00"}}


@pytest.fixture
def firm(session: Session) -> Firm:
    return a_wholesaler(session)


def carrying(page: Page, firm: Firm, picture: Picture, who: str) -> Walker:
    """Someone whose phone has fetched its pack, and has no network now."""
    walker = Walker(page, firm, picture)
    walker.sign_in(who)
    walker.go("offline")
    expect(page.locator("[data-why=fetched]")).to_be_visible(timeout=SECONDS)
    expect(page.locator("[data-table=products] .fig")).not_to_have_text("0")
    picture(page, "on this phone")
    page.context.set_offline(True)
    return walker


def sold(session: Session, firm: Firm, price: Decimal) -> None:
    """The customer bought rice at a price of their own."""

    def buy(actor: Actor) -> None:
        rice = actor.session.execute(select(Product.id).where(Product.name.startswith("五常"))).scalar_one()
        (customer,) = find_customers(actor, CUSTOMER)
        order = draft_order(actor, customer.id, [Wanted(rice, Decimal(3), price)])
        confirm_order(actor, orders_of(actor).locked(order))

    act(entered(session, firm.members["rep"]), buy)


def opened(walker: Walker, path: str) -> None:
    """A kept page opens and says how old it is; how long that took is printed."""
    began = time.monotonic()
    walker.go(path)
    sys.stdout.write(f"{path}: {(time.monotonic() - began) * 1000:.0f} ms without a network\n")


@pytest.mark.parametrize(("lang", "paid"), [("zh-Hans", None), ("en", PAID), ("zh-Hans", PAID)])
def test_a_rep_without_a_network_finds_a_customer_and_takes_an_order(
    phone: Phone, firm: Firm, picture: Picture, session: Session, lang: str, paid: Decimal | None
) -> None:
    """What this customer last paid is said with its day; who never bought it is told about the list price."""
    page = phone(lang)
    if paid:
        sold(session, firm, paid)
    rep = carrying(page, firm, picture, "rep")
    opened(rep, "today")
    expect(page.locator("main .note.dashed [data-put=when]")).to_be_visible()
    opened(rep, "search")
    page.locator("[data-search]").fill(CUSTOMER)
    found = page.locator("#results a.row").first
    expect(found).to_be_visible()
    picture(page, "found")
    found.click()
    expect(page.locator("h1")).to_be_visible()
    picture(page, "customer")
    rep.go("sales/orders/new")
    page.wait_for_url("**/sales/orders/offline#*")
    page.locator("[data-whose] [data-pack-find]").fill(CUSTOMER)
    page.locator("[data-whose] [data-chosen]").first.click()
    page.locator("[data-what] [data-pack-find]").fill(RICE)
    page.locator("[data-what] [data-chosen]").first.click()
    page.locator("[data-line] [data-more]").click()
    expect(page.locator("[data-line] input[name$=quantity]")).to_have_value("2")
    expect(page.locator("[data-line] [data-put=about]")).to_contain_text(f"¥{paid:.2f}/" if paid else LISTED)
    expect(page.locator(".tray [data-put=sum]")).to_have_text(SUMS[paid][lang])
    picture(page, "order")
    page.locator("button[value=confirm]").click()
    page.wait_for_url("**/today")
    expect(page.locator("[data-outbox] [data-when=waiting]")).to_be_visible()
    rep.go("outbox")
    expect(page.locator("[data-section=waiting] .entry")).to_have_count(1)
    (waits,) = page.evaluate(READ)
    assert not [name for name, _value in waits["fields"] if "price" in name]
    page.context.set_offline(False)
    expect(page.locator("[data-section=sent] a.row, [data-section=needs] .entry").first).to_be_visible(timeout=SECONDS)
    expect(page.locator("[data-section=needs] .entry")).to_have_count(0)
    picture(page, "sent")


def scanned(page: Page, code: str) -> None:
    entry = page.locator("input[name=code]")
    entry.fill(code)
    entry.press("Enter")


def test_a_storekeeper_scans_and_moves_without_a_network(phone: Phone, firm: Firm, picture: Picture) -> None:
    """One page, two moves of the same goods: two entries, seen at once in the phone's own figures, and two moves."""
    page = phone("en")
    dock = carrying(page, firm, picture, "dock")
    opened(dock, "scan")
    page.wait_for_url("**/scan/offline#*")
    scanned(page, "no such code")
    expect(page.locator("main.sheet .sheet-head")).to_contain_text("no such code")
    for n in (1, 2):
        scanned(page, CREAM)
        expect(page.locator(".flow-from .place b").first).to_have_text("A-01-1")  # not where it was just put
        scanned(page, CREAM)
        expect(page.locator("[data-flow-quantity] input")).to_have_value("2")
        picture(page, "in hand")
        scanned(page, "Q-01")
        expect(page.locator("main.sheet .standing li.next")).to_have_count(n)
    picture(page, "moved")
    dock.go("search")
    page.locator("[data-search]").fill(CREAM)
    page.locator("#results a.row[href*='/products/card#']").first.click()
    places = page.locator("[data-list=places] li[data-waiting]")
    expect(places).to_have_count(2)
    expect(places.nth(0)).to_contain_text("11")
    expect(places.nth(1)).to_contain_text("4")
    picture(page, "product")
    page.context.set_offline(False)
    dock.go("outbox")
    expect(page.locator("[data-section=sent] a.row")).to_have_count(2, timeout=SECONDS)


def test_signing_out_leaves_nothing_of_it(phone: Phone, firm: Firm, picture: Picture) -> None:
    page = phone("en")
    rep = carrying(page, firm, picture, "rep")
    page.context.set_offline(False)
    rep.go("me")
    page.locator("form[data-leaving] button").click()
    expect(page.locator("[name=login], a[href*=signin]").first).to_be_visible()
    left = page.evaluate(LEFT)
    assert left == [0, 0]
