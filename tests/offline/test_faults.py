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
from tests.support.outbox import (
    a_phone,
    asked,
    controlled,
    cookie_of,
    drained,
    entries,
    go,
    nudge,
    probe,
    send,
    sign_in,
    stands,
)
from webapp.kernel.db import db

from .conftest import Firms

QUEUEING = (
    *("partners.add_customer", "partners.add_contact", "partners.add_address"),
    *("partners.change_customer", "partners.change_contact", "partners.change_address"),
    *("crm.add_lead", "crm.lead_visit", "crm.ask", "crm.visit", "crm.put_off", "crm.record"),
    *(
        "crm.change_lead",
        "crm.qualify_lead",
        "crm.take_up_lead",
        "crm.convert_lead",
        "crm.pool_lead",
        "crm.disqualify_lead",
    ),
    *("inventory.transfers", "inventory.add_adjustment"),
    *("portal.answer", "portal.add_shipment", "purchasing.book_in_shipment", "purchasing.book_in_order"),
    *("sales.add_order", "sales.change_order", "sales.pick"),
)
"""The forms of DESIGN's list and those beside them, in an order in which one firm can send them all."""
ELSEWHERE = {"inventory.undo_count", "inventory.undo_transfer"}
"""What is taken back: a flow sends it, within ten seconds (`test_flows.py`)."""
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
    "sales.add_order": {"then": "confirm"},
    "sales.change_order": {"then": "confirm"},
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
        return [(endpoint, fault) for fault in FAULTS for endpoint in QUEUEING]
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
    name = fault if os.environ.get("PROVE") else "once"
    firm, _forms = firms.of(name)
    actor, sheet = firms.form(name, endpoint)
    typed = TYPED.get(endpoint, {})
    with app.app_context():
        cookie = cookie_of(db.session(), actor)
    with a_phone(chromium, link.url, cookie) as phone:
        page = phone.new_page()
        page.goto(sheet.page)
        controlled(page)
        if endpoint == "sales.add_order":
            takes_a_line(page)
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
        ended = settled(page, look, op)
    assert not link.planned, "the fault did not happen"
    rows = stands(look, op)
    assert len(rows) == 1, "lost" if not rows else "doubled"
    status, user = rows[0]
    assert user == actor.user.id, "sent as another"
    assert ended in ({"applied": "sent", "rejected": "needs"}[status], "shown")


def takes_a_line(page: Page) -> None:
    """An order that can be sent has a line; the server draws it."""
    page.get_by_role("searchbox").fill("Bought")
    page.locator("#goods button").first.click()
    page.get_by_role("button", name="Confirm order").wait_for()


def settled(page: Page, look: psycopg.Connection, op: str) -> str:
    """How the entry ended on the phone; `shown` where the person saw the refusal at once, on the page itself."""
    row = drained(page, op)
    if row is None or row["state"] == "shown":
        assert stands(look, op), "neither on the phone nor at the server"
        return "shown"
    return str(row["state"])


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
    nudge(page)
    return other, op


def worker_updated(_phone: BrowserContext, page: Page, link: Link, sheet: Sheet, typed: Typed) -> tuple[Page, str]:
    link.plan("delay")
    link.release += 1
    op = send(page, sheet, typed)
    assert link.arrived.wait(20)
    asked(
        probe(page.context),
        "() => navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)",
    )
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
    go(page, f"/c/{firm.slug}/outbox")
    link.choose = None
    link.seen.clear()
    nudge(page)
    page.wait_for_load_state("networkidle")
    assert not link.seen, "sent by another"
    assert not stands(look, op)
    assert [row["op"] for row in entries(page)] == [op]
    assert op not in page.content()
    sign_in(phone, link.url, cookie)
    go(page, sheet.page)
    return page, op
