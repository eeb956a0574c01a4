"""A flow that asks does so unmistakably: it is heard, felt, seen and read, until somebody has answered."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.flows import CARTON, Floor, Scanner, moved

pytestmark = pytest.mark.thread
Phone = Callable[..., Page]
HEARD = """
    globalThis.heard = []
    globalThis.AudioContext = class {
        state = 'running'
        currentTime = 0
        createOscillator() {
            const frequency = { set value(hertz) { heard.push(hertz) } }
            return { frequency, connect: (next) => next, start() {}, stop() {} }
        }
        createGain() {
            return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (next) => next }
        }
    }
    Navigator.prototype.vibrate = (shakes) => heard.push(shakes) > 0
"""
COLOUR = "(one) => getComputedStyle(document.querySelector(one)).backgroundColor"
WARNS = """() => {
    const one = document.body.appendChild(document.createElement('p'))
    one.style.setProperty('background-color', 'var(--t-warn)')
    const colour = getComputedStyle(one).backgroundColor
    one.remove()
    return colour
}"""


@pytest.fixture
def floor(session: Session, look: psycopg.Connection, live_server: str) -> Floor:
    return Floor(session, look, live_server)


def test_more_than_the_books_have_asks_in_sound_colour_and_words(
    phone: Phone, floor: Floor, picture: Callable[[Page, str], Path]
) -> None:
    page = phone("en")
    page.add_init_script(HEARD)
    scanner = Scanner(page, floor, floor.keeper)
    scanner.choose("look")  # a touch: before it browsers are silent
    scanner.choose("move")
    scanner.off()
    scanner.scan(CARTON)
    scanner.scan(CARTON)
    scanner.shows("hold")
    plain = page.evaluate(COLOUR, "main.sheet")
    page.evaluate("heard.length = 0")
    scanner.scan(CARTON)
    scanner.shows("asks")
    assert page.evaluate("heard") == [880, 880, [40, 60, 40]]
    head, said = page.locator("main.sheet .sheet-head"), page.locator("[data-scan-said][data-kind=asks]")
    expect(page.locator("body.asks[data-feedback=asks]")).to_be_visible()
    expect(said).to_contain_text("Needs your answer")
    expect(head).to_contain_text("30")
    expect(head).to_contain_text("36")
    assert page.evaluate(COLOUR, "main.sheet .sheet-head") != plain
    expect(head).to_have_css("background-color", page.evaluate(WARNS))
    picture(page, "asks")
    scanner.press("really")
    expect(said).to_be_hidden()
    expect(page.locator("body.asks, body[data-feedback=asks]")).to_have_count(0)
    scanner.scan("B-01-1")
    moved(scanner, "B-01-1")
    scanner.on()
    assert floor.there_is(floor.cream, "B-01-1") == 36
    assert floor.there_is(floor.cream, "A-01-1") == 0
    assert floor.count("count_task") == 1
