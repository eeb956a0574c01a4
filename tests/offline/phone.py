"""Someone with a phone in these tests: their company, and what they do on it."""

from dataclasses import dataclass

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.support.faulty import Link
from tests.support.outbox import controlled, cookie_of, entries, go, until
from tests.support.world import a_company
from webapp.kernel.db import db
from webapp.kernel.wall import Actor

either_way = pytest.mark.parametrize("safari", [False, True], ids=["chromium", "safari"])
"""A story that bin/ci too walks as Chromium and as Safari."""


@dataclass
class Someone:
    """An owner, signed in on a phone by a cookie."""

    actor: Actor
    cookie: str

    def at(self, path: str) -> str:
        return f"/c/{self.actor.company.slug}/{path}"

    def opens(self, page: Page, path: str) -> None:
        """A page of theirs, served by the worker from now on."""
        go(page, self.at(path))
        controlled(page)

    def takes_in(self, page: Page, name: str) -> None:
        """A customer, by the form on the page."""
        if "/customers/new" not in page.url:
            self.opens(page, "customers/new")
        page.locator("main input[name=name]").fill(name)
        page.locator("main input[name=name]").press("Enter")


def someone(app: Flask, name: str) -> Someone:
    with app.app_context():
        actor = a_company(db.session(), name)
        return Someone(actor, cookie_of(db.session(), actor))


def waits(page: Page, count: int, *, left: str = "") -> None:
    """Until so many entries are on the phone that the server has not answered.

    `left` is in the address of the form that made the last of them: an entry is there before its first send, and only
    when that has failed does the phone go on from the form.
    """
    for _look in range(400):
        rows = [row for row in entries(page) if row["state"] != "sent"]
        if len(rows) == count:
            if left:
                page.wait_for_url(lambda url: left not in url)
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(rows)} wait: {rows}")


def docs(page: Page) -> list[str]:
    """The caches of whole pages on this phone."""
    kept = "async () => (await caches.keys()).filter((one) => one.startsWith('docs-'))"
    found: list[str] = until(page, kept, fits=lambda _found: True)
    return found


def customers(look: psycopg.Connection, rep: Someone, name: str) -> int:
    """How many of that name there are."""
    count = "SELECT count(*) FROM partner WHERE company_id = %s AND name = %s"
    row = look.execute(count, [rep.actor.company_id, name]).fetchone()
    return int(row[0]) if row else 0


def queued(page: Page, link: Link, rep: Someone, name: str, already: int = 0) -> None:
    """A customer taken in where the network fails."""
    rep.opens(page, "customers/new")
    link.cut = True
    rep.takes_in(page, name)
    waits(page, already + 1, left="customers/new")
