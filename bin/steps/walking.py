"""One page of each kind that a person's links lead to: found by walking, so that no list of pages grows old."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

NAMES = {
    "rep": "林晓雯",
    "dock": "陈建国",
    "buyer": "王敏",
    "books": "何静",
    "boss": "沈丰禾",
    "supplier": "周海燕",
    "customer": "孙师傅",
}
"""People of the demo, one a role."""
DOORS = ("", "signin", "signin/recovery", "start", "demo", "nothing-here", "i/gone", "t/gone")
"""Pages of whoever is not signed in."""
REFUSALS = {
    "rep": {"customers/new": "customer"},
    "buyer": {"suppliers/new": "supplier"},
    "dock": {"stock/adjustments/new": "adjustment", "stock/transfers/new": "transfer"},
    "boss": {"products/new": "product", "colleagues/new": "invite", "company": "company"},
}
"""Forms to send empty, by who sends them."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_LEFT_OUT = re.compile(r"signin|signout|format=|\.csv|\.svg|/static/|/demo$|after=|/start$")


def walk(page: Page, company: str, most: int = 90) -> Iterator[str]:
    """Open one page of each kind, near ones first; gives each page's name while it is open."""
    waiting = [f"{company}/today", f"{company}/portal", f"{company}/search?q=mi"]
    seen: set[str] = set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = _kind(address, company)
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(address)
        if answer is None or answer.status == 404:
            print(f"!! leads nowhere: {address}")
            continue
        if _kind(page.url, company) != kind and _kind(page.url, company) in seen:
            continue
        seen.add(_kind(page.url, company))
        links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)")
        yield kind
        waiting += [link for link in links if _ours(link, company) and _kind(link, company) not in seen]


def _ours(link: str, company: str) -> bool:
    return (link.startswith(company + "/") or "/t/" in link) and not _LEFT_OUT.search(link)


def _kind(address: str, company: str) -> str:
    """The page's name: its path without ids, and which fields it was asked by."""
    parts = urlsplit(address)
    base = urlsplit(company).path
    path = _ID.sub("one", parts.path.removeprefix(base)).strip("/")
    path = re.sub(r"^t/.*?(/problem)?$", r"tracking\1", path)
    path = re.sub(r"\b\d{4}(-\d\d)?\b|accounts/[\d.]+", lambda found: "account" if "acc" in found[0] else "month", path)
    asked = "-".join(sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair}))
    return (path + (f"-by-{asked}" if asked else "")).replace("/", "-")


def start_empty(page: Page) -> str:
    """A company of one's own, empty, in the reader's language."""
    page.goto("/start")
    login = f"ann{abs(hash(page.context)) % 10**9}@example.com"
    for field, text in {
        "name": "空架 Empty Shelves",
        "owner": "安 Ann",
        "login": login,
        "password": "a long walk home",
    }.items():
        page.locator(f"input[name={field}]").fill(text)
    page.locator("select[name=currency]").select_option("USD")
    page.locator("main button[type=submit], .tray button").last.click()
    page.wait_for_url("**/c/**")
    return "/".join(page.url.split("/")[:5])
