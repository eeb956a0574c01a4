"""A database a worker, cloned from a template that the first worker to come prepares.

The server is the one Throughline brings (or `PG_BIN` names), without fsync; with `DATABASE_URL` it is yours, and
the databases made there are dropped at the end.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from webapp.kernel.postgres import database_url, for_libpq, local_server

SHARED = "THROUGHLINE_TESTS"  # names the folder that the workers of one run share
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="tl-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """The URL of the maintenance database of the server that this run's workers share."""
    if os.environ.get("DATABASE_URL"):
        yield make_url(database_url())
        return
    held = local_server(Path(os.environ[SHARED]), FAST)
    yield make_url(held.url("postgres"))
    held.close()


@pytest.fixture(scope="session")
def database(server: URL) -> Iterator[str]:
    """The owner's URL of this worker's own database: every table, no company."""
    run = Path(os.environ[SHARED]).name.replace("-", "_").lower()
    template, mine = f"{run}_template", f"{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    with one_at_a_time():
        if not exists(server, template):
            tell(server, f'CREATE DATABASE "{template}"')
            prepare(address(server, template))
        tell(server, f'CREATE DATABASE "{mine}" TEMPLATE "{template}"')
    yield address(server, mine)
    tell(server, f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (Path(os.environ[SHARED]) / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def address(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)


def exists(server: URL, name: str) -> bool:
    return bool(tell(server, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def tell(server: URL, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(for_libpq(server.render_as_string(hide_password=False)), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def prepare(url: str) -> None:
    """Roles and tables, exactly as an installation gets them."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "database", "prepare"]
    done = subprocess.run(
        flask, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"The database could not be prepared:\n{done.stdout}{done.stderr}", pytrace=False)
