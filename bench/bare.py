"""The same rows by bare SQL: psycopg as the application's role behind the wall, pipelined, durable commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from webapp.kernel.db import APP_ROLE
from webapp.kernel.postgres import for_libpq

from .client import Answer
from .firm import Firm
from .load import measure
from .stage import Stage

Work = Callable[[psycopg.Connection[Any]], None]


def bare_rate(stage: Stage, house: Firm, clients: int, ready: Callable[[int], Work]) -> float | None:
    """How often a second `clients` connections do the work `ready(number)` gives, each time one transaction."""

    def act_of(number: int) -> Callable[[], Sequence[Answer]]:
        connection = connect(stage, house)
        work = ready(number)

        def act() -> Sequence[Answer]:
            with connection.pipeline():
                work(connection)
                connection.commit()
            return ()

        return act

    return measure(stage, "bare", clients, act_of).per_s


def connect(stage: Stage, house: Firm) -> psycopg.Connection[Any]:
    connection = psycopg.connect(for_libpq(stage.url), prepare_threshold=0)
    connection.execute(f"SET ROLE {APP_ROLE}".encode())
    connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
    connection.commit()
    return connection
