"""A browser that runs no script: a shipment is counted by code and by hand, one line short, and booked in."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import stock_at
from tests.support.purchasing import a_supplier_with_user, differences, sent, shipment_now, shipped, soon
from tests.support.thread import PASSWORD
from tests.support.world import a_company, a_member, act
from webapp.catalog.models import Product
from webapp.identity import add_member, new_user
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor


class World:
    """Five of cream, of lot L1, and three of cheese stand at the dock; whoever receives them has no scripts."""

    def __init__(self, session: Session, page: Page) -> None:
        self.page, self.owner = page, a_company(session)
        supplier, user = a_supplier_with_user(self.owner, "绿源乳品")
        self.cream = a_product(self.owner, "稀奶油", name2="Cream", keeps_lots=True, sku="10031")
        self.cheese = a_product(self.owner, "马苏里拉", name2="Mozzarella", sku="10044")
        order = sent(a_member(self.owner, "buyer"), supplier, (self.cream, 5, 198), (self.cheese, 3, 58))
        self.shipment = shipped(user, order, (5, 3), {0: ("L1", soon(self.owner, 100))})
        self.login = f"dock.{new_id().hex[-8:]}@example.com"
        act(self.owner, self._hire)

    def _hire(self, actor: Actor) -> UUID:
        return add_member(actor, new_user(self.login, "Dock", PASSWORD), "warehouse")

    def press(self, what: str) -> None:
        """A button; the page comes again."""
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    def here(self, product: Product) -> int:
        return int(sum(quantity for quantity, _reserved in stock_at(self.owner, product.id).values()))


@pytest.fixture
def world(session: Session, phone: Callable[..., Page]) -> World:
    return World(session, phone("en", scripts=False))


@pytest.mark.thread
def test_receiving_needs_no_script(world: World, picture: Callable[[Page, str], Path]) -> None:
    page = world.page
    page.goto("/signin")
    page.locator("[name=login]").fill(world.login)
    page.locator("[name=password]").fill(PASSWORD)
    world.press("main form button[type=submit]")
    page.goto(f"/c/{world.owner.company.slug}/purchasing/shipments/{world.shipment}/receipts/new")
    page.locator("[name=code]").fill("10031")
    page.locator("[name=code]").press("Enter")
    expect(page.locator(".scan-said:visible")).to_contain_text("+1")
    expect(page.locator("[name$=-good]:visible")).to_have_value("1")
    page.locator("[name$=-good]:visible").fill("5")
    picture(page, "cream-counted")
    world.press("button[name=open]")
    page.locator("[name$=-good]:visible").fill("2")
    world.press("button[name=tap][value^=short]")
    picture(page, "cheese-short")
    world.press(".tray button[type=submit]")
    expect(page.locator("h1")).to_contain_text("GR-")
    picture(page, "booked")
    assert (world.here(world.cream), world.here(world.cheese)) == (5, 2)
    assert shipment_now(world.owner, world.shipment).state == "received"
    assert differences(world.owner) == []
