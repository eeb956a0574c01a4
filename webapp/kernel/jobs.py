"""Background work: a job is a row in the same database, enqueued by the transaction that needs it.

A package declares its jobs in `jobs.py`; a verb enqueues one by name, so nothing below imports what runs above:

    @task("finance.seal")
    def seal(company_id: UUID) -> None: ...

    jobs.defer(connection, "finance.seal", company_id)

What rolls back was never enqueued; what commits is run at least once. So a job, like a verb, does no harm when
run twice. `flask --app wsgi worker` runs them, each inside its own application context.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import procrastinate
import psycopg
from procrastinate.jobs import DeleteJobCondition
from psycopg.types.json import Jsonb

from webapp.kernel.postgres import for_libpq

P = ParamSpec("P")
R = TypeVar("R")

QUEUE = "default"
ATTEMPTS = 6  # with waits of 2, 4, 8 … seconds in between
PATIENCE = 20  # seconds a running job is given when the worker stops

# A register of tasks; it is connected only where a worker runs.
app = procrastinate.App(connector=procrastinate.PsycopgConnector())

ENQUEUE = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW(%(queue)s, %(task)s, %(priority)s, %(lock)s, NULL, %(args)s, %(at)s)::procrastinate_job_to_defer_v1
])
"""


def defer(
    connection: psycopg.Connection[Any],
    task_name: str,
    company_id: UUID | None,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    priority: int = 0,
    **args: Any,
) -> None:
    """Enqueue a job in the transaction that `connection` is in; the worker sees it once that commits.

    `company_id` is whose job it is (None: the installation's own), `at` the earliest moment, and jobs of one
    `lock` run one after the other. Arguments are what JSON can say: ids arrive as text, `company_id` as a UUID.
    """
    if company_id is not None:
        args["company_id"] = company_id
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in args.items()}
    job = {"queue": QUEUE, "task": task_name, "priority": priority, "lock": lock, "args": Jsonb(plain), "at": at}
    connection.execute(ENQUEUE, job)


def task(name: str, *, cron: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a job; with `cron` ("5 3 * * *", UTC) the worker also enqueues it by the clock, without a company."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        plain: Callable[..., R] = function

        @functools.wraps(plain)
        def run(**args: Any) -> R:
            args.pop("timestamp", None)  # what a periodic job is told and none of ours asks for
            if "company_id" in args:
                args["company_id"] = UUID(args["company_id"])
            return plain(**args)

        retry = procrastinate.RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=2)
        declared = app.task(name=name, queue=QUEUE, retry=retry)(run)
        if cron:
            app.periodic(cron=cron)(declared)  # type: ignore[arg-type]  # `run` drops the time it is told
        return function

    return declare


def run_worker(
    url: str,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    *,
    stay: bool = True,
    concurrency: int = 2,
) -> None:
    """Run jobs until a signal says stop; with `stay=False` only what waits now.

    `around` makes the context each job runs in (Flask's `app.app_context`): a fresh one a job, since jobs run in
    threads and must not share a session.
    """

    def in_context(call_next: Callable[[], Any], *_: Any) -> Any:
        with around():
            return call_next()

    connector = procrastinate.PsycopgConnector(conninfo=for_libpq(url), min_size=1, max_size=concurrency + 2)
    with app.replace_connector(connector) as working:
        working.run_worker(
            wait=stay,
            concurrency=concurrency,
            install_signal_handlers=stay,
            shutdown_graceful_timeout=PATIENCE,
            delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
            task_middleware=[in_context],
        )
