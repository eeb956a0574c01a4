"""Every form that queues, under every fault of a network, a server or a person: it arrives once, as who did it.

One fault a form in bin/ci; `bin/prove offline` has the whole product.
"""

import os
from itertools import cycle

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.bad_input import Sheet
from tests.support.faulty import Link
from tests.support.matrix import Firm
from tests.support.outbox import a_phone, controlled, cookie_of, drained, entries, entry, send, sign_in, stands
from webapp.kernel.db import db

from .conftest import Firms

QUEUEING = (
    *("partners.add_customer", "partners.add_contact", "partners.add_address"),
    *("partners.change_customer", "partners.change_contact", "partners.change_address"),
    *("crm.add_lead", "crm.lead_visit", "crm.ask", "crm.visit", "crm.put_off", "crm.record"),
    *("crm.pool_lead", "crm.disqualify_lead"),
    *("inventory.transfers", "inventory.add_adjustment"),
    *("portal.answer", "portal.add_shipment", "purchasing.book_in_shipment", "purchasing.book_in_order"),
    *("sales.add_order", "sales.change_order", "sales.pick"),
)
"""The forms of DESIGN's list and those beside them, in an order in which one firm can send them all."""
ELSEWHERE = {"crm.change_lead", "crm.convert_lead", "crm.qualify_lead", "crm.take_up_lead", "inventory.undo_transfer"}
"""Buttons that the firm's pages show only in a state that none of its documents is in; sent the same way."""
TYPED: dict[str, dict[str, str]] = {
    "partners.add_customer": {"name": "Made without a network", "accept": "partner.twin"},
    "partners.add_contact": {"name": "Somebody"},
    "partners.add_address": {"text": "Another street 1"},
    "crm.add_lead": {"name": "Perhaps a customer", "accept": "lead.twin"},
    "crm.lead_visit": {"outcome": "They want samples"},
    "crm.ask": {"note": "Ask about the rice"},
    "crm.visit": {"outcome": "All is well"},
    "crm.record": {"outcome": "Called, the rice is good"},
    "crm.disqualify_lead": {"reason": "Closed down"},
    "inventory.transfers": {"to_id": "*"},
    "purchasing.book_in_order": {"lines-0-good": "1"},
    "purchasing.book_in_shipment": {"lines-0-good": "1"},
    "sales.add_order": {"lines-0-product_id": "a product", "lines-0-quantity": "1"},
}
"""What a person types or presses, where the form as it stands would be refused."""
ONCE = ("drop request", "drop answer", "delay", "401", "403", "500", "portal", "kill")
ALSO = ("tab closed", "two tabs", "worker updated", "user switched")
FAULTS = ONCE + ALSO
Typed = dict[str, str]


def test_the_list_is_whole(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if getattr(view, "queues", False)}
    assert marked == set(QUEUEING) | ELSEWHERE


def each_case() -> list[tuple[str, str]]:
    if os.environ.get("PROVE"):
        return [(endpoint, fault) for endpoint in QUEUEING for fault in FAULTS]
    return list(zip(QUEUEING, cycle(FAULTS), strict=False))


@pytest.mark.thread
@pytest.mark.parametrize(("endpoint", "fault"), each_case())
def test_it_arrives_once(
    app: Flask,
    look: psycopg.Connection,
    chromium: Browser,
    link: Link,
    firms: Firms,
    endpoint: str,
    fault: str,
) -> None:
    firm, forms = firms.of(fault if os.environ.get("PROVE") else "once")
    actor, sheet = forms[endpoint]
    row = look.execute("SELECT id::text FROM product WHERE company_id = %s LIMIT 1", [actor.company_id]).fetchone()
    typed = {name: row[0] if row and value == "a product" else value for name, value in TYPED.get(endpoint, {}).items()}
    with app.app_context():
        cookie = cookie_of(db.session(), actor)
    with a_phone(chromium, link.url, cookie) as phone:
        page = phone.new_page()
        page.goto(sheet.page)
        controlled(page)
        link.seen.clear()
        link.arrived.clear()
        if fault == "user switched":
            page, op = switched(app, look, phone, page, link, sheet, typed, cookie, firm)
        elif fault in ALSO:
            page, op = CASES[fault](phone, page, link, sheet, typed)
        else:
            link.plan(fault)
            op = send(page, sheet, typed)
            assert link.arrived.wait(20), "the form was not sent"
            page.wait_for_load_state()
        ended = settled(page, look, op)
    rows = stands(look, op)
    assert len(rows) == 1, "lost" if not rows else "doubled"
    status, user = rows[0]
    assert user == actor.user.id, "sent as another"
    assert ended in ({"applied": "sent", "rejected": "needs"}[status], "shown")


def settled(page: Page, look: psycopg.Connection, op: str) -> str:
    """How the entry ended on the phone; `shown` where the person saw the refusal at once, on the page itself."""
    if entry(page, op) is None:
        assert stands(look, op), "neither on the phone nor at the server"
        return "shown"
    return str(drained(page, op)["state"])


def tab_closed(phone: BrowserContext, page: Page, link: Link, sheet: Sheet, typed: Typed) -> tuple[Page, str]:
    link.plan("delay")
    op = send(page, sheet, typed)
    assert link.arrived.wait(20)
    page.close()
    other = phone.new_page()
    other.goto(sheet.page)
    return other, op


def two_tabs(phone: BrowserContext, page: Page, link: Link, sheet: Sheet, typed: Typed) -> tuple[Page, str]:
    other = phone.new_page()
    other.goto(sheet.page)
    link.plan("drop answer")
    op = send(page, sheet, typed)
    assert link.arrived.wait(20)
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    return other, op


def worker_updated(_phone: BrowserContext, page: Page, link: Link, sheet: Sheet, typed: Typed) -> tuple[Page, str]:
    link.plan("delay")
    link.release += 1
    op = send(page, sheet, typed)
    assert link.arrived.wait(20)
    page.wait_for_load_state()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    return page, op


CASES = {"tab closed": tab_closed, "two tabs": two_tabs, "worker updated": worker_updated}


def switched(
    app: Flask,
    look: psycopg.Connection,
    phone: BrowserContext,
    page: Page,
    link: Link,
    sheet: Sheet,
    typed: Typed,
    cookie: str,
    firm: Firm,
) -> tuple[Page, str]:
    """Done without a network; then someone else signs in on this phone, then the first one again."""
    link.choose = lambda: "drop request"
    op = send(page, sheet, typed)
    assert link.arrived.wait(20)
    with app.app_context():
        other = cookie_of(db.session(), firm.members["warehouse"])
    sign_in(phone, link.url, other)
    page.goto(f"/c/{firm.slug}/outbox")
    link.choose = None
    link.seen.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_load_state("networkidle")
    assert not link.seen, "sent by another"
    assert not stands(look, op)
    assert [row["op"] for row in entries(page)] == [op]
    assert op not in page.content()
    sign_in(phone, link.url, cookie)
    page.goto(sheet.page)
    return page, op
