"""Pictures of a running demo company: every page of every role, as people see it."""

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .walking import DOORS, NAMES, REFUSALS, start_empty, walk

PHONE, DESK, NARROW = {"width": 390, "height": 844}, {"width": 1280, "height": 800}, {"width": 320, "height": 640}
CHROMIUM = "/usr/bin/chromium"
README = (("rep", "today", "today", "en", "light"), ("books", "books/trial-balance", "trial-balance", "zh", "dark"))
"""The pictures of the README: who, which page, the file's name, the language, the theme."""


def main() -> None:
    """Take them."""
    options = _asked()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        )
        if options.readme:
            for_readme(browser, options)
        else:
            for language, scheme, size in _looks(options):
                take(browser, options, language, scheme, size)
        browser.close()


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", default="var/artefacts/screenshots", type=Path)
    asked.add_argument("--base", default="http://localhost:8000")
    asked.add_argument("--only", default="", help="only pages whose name holds this")
    asked.add_argument("--who", default="", help="only this person: " + ", ".join(NAMES))
    asked.add_argument("--all", action="store_true", help="both languages, themes and widths")
    asked.add_argument("--look", help="one look, such as en-light-320")
    asked.add_argument("--errors", action="store_true", help="forms refused, and an empty company (writes to the demo)")
    asked.add_argument("--readme", action="store_true", help="docs/pictures of the README")
    return asked.parse_args()


def _looks(options: argparse.Namespace) -> Iterator[tuple[str, str, dict[str, int]]]:
    if options.look:
        language, scheme, width = options.look.split("-")
        yield language, scheme, next(size for size in (PHONE, DESK, NARROW) if size["width"] == int(width))
    elif options.all:
        yield from itertools.product(("zh", "en"), ("light", "dark"), (PHONE, DESK))
    else:
        yield from (("zh", "light", PHONE), ("en", "dark", PHONE))


def take(browser: Browser, options: argparse.Namespace, language: str, scheme: str, size: dict[str, int]) -> None:
    """All pages in one look: the doors, then each person's pages as their links lead to them."""
    look = f"{language}-{scheme}-{size['width']}"
    for path in () if options.who else DOORS:
        context = open_context(browser, options.base, language, scheme, size)
        page = context.new_page()
        page.goto(f"/{path}")
        shoot(page, options, f"door-{path.replace('/', '-') or 'home'}-{look}")
        context.close()
    for who in (options.who,) if options.who else NAMES:
        context = open_context(browser, options.base, language, scheme, size)
        page = context.new_page()
        company = sign_in(page, who)
        for name in walk(page, company):
            shoot(page, options, f"{who}-{name}-{look}")
        if options.errors:
            for path, name in REFUSALS.get(who, {}).items():
                refuse(page, f"{company}/{path}")
                shoot(page, options, f"{who}-{name}-refused-{look}")
        context.close()
    if options.errors and not options.who:
        context = open_context(browser, options.base, language, scheme, size)
        page = context.new_page()
        company = start_empty(page)
        for name in walk(page, company):
            shoot(page, options, f"empty-{name}-{look}")
        context.close()


def for_readme(browser: Browser, options: argparse.Namespace) -> None:
    """The README's pictures, small enough for a page."""
    folder = Path("docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for who, path, name, language, scheme in README:
        context = open_context(browser, options.base, language, scheme, PHONE, scale=1.5)
        page = context.new_page()
        page.goto(f"{sign_in(page, who)}/{path}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png")
        context.close()


def open_context(
    browser: Browser, base: str, language: str, scheme: str, size: dict[str, int], scale: float = 2
) -> BrowserContext:
    """A browser of its own, in a language and a theme."""
    return browser.new_context(
        base_url=base,
        viewport=size,  # type: ignore[arg-type]
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=1 if size is DESK else scale,
        has_touch=size is not DESK,
        reduced_motion="reduce",
    )


def sign_in(page: Page, who: str) -> str:
    """Through the demo's door; the address of the company."""
    page.goto("/demo")
    page.get_by_role("button", name=NAMES[who]).first.click()
    page.wait_for_url("**/c/**")
    return "/".join(page.url.split("/")[:5])


def refuse(page: Page, address: str) -> None:
    """Send a form with nothing in it."""
    page.goto(address)
    page.evaluate(
        """() => { const form = [...document.forms].find((f) => f.method === 'post')
        if (!form) return
        for (const c of form.elements) if (c.name && c.type !== 'hidden' && 'value' in c && c.tagName !== 'SELECT'
          && !['radio', 'checkbox', 'submit'].includes(c.type)) c.value = c.inputMode === 'decimal' ? '-3' : ''
        HTMLFormElement.prototype.submit.call(form) }"""
    )
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)


def shoot(page: Page, options: argparse.Namespace, name: str) -> None:
    """A picture of the whole page."""
    if options.only in name:
        page.screenshot(path=options.folder / f"{name[:120]}.png", full_page=True)


if __name__ == "__main__":
    main()
