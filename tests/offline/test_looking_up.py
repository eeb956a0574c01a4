"""Who may not move goods scans by the phone's own catalogue too: what lies where, and the page of a paper."""

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.flows import CREAM, Floor, Scanner
from tests.support.partners import a_customer
from tests.support.sales import drafted
from tests.support.world import a_member
from tests.support.world import look as seen
from webapp.sales import orders_of

pytestmark = pytest.mark.thread
Phone = Callable[..., Page]


def test_who_may_not_move_looks_up_and_opens_pages(
    phone: Phone, session: Session, look: psycopg.Connection, live_server: str
) -> None:
    """A rep: what lies where, from goods and from a shelf, and an order; nothing on the page could move goods."""
    floor = Floor(session, look, live_server)
    rep = a_member(floor.owner, "sales")
    order = drafted(rep, a_customer(floor.owner), (floor.products["Cream"], 1))
    scanner = Scanner(phone("en"), floor, rep)
    sheet = scanner.page.locator("main.sheet")
    scanner.shows("start")
    expect(sheet).to_contain_text("Scan goods or a shelf")
    expect(scanner.page.locator("input[name=flow-mode]")).to_have_count(0)
    assert "data-flow-form" not in scanner.page.content()
    scanner.scan(CREAM)
    scanner.shows("look")
    scanner.off()
    scanner.open("scan")
    scanner.page.wait_for_url("**/scan/offline#*")
    scanner.scan("A-01-1")
    scanner.shows("list")
    sheet.locator("ul.rows .row").filter(has_text="Cream").click()
    scanner.shows("look")
    expect(sheet.locator(".figures")).to_contain_text("30")
    scanner.scan("99999")
    scanner.shows("stops")
    expect(scanner.page.locator("[data-scan-said]")).to_contain_text("Not taken")
    scanner.press("back")
    scanner.scan(seen(rep, lambda actor: orders_of(actor).get(order).number))
    scanner.page.wait_for_url(f"**/sales/orders/{order}")
    expect(scanner.page.locator("main [data-put=when]")).to_be_visible()
    scanner.open("scan")
    scanner.scan(CREAM)
    sheet.get_by_role("link", name="Open its page").click()
    expect(scanner.page.locator("[data-pack-card=product] [data-put=name]").first).to_contain_text("Cream")
