"""The camera of a scan page, fed from a video of real codes: read, told, and the sheet changes under it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session
from zxingcpp import BarcodeFormat

from tests.support.codes import chromium_that_sees, code, seen, video
from tests.support.thread import CREAM, Firm, a_wholesaler

from .walk import Walker

LISTENER = """
    addEventListener('DOMContentLoaded', () => {
        globalThis.told = { codes: [], feedback: [], beeps: 0 }
        document.addEventListener('scan:code', ({ detail }) => told.codes.push(detail))
        document.addEventListener('scan:feedback', ({ detail }) => told.feedback.push(detail.kind))
        const start = OscillatorNode.prototype.start
        OscillatorNode.prototype.start = function (...when) { told.beeps += 1; return start.apply(this, when) }
    })
"""
SAFARI = """
    delete globalThis.BarcodeDetector
    delete Navigator.prototype.wakeLock
    delete Navigator.prototype.vibrate
    delete HTMLVideoElement.prototype.requestVideoFrameCallback
"""
REFUSED = """void (navigator.mediaDevices.getUserMedia =
    () => Promise.reject(new DOMException('', 'NotAllowedError')))"""
Phone = Callable[..., Page]
Picture = Callable[[Page, str], Path]
BLANK = seen()
GOODS = seen(code(CREAM, BarcodeFormat.EAN13))
SHELF = seen(code("Q-01", BarcodeFormat.Code128))


@pytest.fixture
def firm(session: Session) -> Firm:
    return a_wholesaler(session)


def at_the_dock(page: Page, firm: Firm, picture: Picture, *scripts: str) -> Walker:
    for script in (*scripts, LISTENER):
        page.add_init_script(script)
    dock = Walker(page, firm, picture)
    dock.sign_in("dock")
    dock.go("scan")
    return dock


def until(page: Page, true: str) -> None:
    """Wait for something a script can tell; the page's policy forbids Playwright's own way."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {true}; told: {page.evaluate('told')}")


@pytest.mark.thread
@pytest.mark.parametrize("without", [(), (SAFARI,)], ids=["chromium", "as in Safari"])
def test_a_code_is_taken_and_the_sheet_changes_under_the_camera(
    without: tuple[str, ...],
    chromium: Browser,
    phone: Phone,
    picture: Picture,
    firm: Firm,
    tmp_path: Path,
) -> None:
    film = video(tmp_path / "goods.mjpeg", [(GOODS, 30)])
    with chromium_that_sees(film, chromium.browser_type) as eyes:
        dock = at_the_dock(phone("en", on=eyes, allowed=("camera",)), firm, picture, *without)
        page = dock.page
        expect(page.locator(".scan-top.live")).to_have_count(1)  # allowed before, so it starts by itself
        page.evaluate("document.querySelector('video').dataset.same = ''")
        page.locator("[data-camera-type]").tap()  # the first touch wakes the sound
        page.locator("[data-camera-type]").tap()
        page.wait_for_url("**/stock/transfers/new?*")
        expect(page.locator("main .thing-name")).to_contain_text("Whipping cream")
        assert page.evaluate("[told.codes[0].text, told.codes[0].symbology, told.codes[0].source]") == [
            *(CREAM, "EAN13", "camera"),
        ]
        expect(page.locator("video[data-same]")).to_have_count(1)  # one stream, one document
        assert page.evaluate("document.querySelector('video').srcObject.getVideoTracks()[0].readyState") == "live"
        page.wait_for_timeout(1500)
        assert page.evaluate("told.codes.length") == 1, "it stays in view: it is taken once"
        assert page.evaluate("told.feedback") == ["taken"]
        picture(page, "taken")


@pytest.mark.thread
def test_two_scans_move_goods(chromium: Browser, phone: Phone, picture: Picture, firm: Firm, tmp_path: Path) -> None:
    film = video(
        tmp_path / "move.mjpeg",
        [(BLANK, 90), (GOODS, 40), (BLANK, 60), (SHELF, 60)],
    )
    with chromium_that_sees(film, chromium.browser_type) as eyes:
        dock = at_the_dock(phone("en", on=eyes), firm, picture)
        page = dock.page
        page.context.grant_permissions(["camera"])
        page.locator("[data-camera-on]").tap()
        until(page, "told.feedback.length === 2")
        assert page.evaluate("told.codes.map((code) => code.text)") == [CREAM, "Q-01"]
        assert page.evaluate("told.beeps") == 2
        expect(page.locator(".scan-top.live")).to_have_count(1)
        picture(page, "moved")


