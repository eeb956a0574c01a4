"""Walking: one person at one phone. Addresses and field names are the same in both languages; words are not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from re import Pattern

from playwright.sync_api import Locator, Page, expect

from tests.support.access import complaints
from tests.support.thread import PASSWORD, Firm

ANSWERED = """(box) => {
    globalThis.found = new Promise((done) => {
        const told = ({ detail }) => {
            if (!detail.root.matches?.(box.dataset.target)) return
            document.removeEventListener('page:shown', told)
            done(true)
        }
        document.addEventListener('page:shown', told)
    })
}"""
"""Before one types: from then on `found` waits for what the search box is answered."""


@dataclass
class Walker:
    """A person, their phone, and the pictures taken on the way."""

    page: Page
    firm: Firm
    picture: Callable[[Page, str], Path]
    n: list[int] = field(default_factory=lambda: [0])
    """How many pictures the whole walk has, shared by all who walk."""

    def sign_in(self, who: str) -> None:
        """By password; Today follows."""
        self.page.goto("/signin")
        self.page.locator("[name=login]").fill(self.firm.logins[who])
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url("**/today")

    def go(self, path: str) -> None:
        """To a page of the company."""
        self.page.goto(f"/c/{self.firm.slug}/{path}")

    def today(self) -> None:
        """To Today: by the dock, or from a task page by its address."""
        if self.page.locator(".dock").is_visible():
            self.page.locator(".dock a[href$='/today']").click()
        else:
            self.go("today")
        self.page.wait_for_url("**/today")

    def tap(self, what: str, then: str | Pattern[str] | None = None) -> None:
        """Tap the first thing that fits `what`; `then` is the address it leads to."""
        if then is None:
            self.page.locator(what).first.click()
            return
        with self.page.expect_navigation(url=then):  # the address may fit already, before a form is answered
            self.page.locator(what).first.click()

    def find(self, typed: str) -> None:
        """Type into the search box, and wait until its list is that of what was typed."""
        box = self.page.locator("input[data-search]").first
        box.evaluate(ANSWERED)
        box.fill(typed)
        self.page.evaluate("found")

    def send(self, form: str) -> None:
        """Tap the button of the form that posts to an address with `form` in it."""
        target = self.page.locator(f"form[action*='{form}'] button[type=submit]:visible").first
        with self.page.expect_navigation():
            target.click()

    def scan(self, code: str) -> None:
        """As a wedge scanner does: the code, then Enter."""
        entry = self.page.locator("input[name=code]")
        entry.fill(code)
        with self.page.expect_navigation():
            entry.press("Enter")

    def sees(self, words: str, where: str = "body") -> Locator:
        """Wait until the words are there."""
        found = self.page.locator(where).get_by_text(words).first
        expect(found).to_be_visible()
        return found

    def shows(self, name: str) -> None:
        """Keep a picture; the page must fit the phone."""
        self.n[0] += 1
        expect(self.page.locator("form[data-counting]")).to_have_count(0)
        found = complaints(self.page)
        assert not found, f"{name}: {found}"
        self.page.wait_for_load_state("networkidle")
        self.picture(self.page, f"{self.n[0]:02d}-{name}")
