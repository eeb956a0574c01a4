"""A firm, the forms of its pages that queue, and a phone behind a link that fails."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from tests.support.bad_input import Sheet, actions_of, pages_of, sheets_of
from tests.support.browser import wait_for
from tests.support.database import ROOT
from tests.support.faulty import Link, faulty_link
from tests.support.hygiene import Document
from tests.support.matrix import Firm
from tests.support.pages import signed_in
from tests.support.two_firms import firm
from webapp.kernel.postgres import for_libpq
from webapp.kernel.wall import Actor

HERE = Path(__file__).parent
BROWSER = {
    *("test_faults", "test_outbox", "test_history", "test_pages"),
    *("test_flows", "test_asks", "test_lists", "test_looking_up", "test_removed"),
}
ROLES = ("owner", "supplier")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.path.stem in BROWSER:
            item.add_marker(pytest.mark.browser)
            # One of them once stood still for minutes on a busy machine; until that is found they are bin/prove's.
            item.add_marker(pytest.mark.slow)


class Server:
    """The application, served as in real use, that can be killed and started again at the same address."""

    def __init__(self, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.environment = {**os.environ, "DATABASE_URL": database, "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        granian = str(Path(sys.executable).parent / "granian")
        command = [
            granian,
            "--interface",
            "wsgi",
            "--workers",
            "1",
            "--http",
            "1",
            "--no-ws",
            "--blocking-threads",
            "2",
        ]
        command += ["--log-level", "warning", "--port", str(self.port), "wsgi:app"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        wait_for(self.process, self.port)

    def kill(self) -> None:
        """At once, with whatever is under way: a worker left over would go on answering for a moment."""
        assert self.process
        pids = [self.process.pid, *children_of(self.process.pid)]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        while not all(is_dead(pid) for pid in pids[1:]):
            time.sleep(0.01)

    def restart(self) -> None:
        """Killed hard, then there again."""
        self.kill()
        self.start()


def children_of(pid: int) -> list[int]:
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [each for child in children for each in children_of(child)]


def is_dead(pid: int) -> bool:
    """Gone, or waiting for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@contextmanager
def served(database: str) -> Iterator[Server]:
    server = Server(database)
    server.start()
    try:
        yield server
    finally:
        server.kill()


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
            for sheet in sheets_of(self.app, signed_in(self.app, actor), pages):
                if getattr(self.app.view_functions[sheet.endpoint], "queues", False):
                    found.setdefault(sheet.endpoint, []).append((actor, sheet))
        return {of: sorted(forms, key=lambda one: -len(one[1].fields)) for of, forms in found.items()}


@pytest.fixture(scope="session")
def firms(app: Flask, look: psycopg.Connection) -> Firms:
    return Firms(app, look)
