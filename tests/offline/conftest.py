"""A firm, the forms of its pages that queue, and a phone behind a link that fails."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.support.bad_input import Sheet, actions_of, pages_of, sheets_of
from tests.support.faulty import Link, faulty_link
from tests.support.flows import Floor, Scanner
from tests.support.hygiene import Document
from tests.support.matrix import Firm
from tests.support.outbox import SAFARI
from tests.support.pages import signed_in
from tests.support.serving import served
from tests.support.two_firms import firm
from webapp.kernel.postgres import for_libpq
from webapp.kernel.wall import Actor

HERE = Path(__file__).parent
ROLES = ("owner", "supplier")
LEADS = 6
"""As many as a firm has, each in a state of its own."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(params=[pytest.param(False, id="chromium"), pytest.param(True, id="safari", marks=pytest.mark.slow)])
def safari(request: pytest.FixtureRequest) -> bool:
    """Whether the phone lacks what Safari lacks: in bin/ci those marked `either_way`, in bin/prove each."""
    return bool(request.param)


@pytest.fixture(scope="session")
def link(database: str) -> Iterator[Link]:
    with served(database) as server, faulty_link(server.url) as link:
        link.kill = server.restart
        yield link


@pytest.fixture(autouse=True)
def mended(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins and ends with a link that passes everything."""
    yield
    if "link" in request.fixturenames:
        link: Link = request.getfixturevalue("link")
        link.planned.clear()
        link.choose, link.cut = None, False


@pytest.fixture(scope="session")
def look(database: str) -> Iterator[psycopg.Connection]:
    """The database as its owner sees it."""
    with psycopg.connect(for_libpq(database), autocommit=True) as connection:
        yield connection


Forms = dict[str, list[tuple[Actor, Sheet]]]


class Firms:
    """A firm for each that asks: what a form does can be done to its document once."""

    def __init__(self, app: Flask, look: psycopg.Connection) -> None:
        self.app, self.look = app, look
        self.made: dict[str, tuple[Firm, Forms]] = {}

    def of(self, name: str) -> tuple[Firm, Forms]:
        """The firm of that name; and by endpoint the forms that queue, each with whose it is, the fullest first."""
        if name not in self.made:
            with self.app.app_context():
                made = firm(f"Queueing {name}", "")
            self.made[name] = made, self._forms(made)
        return self.made[name]

    def form(self, name: str, endpoint: str) -> tuple[Actor, Sheet]:
        """A form of that firm as it is on its page now: what other forms did may have taken it away."""
        _firm, forms = self.of(name)
        for actor, sheet in forms[endpoint]:
            page = Document(signed_in(self.app, actor).get(sheet.page).text)
            if any(sheet.action in actions_of(page, form, sheet.page) for form in page.find("form")):
                return actor, sheet
        pytest.fail(f"no page has a form of {endpoint} any more")

    def _forms(self, made: Firm) -> Forms:
        found: Forms = {}
        for actor in (made.members[role] for role in ROLES):
            pages = [page for page in pages_of(self.app, self.look, actor, last=2) if not page.endswith("/offline")]
            leads = [page for page in pages_of(self.app, self.look, actor, last=LEADS) if "/leads/" in page]
            for one in self._queueing(actor, dict.fromkeys([*pages, *leads])):
                found.setdefault(one[1].endpoint, []).append(one)
        return {of: sorted(forms, key=lambda one: -len(one[1].fields)) for of, forms in found.items()}

    def _queueing(self, actor: Actor, pages: Iterable[str]) -> Iterator[tuple[Actor, Sheet]]:
        for sheet in sheets_of(self.app, signed_in(self.app, actor), list(pages)):
            if getattr(self.app.view_functions[sheet.endpoint], "queues", False):
                yield actor, sheet


@pytest.fixture(scope="session")
def firms(app: Flask, look: psycopg.Connection) -> Firms:
    return Firms(app, look)


@pytest.fixture
def floor(session: Session, look: psycopg.Connection, live_server: str) -> Floor:
    return Floor(session, look, live_server)


@pytest.fixture
def scanner(phone: Callable[..., Page], floor: Floor, safari: bool) -> Scanner:
    page = phone("en")
    if safari:
        page.add_init_script(SAFARI)
    return Scanner(page, floor, floor.keeper)
