"""What every step of the seeding works with: the connection, the company and its sizes; ids and days in SQL."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import psycopg

LINES = 3
"""Lines of a sales order."""
BUYS = 5
"""Lines of a purchase order."""
SPAN = 330
"""Days of history."""
BATCH = 20_000


@dataclass(frozen=True)
class Size:
    """How much there is. A tenth of the moves are receipts, half deliveries, the rest transfers and opening stock."""

    customers: int = 5_000
    suppliers: int = 200
    products: int = 10_000
    moves: int = 100_000

    @property
    def orders(self) -> int:
        """Sales orders that have shipped."""
        return self.moves * 45 // 100 // LINES

    @property
    def purchases(self) -> int:
        """Purchase orders that have been received."""
        return self.moves * 15 // 100 // BUYS

    @property
    def transfers(self) -> int:
        """Moves within the house: what is left over."""
        return max(0, self.moves - self.products - self.orders * LINES - self.purchases * BUYS)

    @property
    def open(self) -> int:
        """Sales orders confirmed and not yet shipped, behind the others."""
        return min(240, max(6, self.orders // 40))


@dataclass(frozen=True)
class People:
    """Who did it all: users of the company."""

    owner: uuid.UUID
    reps: Sequence[uuid.UUID]


# A UUIDv7 that says when: the same document has the same id, and ids sort by time.
KEY = """
CREATE OR REPLACE FUNCTION pg_temp.key(what text, n bigint, at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || 'a' ||
          substr(h, 4, 15))::uuid
  FROM md5(what || n) AS h
$$"""
# The moment of the n-th of so many things: evenly over the history, in working hours.
MOMENT = """
CREATE OR REPLACE FUNCTION pg_temp.moment(n bigint, of bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT ((d.begin + (d.span * (n - 1) / of)::integer)::timestamp + interval '8 hours'
          + interval '10 hours' * ((d.span * (n - 1)) %% of) / of) AT TIME ZONE 'Asia/Shanghai' FROM seed_days d
$$"""

NUMBER = """
CREATE OR REPLACE FUNCTION pg_temp.number(kind text, day date, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT kind || to_char(day, '-YYMM-') || lpad(n::text, greatest(4, length(n::text)), '0')
$$"""


@dataclass
class Seeding:
    """One company being filled, in the transaction of `connection`, behind its wall."""

    connection: psycopg.Connection[Any]
    company: uuid.UUID
    people: People
    size: Size
    today: date
    known: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Set the wall, and make what the statements lean on."""
        self.run("SELECT set_config('app.company', %(company)s::text, true)")
        self.run("SELECT set_config('lock_timeout', '0', true), set_config('work_mem', '128MB', true)")
        first = self.today - timedelta(days=SPAN + 5)  # what was ordered last has come and gone before today
        self.run(
            "CREATE TEMP TABLE seed_days ON COMMIT DROP AS SELECT %(first)s::date AS begin, %(span)s::bigint AS span",
            first=first,
            span=SPAN,
        )
        for function in (KEY, MOMENT, NUMBER):
            self.run(function)

    def run(self, statement: str, **params: Any) -> None:
        """Run a statement; the company and the sizes are always among its parameters."""
        ours = {
            "company": self.company,
            "owner": self.people.owner,
            "orders": self.size.orders,
            "open": self.size.open,
            "purchases": self.size.purchases,
            "transfers": self.size.transfers,
            **self.known,
        }
        self.connection.execute(statement.encode(), {**ours, **params})

    def temporary(self, name: str, select: str, **params: Any) -> None:
        """Keep an answer as a temporary table, with what the planner should know of it."""
        self.run(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {select}", **params)
        self.run(f"ANALYZE {name}")

    def measured(self, *tables: str) -> None:
        """Tell the planner what has just come, so that keys and triggers are checked by index from here on."""
        for table in tables:
            self.run(f"ANALYZE {table}")

    def insert(self, table: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Rows made here, many a statement; `columns` names each with its type."""
        names = ", ".join(columns)
        arrays = ", ".join(f"%(c{n})s::{kind}[]" for n, kind in enumerate(columns.values()))
        statement = f"INSERT INTO {table} (company_id, {names}) SELECT %(company)s, * FROM unnest({arrays})"
        for start in range(0, len(rows), BATCH):
            taken = list(zip(*rows[start : start + BATCH], strict=True))
            self.run(statement, **{f"c{n}": list(values) for n, values in enumerate(taken)})
