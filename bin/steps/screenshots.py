"""Pictures of the demo company's pages: phone and desk, both languages, light and dark."""

import argparse
import itertools
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
CHROMIUM = "/usr/bin/chromium"
PAGES = {
    "rep": ("today", "search", "search?q=fml", "new", "me", "sales/orders", "sales/orders/new", "customers", "scan"),
    "dock": ("today", "scan", "stock", "stock/transfers/new", "purchasing/shipments", "sales/deliveries", "products"),
    "buyer": ("today", "planning/proposals", "purchasing/orders", "suppliers"),
    "books": ("today", "books/trial-balance", "books/vouchers", "books/periods"),
    "boss": ("today", "figures", "colleagues", "company", "follow-ups", "follow-up-rules"),
    "supplier": ("today", "portal/orders", "portal/shipments"),
}
"""What to look at, by who looks; a path of the company. The first link of a list is opened too (FOLLOW)."""
NAMES = {"rep": "林晓雯", "dock": "陈建国", "buyer": "王敏", "books": "何静", "boss": "沈丰禾", "supplier": "周海燕"}
FOLLOW = {
    "sales/orders": "a.row, .rows a",
    "customers": ".rows a",
    "purchasing/orders": ".rows a",
    "books/vouchers": "a[href*='/books/vouchers/']",
    "products": ".rows a",
    "sales/deliveries": ".rows a",
    "purchasing/shipments": ".rows a",
    "portal/orders": ".rows a",
}
SIGNED_OUT = ("", "signin", "start", "demo")


def main() -> None:
    """Take them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", default="var/artefacts/screenshots", type=Path)
    asked.add_argument("--base", default="http://localhost:8000")
    asked.add_argument("--only", default="", help="only pages whose name holds this")
    asked.add_argument("--all", action="store_true", help="both languages, themes and widths")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    looks = [("zh", "light", PHONE), ("en", "dark", PHONE)]
    if options.all:
        looks = list(itertools.product(("zh", "en"), ("light", "dark"), (PHONE, DESK)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        )
        for language, scheme, size in looks:
            take(browser, options, language, scheme, size)
        browser.close()


def take(browser: Browser, options: argparse.Namespace, language: str, scheme: str, size: dict[str, int]) -> None:
    """All pages in one look."""
    look = f"{language}-{scheme}-{size['width']}"
    for path in SIGNED_OUT:
        context = open_context(browser, options.base, language, scheme, size)
        shoot(context.new_page(), options, f"/{path}", f"door-{path or 'home'}-{look}")
        context.close()
    for who, paths in PAGES.items():
        context = open_context(browser, options.base, language, scheme, size)
        page = context.new_page()
        page.goto(f"{options.base}/demo")
        page.get_by_role("button", name=NAMES[who]).first.click()
        page.wait_for_url("**/today")
        company = page.url.rsplit("/", 1)[0]
        for path in paths:
            name = f"{who}-{path.replace('/', '-').replace('?', '-')}"
            shoot(page, options, f"{company}/{path}", f"{name}-{look}")
            if path in FOLLOW and options.only in f"{name}-one":
                follow(page, FOLLOW[path], options.folder / f"{name}-one-{look}.png")
        context.close()


def open_context(
    browser: Browser, base: str, language: str, scheme: str, size: dict[str, int]
) -> BrowserContext:
    """A browser of its own, in a language and a theme."""
    return browser.new_context(
        base_url=base,
        viewport=size,  # type: ignore[arg-type]
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=2 if size is PHONE else 1,
        has_touch=size is PHONE,
    )


def shoot(page: Page, options: argparse.Namespace, path: str, name: str) -> None:
    """One picture of what fits the screen."""
    if options.only in name:
        page.goto(path)
        page.screenshot(path=options.folder / f"{name}.png")


def follow(page: Page, selector: str, file: Path) -> None:
    """The page behind the first link of a list."""
    link = page.locator(selector).first
    if link.count():
        page.goto(str(link.get_attribute("href")))
        page.screenshot(path=file)


if __name__ == "__main__":
    main()
