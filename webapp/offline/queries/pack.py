"""What a phone carries: rows in buckets by the end of their ids, and only the buckets whose digest differs.

Stateless and exact: the phone says the digests of what it has, the server compares them with the rows as they are.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from webapp.kernel.refusals import NotFound
from webapp.kernel.register import PackTable, registers
from webapp.kernel.wall import Actor

DIGEST = 4
"""Bytes of a bucket's digest."""
MOST_PAGES = 90

BUCKETS = """
SELECT bucket, left(md5('{salt}' || rows_text), 8) AS digest, rows_text
FROM (SELECT bucket, string_agg(cells::text, ',' ORDER BY id) AS rows_text
      FROM (SELECT id, cells, (get_byte(uuid_send(id), 14) * 256 + get_byte(uuid_send(id), 15)) & {mask} AS bucket
            FROM ({select}) AS packed) AS placed
      GROUP BY bucket) AS together"""
STAMP = """
SELECT '{name}' AS name, md5(string_agg(lpad(to_hex(bucket), 4, '0') || digest, '' ORDER BY bucket)) AS stamp
FROM ({buckets}) AS {name}"""
CHANGED = """
SELECT bucket, digest, CASE WHEN encode(substring(%(have)s::bytea FROM bucket * 4 + 1 FOR 4), 'hex') <> digest
                            THEN rows_text END AS rows_text
FROM ({buckets}) AS compared ORDER BY bucket"""


@dataclass(slots=True, frozen=True)
class Difference:
    """What a phone lacks of a table: bucket by bucket the rows as JSON, and the digests of all."""

    stamp: str
    digests: bytes
    buckets: list[tuple[int, str]]

    def as_json(self) -> str:
        """The answer as it is sent."""
        rows = ",".join(f"[{bucket},[{text}]]" for bucket, text in self.buckets)
        digests = base64.b64encode(self.digests).decode()
        return f'{{"stamp":"{self.stamp}","digests":"{digests}","buckets":[{rows}]}}'


def tables_of(actor: Actor) -> list[PackTable]:
    """The tables that the actor's phone carries."""
    return [table for table in registers.packs if actor.role in table.roles]


def table_named(actor: Actor, name: str) -> PackTable:
    """One of them. Raises NotFound."""
    for table in tables_of(actor):
        if table.name == name:
            return table
    raise NotFound


def stamps(actor: Actor) -> dict[str, str]:
    """What each table is like as a whole, in one query; a table whose stamp the phone has needs no asking."""
    tables = tables_of(actor)
    if not tables:
        return {}
    parts = [STAMP.format(name=table.name, buckets=_buckets(table)) for table in tables]
    found = {row.name: row.stamp for row in actor.db.ask(" UNION ALL ".join(parts), **_params(actor, tables))}
    return {table.name: found.get(table.name) or _stamp([]) for table in tables}


def difference(actor: Actor, table: PackTable, have: bytes) -> Difference:
    """What a phone that has buckets of the digests `have` lacks of the table; all of it where `have` says nothing."""
    size = DIGEST << table.bits
    if len(have) != size:
        have = bytes(size)
    rows = actor.db.ask(CHANGED.format(buckets=_buckets(table)), **_params(actor, [table]), have=have)
    digests, changed = bytearray(size), []
    for row in rows:
        place = row.bucket * DIGEST
        digests[place : place + DIGEST] = bytes.fromhex(row.digest)
        if row.rows_text is not None:
            changed.append((row.bucket, _finished(table, row.rows_text)))
    known = {row.bucket for row in rows}
    emptied = [n for n in range(1 << table.bits) if n not in known and any(have[n * DIGEST : n * DIGEST + DIGEST])]
    changed += [(bucket, "") for bucket in emptied]
    return Difference(_stamp((row.bucket, row.digest) for row in rows), bytes(digests), changed)


def pages_of(actor: Actor) -> list[tuple[str, str]]:
    """The pages that the actor's phone carries, the most needed first: source by source in turn."""
    sources = [iter(pages.pages(actor)) for pages in registers.pack_pages if actor.role in pages.roles]
    found: dict[str, str] = {}
    while sources and len(found) < MOST_PAGES:
        for source in tuple(sources):
            page = next(source, None)
            if page is None:
                sources.remove(source)
            else:
                found.setdefault(*page)
    return list(found.items())[:MOST_PAGES]


def _buckets(table: PackTable) -> str:
    salt = f"{table.name}.{table.shape}."
    return BUCKETS.format(salt=salt, mask=(1 << table.bits) - 1, select=table.select)


def _params(actor: Actor, tables: Iterable[PackTable]) -> dict[str, Any]:
    usual = {"company": actor.company_id, "user": actor.user.id, "partner": actor.partner_id, "role": actor.role}
    for table in tables:
        usual |= table.params(actor) if table.params else {}
    return usual


def _finished(table: PackTable, text: str) -> str:
    if table.finish is None:
        return text
    rows = [table.finish(cells) for cells in json.loads(f"[{text}]")]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))[1:-1]


def _stamp(digests: Iterable[tuple[int, str]]) -> str:
    together = "".join(f"{bucket:04x}{digest}" for bucket, digest in digests)
    return hashlib.md5(together.encode(), usedforsecurity=False).hexdigest()


NOBODY = uuid.UUID(int=0)
"""Stands for a row's id where the phone is told how pages are addressed."""
