"""Fill a company with a business's worth of rows, by SQL, such that `flask verify` finds nothing to say.

    seed(connection, company_id, People(owner, reps), Size(moves=1_000_000))

The company must be new, as `start_company` makes it. What is sold costs its product's one cost, in whole cents, so
that the moving average is exact whatever the order of events.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from .books import books, stock
from .buying import buying
from .masters import masters
from .seeding import People, Seeding, Size
from .selling import selling

__all__ = ["People", "Size", "seed"]

MANY = 200_000
"""Beyond so many moves keys and triggers are not asked row by row: the same statements pass them at smaller sizes."""
VIRTUAL = "SELECT kind, id FROM location WHERE company_id = %s AND warehouse_id IS NULL"


def seed(connection: psycopg.Connection[Any], company: uuid.UUID, people: People, size: Size) -> None:
    """All of it in one transaction, as the owner of the tables, behind the company's wall."""
    seeding = Seeding(connection, company, people, size, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    with connection.transaction():
        seeding.begin()
        if size.moves > MANY:
            connection.execute("SET LOCAL session_replication_role = replica")
        seeding.known |= dict(connection.execute(VIRTUAL, [company]).fetchall())
        for step in (masters, buying, selling, stock, books):
            step(seeding)
