"""The first thing one sees: a page of ours in a phone, in both languages and both schemes, wherever one lands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_a_page_that_is_not_there_says_so(
    phone: Callable[..., Page], picture: Callable[[Page, str], Path], lang: str, scheme: str
) -> None:
    page = phone(lang, scheme)
    answer = page.goto("/no/such/page")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone"
    picture(page, "not-found")
