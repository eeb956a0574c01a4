"""Taking an order on a phone: figures as one types, a draft that survives, and the same without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.sales import Shop, a_shop
from tests.support.world import a_member
from webapp.identity.models import User
from webapp.identity.verbs.passwords import hashed
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.browser
PASSWORD = "long enough for a test"


def signed_in(page: Page, session: Session, actor: Actor) -> None:
    user = session.execute(select(User).where(User.id == actor.user.id)).scalar_one()
    user.password_hash = hashed(PASSWORD)
    session.commit()
    page.goto("/signin")
    page.fill("#login", user.login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/c/**")


def new_order(page: Page, shop: Shop, **query: Any) -> None:
    given = "&".join(f"{name}={value}" for name, value in query.items())
    page.goto(f"/c/{shop.owner.company.slug}/sales/orders/new?partner={shop.customer.id}&{given}")


def test_the_server_reckons_as_one_types_and_the_draft_stays(phone: Callable[..., Page], session: Session) -> None:
    shop, page = a_shop(session, 15, 40), phone("en")
    signed_in(page, session, shop.rep)
    new_order(page, shop, product=shop.goods[0].id)
    page.fill("input[name=lines-0-quantity]", "24")
    expect(page.locator("#order-total")).to_contain_text("2,400.00")
    expect(page.locator("#line-0-more")).to_contain_text("9")
    page.fill("input[data-search]", shop.goods[1].sku)
    page.locator("#goods button").first.click()
    page.fill("input[name=lines-1-quantity]", "3")
    expect(page.locator("#order-total")).to_contain_text("2,700.00")
    new_order(page, shop)
    expect(page.locator("input[name=lines-1-quantity]")).to_have_value("3")
    expect(page.locator("#line-1-head")).to_contain_text("300.00")
    page.locator("button[name=then][value=confirm]").click()
    page.wait_for_url(re.compile(r"/sales/orders/[0-9a-f-]{36}$"))
    expect(page.locator("main")).to_contain_text("9 ")
    new_order(page, shop)
    expect(page.locator("input[name=lines-0-quantity]")).to_have_count(0)


def test_without_a_script_too(phone: Callable[..., Page], chromium: Any, live_server: str, session: Session) -> None:
    shop = a_shop(session, 15)
    context = chromium.new_context(base_url=live_server, java_script_enabled=False, locale="en")
    page = context.new_page()
    signed_in(page, session, a_member(shop.owner, "sales"))
    new_order(page, shop)
    page.fill("#look", shop.goods[0].sku)
    page.locator("button[name=look]").click()
    page.locator("#goods button").first.click()
    page.fill("input[name=lines-0-quantity]", "2")
    page.locator("button[name=then][value=confirm]").click()
    assert re.search(r"/sales/orders/[0-9a-f-]{36}$", page.url)
    context.close()
    assert phone
