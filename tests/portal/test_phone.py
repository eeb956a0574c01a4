"""A supplier answers in a real browser: what shows as one taps, and the same without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.purchasing import a_supplier_with_user, lines_of_order, sent, soon
from tests.support.world import PASSWORD, a_company, a_member
from webapp.identity.models import User
from webapp.identity.verbs.passwords import hashed
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.browser


class World:
    """An order of 40 cream and 48 cheese before a supplier who signs in by password."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        supplier, user = a_supplier_with_user(self.owner)
        self.login = f"zhou.{new_id()}"
        with before_wall(session):
            person = session.get_one(User, user.user.id)
            person.login, person.password_hash = self.login, hashed(PASSWORD)
        goods = [
            (a_product(self.owner, name, name2=None), q, p) for name, q, p in (("稀奶油", 40, 198), ("奶酪", 48, 58))
        ]
        self.id = sent(a_member(self.owner, "buyer"), supplier, *goods)
        self.path = f"/c/{self.owner.company.slug}/portal/orders/{self.id}"

    def enter(self, page: Page) -> None:
        page.goto("/signin")
        page.locator("input[name=login]").fill(self.login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/c/**")
        page.goto(self.path)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def figures(owner: Actor, world: World) -> list[tuple[int, int, int]]:
    return [(int(x.accepted), int(x.waiting), int(x.refused)) for x in lines_of_order(owner, world.id)]


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_part_now_part_later_as_one_taps(
    phone: Callable[..., Page], picture: Callable[[Page, str], Path], world: World, lang: str
) -> None:
    page = phone(lang, size={"width": 320, "height": 700})
    world.enter(page)
    first = page.locator("details.unfolds").first
    first.locator("summary").click()
    first.locator(".choice-part").nth(1).click()
    first.locator("input[name$='parts-0-quantity']").fill("25")
    first.locator("input[name$='parts-1-quantity']").fill("15")
    first.locator("input[name$='parts-1-day']").fill(soon(world.owner, 9).isoformat())
    expect(page.locator("#sum-0")).to_contain_text("25 + 15 = 40")
    expect(page.locator("#answer-words")).to_contain_text("1")
    first.locator("[data-add-line]").click()
    expect(first.locator("input[name$='parts-2-quantity']")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone"
    picture(page, f"answer-{lang}")
    page.locator(".tray button").click()
    page.wait_for_url("**/portal/orders/**")
    expect(page.locator("[data-toast]")).to_be_visible()
    assert figures(world.owner, world) == [(25, 15, 0), (48, 0, 0)]


def test_the_same_without_a_script(chromium: Browser, live_server: str, world: World) -> None:
    context = chromium.new_context(base_url=live_server, java_script_enabled=False, locale="en")
    page = context.new_page()
    world.enter(page)
    second = page.locator("details.unfolds").nth(1)
    second.locator("summary").click()
    second.locator(".choice-part").nth(2).click()
    second.locator("input[name$='-price']").fill("61.50")
    second.locator("input[name$='-reason']").fill("Milk price up")
    page.locator(".tray button").click()
    page.wait_for_url(f"**{world.path}")
    assert figures(world.owner, world) == [(40, 0, 0), (0, 48, 0)]
    context.close()