def test_a_refused_camera_says_what_to_do(phone: Phone, picture: Picture, firm: Firm) -> None:
    dock = at_the_dock(phone("en"), firm, picture)
    page = dock.page
    expect(page.locator("[data-scan-field]")).to_be_visible()
    page.evaluate(
        "void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')))"
    )
    page.locator("[data-camera-on]").tap()
    expect(page.locator("[data-why=refused]")).to_be_visible()
    expect(page.locator("[data-scan-field]")).to_be_visible()
    picture(page, "refused")


@pytest.mark.thread
def test_a_hidden_page_lets_the_camera_go(
    chromium: Browser, phone: Phone, picture: Picture, firm: Firm, tmp_path: Path
) -> None:
    film = video(tmp_path / "blank.mjpeg", [(BLANK, 10)])
    with chromium_that_sees(film, chromium.browser_type) as eyes:
        page = at_the_dock(phone("zh-Hans", on=eyes, allowed=("camera",)), firm, picture).page
        stream = "document.querySelector('[data-camera-picture]').srcObject"
        until(page, f"{stream} !== null")
        for hidden in ("true", "false"):
            page.evaluate(f"void Object.defineProperty(document, 'hidden', {{ configurable: true, value: {hidden} }})")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            until(page, f"({stream} === null) === {hidden}")
        page.locator("[data-camera-type]").tap()
        page.locator("[data-camera-off]").tap()
        expect(page.locator("[data-scan-field]")).to_be_visible()
        page.reload()
        expect(page.locator("[data-camera-on]")).to_be_visible()  # the choice is remembered
        assert page.evaluate(f"{stream} === null")


@pytest.mark.thread
def test_what_is_not_known_stops_and_a_desk_starts_no_camera(
    chromium: Browser, phone: Phone, picture: Picture, firm: Firm, tmp_path: Path
) -> None:
    film = video(tmp_path / "blank.mjpeg", [(BLANK, 10)])
    with chromium_that_sees(film, chromium.browser_type) as eyes:
        desk = phone("en", "dark", {"width": 1280, "height": 800}, on=eyes, allowed=("camera",))
        page = at_the_dock(desk, firm, picture).page
        expect(page.locator("[data-camera-on]")).to_be_visible()
        page.keyboard.type("NO-SUCH-THING")
        page.keyboard.press("Enter")
        until(page, "told.feedback.length === 1")
        assert page.evaluate("[told.feedback[0], told.beeps, told.codes[0].source]") == ["stops", 1, "wedge"]
        expect(page.locator(".pill")).to_contain_text("NO-SUCH-THING")
        picture(page, "stops-at-a-desk")
        page.locator("[data-camera-on]").click()
        expect(page.locator(".scan-top.live")).to_have_count(1)
        picture(page, "camera-at-a-desk")


@pytest.mark.thread
def test_without_a_network_the_camera_reads_on(
    chromium: Browser, phone: Phone, picture: Picture, firm: Firm, tmp_path: Path
) -> None:
    film = video(tmp_path / "goods.mjpeg", [(GOODS, 10)])
    kept = "(async () => (await (await caches.open('files')).keys()).some(({ url }) => url.endsWith('.wasm')))()"
    with chromium_that_sees(film, chromium.browser_type) as eyes:
        page = at_the_dock(phone("en", on=eyes, allowed=("camera",)), firm, picture).page
        page.evaluate("localStorage.setItem('scan.camera', 'off')")
        page.evaluate("(async () => { await navigator.serviceWorker.ready })()")
        until(page, "navigator.serviceWorker.controller !== null")
        page.reload()
        until(page, kept)
        page.context.set_offline(True)
        page.reload()
        page.evaluate("document.addEventListener('scan:code', (event) => event.preventDefault())")  # as a flow does
        page.locator("[data-camera-on]").tap()
        until(page, "told.codes.length > 0")
        assert page.evaluate("told.codes[0].text") == CREAM
