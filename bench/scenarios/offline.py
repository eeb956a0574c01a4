"""Without a network: from a cold start to a page one can work with; and back in one: queued moves sent, in Chromium."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from bench.figure import Figure, percentile
from bench.firm import Firm, firm
from bench.scenarios.transfer import Course, goods_of
from bench.stage import Stage
from tests.support.browser import PHONE, SWITCHES, chromium_path
from tests.support.faulty import Link, faulty_link
from tests.support.outbox import LEFT, nudge, probe, write
from webapp.kernel.types import new_id

USABLE = "() => document.documentElement.classList.contains('js') && document.querySelector('h1')"
ME = "() => [document.querySelector('meta[name=reader]').content, document.querySelector('input[name=as]').value]"
PATIENCE = 180_000
LOOKS = 250  # ms between two looks at what is left, which cost the phone time too


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    with sync_playwright() as playwright:
        with tempfile.TemporaryDirectory() as folder, faulty_link(f"http://localhost:{stage.port}") as link:
            yield cold(playwright.chromium, Path(folder), link, house, 3 if stage.quick else 9)
        with tempfile.TemporaryDirectory() as folder:
            site = f"http://localhost:{stage.port}"
            with browser(playwright.chromium, Path(folder), site, house) as phone:
                yield drained(stage, house, phone, 100 if stage.quick else 1_000)


def browser(kind: BrowserType, folder: Path, site: str, house: Firm) -> BrowserContext:
    """Chromium with a profile on disk, as a phone has it."""
    switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
    context = kind.launch_persistent_context(
        folder, executable_path=chromium_path(), args=switches, base_url=site, viewport=PHONE
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script("new BroadcastChannel('nudge').onmessage = () => dispatchEvent(new Event('online'))")
    context.add_cookies([{"name": "session", "value": house.cookies["warehouse"], "url": site}])
    return context


def cold(kind: BrowserType, folder: Path, link: Link, house: Firm, times: int) -> Figure:
    """The browser started anew each time; nothing answers."""
    with browser(kind, folder, link.url, house) as phone:
        page = phone.new_page()
        page.goto(house.path("offline"))
        page.locator("[data-why=fetched]").wait_for()
    link.cut = True
    took = []
    for _ in range(times):
        with browser(kind, folder, link.url, house) as phone:
            page = phone.new_page()
            began = time.monotonic()
            page.goto("/", wait_until="commit")
            page.wait_for_function(USABLE)
            took.append((time.monotonic() - began) * 1000)
            page.wait_for_selector("html[data-kept]")
    words = f"From / to Today, drawn and with its script, the browser just started: {times} starts."
    return Figure(
        figure="offline, cold start",
        p50_ms=statistics.median(took),
        p95_ms=percentile(took, 95),
        size=house.size.moves,
        words=words,
    )


def drained(stage: Stage, house: Firm, phone: BrowserContext, count: int) -> Figure:
    """Moves that were done without a network go out one after the other."""
    course = Course(goods_of(stage, house), 1)
    page = phone.new_page()
    first = course.goods[0]
    page.goto(house.path(f"stock/transfers/new?product={first.product}&lot={first.lot}&source={first.home}"))
    page.wait_for_function("() => navigator.serviceWorker.controller")
    user, member = page.evaluate(ME)
    write(page, [entry(house, course, user, member) for _ in range(count)])
    began = time.monotonic()
    nudge(page)
    wait(page, user)
    took = time.monotonic() - began
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        asked = "SELECT count(*) FROM operation WHERE company_id = %s AND user_id = %s AND status = 'applied'"
        row = connection.execute(asked, [house.id, user]).fetchone()
    words = (
        f"{count} queued moves sent in order in {took:.1f} s, each kept until its answer: {1000 * took / count:.1f} ms."
    )
    return Figure(
        figure="offline, queued moves sent",
        per_s=count / took,
        clients=1,
        failed=count - (row[0] if row else 0),
        size=house.size.moves,
        words=words,
    )


def entry(house: Firm, course: Course, user: str, member: str) -> dict[str, Any]:
    """As the form would have written it."""
    goods, op, path = course.next(), str(new_id()), house.path("stock/transfers")
    fields = {
        "op_id": op,
        "as": member,
        "product_id": goods.product,
        "lot_id": goods.lot,
        "from_id": goods.home,
        "to_id": goods.away,
        "quantity": 1,
        "done_at": "2026-11-25T10:00:00+08:00",
    }
    return {
        "op": op,
        "user": user,
        "state": "waiting",
        "tries": 0,
        "offline": True,
        "madeAt": time.time() * 1000,
        "path": path,
        "from": path,
        "fields": [(name, str(value)) for name, value in fields.items()],
        "icon": "arrow-left-right",
        "title": "Move",
        "sub": "",
        "rows": [],
        "after": [],
        "next": "",
        "draft": "",
    }


def wait(page: Page, user: str) -> None:
    still = probe(page.context)
    while still.evaluate(LEFT, user):
        page.wait_for_timeout(LOOKS)
