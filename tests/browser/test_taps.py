"""A tap is never lost because a list was answered anew under the finger."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy.orm import Session

from tests.support.thread import Firm, a_wholesaler

from .walk import Walker

pytestmark = pytest.mark.thread
Phone = Callable[..., Page]
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


@pytest.fixture
def firm(session: Session) -> Firm:
    return a_wholesaler(session)


class Held:
    """A search whose next answer is held back until it is let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route("**/search?**", self.hold)

    def hold(self, route: Route) -> None:
        self.routes.append(route)

    def ask(self, typed: str) -> None:
        with self.page.expect_request("**/search?**"):
            self.page.locator("[data-search]").fill(typed)

    def answer(self) -> None:
        """The answer is here, and the page has had its time to show it."""
        with self.page.expect_response("**/search?**") as answered:
            self.routes.pop().continue_()
        answered.value.finished()
        self.page.evaluate(DRAWN)


def searching(phone: Phone, firm: Firm, picture: Callable[[Page, str], Path]) -> tuple[Page, Locator]:
    """A rep whose search found the customer."""
    page = phone("zh-Hans")
    rep = Walker(page, firm, picture)
    rep.sign_in("rep")
    rep.go("search")
    page.locator("[data-search]").fill("fml")
    row = page.locator("#results a.row", has_text="福满楼").first
    expect(row).to_be_visible()
    return page, row


def press(page: Page, row: Locator) -> None:
    box = row.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def test_a_row_pressed_while_its_list_is_answered_anew_opens(
    phone: Phone, firm: Firm, picture: Callable[[Page, str], Path]
) -> None:
    page, row = searching(phone, firm, picture)
    there = row.get_attribute("href")
    held = Held(page)
    held.ask("fmld")
    press(page, row)
    held.answer()
    page.mouse.up()
    page.wait_for_url(f"**{there}")


def test_what_was_let_go_elsewhere_lets_the_answer_in(
    phone: Phone, firm: Firm, picture: Callable[[Page, str], Path]
) -> None:
    page, row = searching(phone, firm, picture)
    held = Held(page)
    held.ask("nobody of that name")
    press(page, row)
    held.answer()
    expect(row).to_be_visible()
    page.mouse.move(1, 1)
    page.mouse.up()
    expect(page.locator("#results a.row")).to_have_count(0)
