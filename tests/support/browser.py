"""Phones: real Chromium in a phone's size, against a real server on this worker's database.

    def test_today(phone):
        page = phone("zh-Hans")
        page.goto("/")

A page fails its test if a script of it failed or it was refused something by its own security policy.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from .database import ROOT
from .serving import served

ARTEFACTS = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "artefacts"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
Phone = Callable[..., Page]

SWITCHES = ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
# A virtual authenticator takes what the browser offers to fill in at once, without the person: only where it is meant.
FILLS_NOTHING_IN = """
    if (globalThis.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false
"""
LONGEST_WAIT = 10_000  # ms; a page that needs more is broken


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or next(
        (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.access(path, os.X_OK)), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium_path() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="there is no Chromium"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("!", f"NOT RUN: {len(skipped)} BROWSER TESTS, there is no Chromium", red=True)
        terminalreporter.write_line("Install it (Debian: chromium fonts-noto-cjk), or set CHROMIUM to its path.")


@pytest.fixture(scope="session")
def live_server(database: str) -> Iterator[str]:
    """The address of the application, served as in real use, on this worker's database."""
    with served(database) as server:
        yield server.url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=switches)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, live_server: str) -> Iterator[Phone]:
    """`phone(lang='zh-Hans', scheme='light', size=PHONE)`: a page in a fresh phone, signed in nowhere.

    `on` is another Chromium than the tests' own, `allowed` what the browser may do without asking;
    without `scripts` it runs none;
    with `fills_in` it offers passkeys where one types a login.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    def take_out(
        lang: str = "zh-Hans",
        scheme: str = "light",
        size: dict[str, int] = PHONE,
        on: Browser | None = None,
        allowed: tuple[str, ...] = (),
        *,
        scripts: bool = True,
        fills_in: bool = False,
    ) -> Page:
        small = size["width"] < 768
        context = (on or chromium).new_context(
            permissions=allowed,
            java_script_enabled=scripts,
            base_url=live_server,
            viewport=size,
            locale=lang,
            color_scheme=scheme,
            device_scale_factor=2 if small else 1,
            is_mobile=small,
            has_touch=small,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(LONGEST_WAIT)
        if not fills_in:
            context.add_init_script(FILLS_NOTHING_IN)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.extend(complaint(page, message)))
        pages.append(page)
        return page

    yield take_out
    for page in pages:
        page.context.close()
    assert not complaints, complaints


ASKED_FOR = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
"""What a browser notes by itself of an answer or a lack of network that a test may well ask for."""


def complaint(page: Page, message: ConsoleMessage) -> list[str]:
    """Errors, but not such notes."""
    if message.type != "error" or any(note in message.text for note in ASKED_FOR):
        return []
    return [f"{page.url}: {message.text}"]


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """`picture(page, 'order-confirmed')`: keep what the page looks like in var/artefacts/."""

    def keep(page: Page, name: str) -> Path:
        path = ARTEFACTS / request.node.name.replace("/", "_") / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        return path

    return keep
