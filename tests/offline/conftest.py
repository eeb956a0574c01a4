"""A firm, the forms of its pages that queue, and a phone behind a link that fails."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from tests.support.bad_input import Sheet, one_of_each_kind, pages_of, sheets_of
from tests.support.browser import wait_for
from tests.support.database import ROOT
from tests.support.faulty import Link, faulty_link
from tests.support.matrix import Firm
from tests.support.pages import signed_in
from tests.support.two_firms import firm
from webapp.kernel.postgres import for_libpq
from webapp.kernel.wall import Actor

HERE = Path(__file__).parent
BROWSER = {"test_faults", "test_outbox", "test_history", "test_pages", "test_flows"}
ROLES = ("owner", "supplier")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.path.stem in BROWSER:
            item.add_marker(pytest.mark.browser)


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
        """At once, with whatever is under way."""
        assert self.process
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def restart(self) -> None:
        """Killed hard, then there again."""
        self.kill()
        self.start()


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


Forms = dict[str, tuple[Actor, Sheet]]


class Firms:
    """A firm for each that asks: what a form does can be done to its document once."""

    def __init__(self, app: Flask, look: psycopg.Connection) -> None:
        self.app, self.look = app, look
        self.made: dict[str, tuple[Firm, Forms]] = {}

    def of(self, name: str) -> tuple[Firm, Forms]:
        """The firm of that name, and by endpoint whose form that queues it is, and the form."""
        if name not in self.made:
            with self.app.app_context():
                made = firm(f"Queueing {name}", "")
            self.made[name] = made, self._forms(made)
        return self.made[name]

    def _forms(self, made: Firm) -> Forms:
        found: Forms = {}
        for actor in (made.members[role] for role in ROLES):
            pages = pages_of(self.app, self.look, actor, last=2)
            for sheet in one_of_each_kind(sheets_of(self.app, signed_in(self.app, actor), pages)):
                if getattr(self.app.view_functions[sheet.endpoint], "queues", False):
                    found.setdefault(sheet.endpoint, (actor, sheet))
        return found


@pytest.fixture(scope="session")
def firms(app: Flask, look: psycopg.Connection) -> Firms:
    return Firms(app, look)
