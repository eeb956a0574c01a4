"""Scanning by the camera: from a code's first picture to the feedback of what it did, in Chromium fed by a video."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from zxingcpp import BarcodeFormat

from bench.figure import Figure, percentile
from bench.firm import Firm, firm
from bench.stage import Stage
from tests.support.browser import PHONE
from tests.support.codes import chromium_that_sees, code, seen, video

BARCODES = "SELECT code FROM barcode WHERE company_id = %s AND length(code) = 13 ORDER BY code LIMIT 2"
LISTENER = """
addEventListener('DOMContentLoaded', () => {
    const now = () => performance.timeOrigin + performance.now()
    globalThis.told = { read: [], told: [] }
    let from = 0
    document.addEventListener('scan:code', ({ detail }) => {
        from = performance.timeOrigin + detail.at
        told.read.push(now() - from)
    })
    document.addEventListener('scan:feedback', () => { if (from) told.told.push(now() - from); from = 0 })
})
"""
SHOWN, AWAY = 14, 16
"""Pictures of a code and of the bare carton between two: it has left the view before it is shown again."""
PATIENCE = 120_000


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    takes = 8 if stage.quick else 40
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        film = video(Path(folder) / "goods.mjpeg", pictures(stage, house))
        with chromium_that_sees(film, playwright.chromium) as browser:
            context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, permissions=["camera"])
            site = f"http://localhost:{stage.port}"
            context.add_cookies([{"name": "session", "value": house.cookies["warehouse"], "url": site}])
            context.add_init_script(LISTENER)
            page = context.new_page()
            page.goto(site + house.path("scan"))
            read, told = scanned(page, takes)
    yield figure(
        "scan, in view to code", read, "The first picture of a code to the code: bars are read twice before they count."
    )
    yield figure(
        "scan, in view to feedback", told, "The same to frame, sound and words, with the server asked what the code is."
    )


def pictures(stage: Stage, house: Firm) -> list[tuple[bytes, int]]:
    """Two products by turns, and nothing between them."""
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        codes = [row[0] for row in connection.execute(BARCODES, [house.id])]
    shown = [(seen(code(each, BarcodeFormat.EAN13)), SHOWN) for each in codes]
    return [part for goods in shown for part in (goods, (seen(), AWAY))]


def scanned(page: Page, takes: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each take; the first wakes the reader and does not count."""
    for _ in range(PATIENCE // 250):
        if page.evaluate("told.told.length") > takes:
            break
        page.wait_for_timeout(250)
    told = page.evaluate("told")
    return told["read"][1:], told["told"][1:]


def figure(name: str, times: list[float], words: str) -> Figure:
    return Figure(
        figure=name,
        p50_ms=statistics.median(times),
        p95_ms=percentile(times, 95),
        size=len(times),
        words=f"{words} {len(times)} takes.",
    )
