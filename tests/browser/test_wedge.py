"""Scanners that type: heard anywhere on a page, never in the way of a person who writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.thread import CREAM, Firm, a_wholesaler

from .walk import Walker

TOLD = """
    addEventListener('DOMContentLoaded', () => {
        globalThis.told = []
        document.addEventListener('scan:code', (event) => {
            if (globalThis.held) event.preventDefault()
            told.push([event.detail.text, event.detail.source])
        })
    })
"""
COMPOSED = """() => {
    const field = document.querySelector('[data-scan-field]')
    field.value = '牛奶'
    for (const key of [...'niunai', 'Enter'])
        field.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def dock(session: Session, phone: Callable[..., Page], picture: Callable[[Page, str], Path]) -> Walker:
    firm: Firm = a_wholesaler(session)
    page = phone("en", size={"width": 1280, "height": 800})
    page.add_init_script(TOLD)
    walker = Walker(page, firm, picture)
    walker.sign_in("dock")
    return walker


def scans(page: Page, code: str, end: str = "Enter") -> None:
    """As a scanner: key upon key, then its end."""
    page.keyboard.type(code)
    page.keyboard.press(end)


def test_a_scanner_is_heard_on_any_page(dock: Walker) -> None:
    page = dock.page
    scans(page, CREAM)
    page.wait_for_url("**/stock/transfers/new?*")
    expect(page.locator("main .thing-name")).to_contain_text("Whipping cream")
    page.locator("body").click(position={"x": 5, "y": 5})
    scans(page, "Q-01", "Tab")
    page.wait_for_url("**/scan")
    assert page.evaluate("told") == [["Q-01", "wedge"]]
    expect(page.locator(".pill")).to_contain_text("Q-01")


def test_a_field_in_focus_is_left_alone(dock: Walker) -> None:
    page = dock.page
    dock.go("search")
    field = page.locator("input[type=search]").first
    field.click()
    page.keyboard.type(CREAM)
    page.keyboard.press("Tab")
    assert page.evaluate("told") == []
    expect(field).to_have_value(CREAM)


def test_a_shortcut_is_not_pressed_by_a_scanner(dock: Walker) -> None:
    page = dock.page
    dock.go("stock")
    page.evaluate("""() => {
        globalThis.held = true
        globalThis.pressed = 0
        const button = document.createElement('button')
        button.onclick = () => { pressed += 1 }
        button.dataset.key = 'a'
        document.body.append(button)
    }""")
    scans(page, "a-01-1")
    page.wait_for_timeout(300)
    assert page.evaluate("[told.length, pressed]") == [1, 0]
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert page.evaluate("pressed") == 1


def test_a_composition_is_not_a_scan(dock: Walker) -> None:
    page = dock.page
    dock.go("scan")
    page.evaluate(COMPOSED)
    page.wait_for_timeout(200)
    assert page.evaluate("told") == []
    page.locator("[data-scan-field]").press("Enter")
    assert page.evaluate("told") == [["牛奶", "typed"]]


def test_the_separator_of_gs1_is_kept(dock: Walker) -> None:
    page = dock.page
    dock.go("scan")
    page.evaluate("globalThis.held = true")
    page.keyboard.type("]C10106901234567892" + "10L2611A")
    page.keyboard.press("Control+]")
    scans(page, "17270318")
    assert page.evaluate("told") == [["]C1010690123456789210L2611A\x1d17270318", "wedge"]]
    expect(page.locator("[data-scan-field]")).to_have_value("]C1010690123456789210L2611A17270318")
