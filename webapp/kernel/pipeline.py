"""Hot statements: plain SQL on the session's own connection, many a flush.

Each `ask` inside a pipeline is one round trip; `run` queues and rides with the next. COMMIT rides with the last.
Outside a pipeline the same calls work one at a time, so a verb need not know.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import namedtuple_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session


@dataclass(slots=True)
class Count:
    """Statements sent and round trips waited for, for the ceilings that tests hold."""

    statements: int = 0
    round_trips: int = 0
    answered: int = 0

    def read(self, sent: int) -> None:
        """The answer to statement number `sent` is read: a round trip, unless a later one was read already."""
        if sent > self.answered:
            self.round_trips += 1
            self.answered = self.statements


class Database:
    """The actor's way to the database for Core statements. Parameters are named: `%(name)s`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.count: Count = session.info.setdefault("count", Count())

    def connection(self) -> Connection[Any]:
        """The psycopg connection under the session."""
        raw: Connection[Any] = self.session.connection().connection.driver_connection  # type: ignore[assignment]
        return raw

    def _execute(self, statement: str, params: Mapping[str, Any]) -> Any:
        held: ExitStack | None = self.session.info.get("pipelined")
        if held is None and (self.session.new or self.session.dirty or self.session.deleted):
            self.session.flush()  # what the Session holds must be in the table before plain SQL reads it
        connection = self.connection() if held is None else self.session.info["raw"]
        cursor = connection.cursor(row_factory=namedtuple_row)
        self.count.statements += 1
        cursor.execute(statement.encode(), {key: _adapt(value) for key, value in params.items()})
        return cursor

    def run(self, statement: str, **params: Any) -> None:
        """Send a statement whose answer nobody needs."""
        self._execute(statement, params)
        if not self.session.info.get("pipelined"):
            self.count.round_trips += 1

    def ask(self, statement: str, **params: Any) -> list[Any]:
        """Send a statement and read its rows (named tuples): one round trip."""
        cursor = self._execute(statement, params)
        self.count.read(self.count.statements)
        return list(cursor.fetchall())

    def later(self, statement: str, **params: Any) -> Callable[[], list[Any]]:
        """Send a statement and read its rows by calling what is returned: several read together are one round trip."""
        cursor = self._execute(statement, params)
        if not self.session.info.get("pipelined"):
            rows = list(cursor.fetchall())
            self.count.round_trips += 1
            return lambda: rows
        sent = self.count.statements

        def read() -> list[Any]:
            self.count.read(sent)
            return list(cursor.fetchall())

        return read

    def one(self, statement: str, **params: Any) -> Any | None:
        """The first row, or None."""
        rows = self.ask(statement, **params)
        return rows[0] if rows else None

    @contextmanager
    def pipeline(self) -> Iterator[None]:
        """Statements go out together until something is asked. The Session refuses to be used meanwhile."""
        if self.session.info.get("pipelined"):
            yield
            return
        self.session.flush()  # pending rows go first: the pipeline cannot see the Session's own order
        with ExitStack() as held:
            self.session.info["raw"] = self.connection()
            held.enter_context(self.session.info["raw"].pipeline())
            self.session.info["pipelined"] = held
            try:
                yield
            finally:
                self.session.info["pipelined"] = None

    def leave_pipeline(self) -> None:
        """End the pipeline here, in the same transaction: what follows may use the Session. No harm where none is."""
        held: ExitStack | None = self.session.info.get("pipelined")
        if held is not None:
            self.session.info["pipelined"] = None
            held.close()


def _adapt(value: Any) -> Any:
    if isinstance(value, dict):
        return Jsonb(value)
    return value
