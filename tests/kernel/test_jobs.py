"""Jobs live and die with the transaction that enqueued them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from webapp.kernel.jobs import app, defer, run_worker, task
from webapp.kernel.postgres import for_libpq

RAN: list[tuple[UUID, str]] = []
COMPANY = uuid4()


def in_a_thread_of_its_own(work: Callable[..., None], *args: Any, **known: Any) -> None:
    """A worker makes an event loop; a browser driven by the same test process has one in this thread already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work, *args, **known).result()


@pytest.fixture
def echo() -> Iterator[None]:
    @task("tests.echo")
    def _echo(company_id: UUID, word: str) -> None:
        RAN.append((company_id, word))

    RAN.clear()
    yield
    app.tasks.pop("tests.echo")


def test_a_job_runs_if_its_transaction_commits(database: str, echo: None) -> None:
    with psycopg.connect(for_libpq(database)) as connection:
        defer(connection, "tests.echo", COMPANY, word="lost")
        connection.rollback()
        with connection.pipeline():
            defer(connection, "tests.echo", COMPANY, word="kept")
            connection.commit()
    in_a_thread_of_its_own(run_worker, database, stay=False)
    assert RAN == [(COMPANY, "kept")]


def test_each_job_runs_in_a_context_of_its_own(database: str, echo: None) -> None:
    entered: list[int] = []

    @contextmanager
    def context() -> Iterator[None]:
        entered.append(len(RAN))
        yield

    with psycopg.connect(for_libpq(database)) as connection:
        for word in ("one", "two"):
            defer(connection, "tests.echo", COMPANY, word=word)
    in_a_thread_of_its_own(run_worker, database, context, stay=False, concurrency=1)
    assert [word for _company, word in RAN] == ["one", "two"]
    assert {0, 1} <= set(entered), "each of ours entered a context of its own; others' jobs may run beside them"
