"""What a phone's pack weighs and takes: first, again with nothing changed, again with one row in a hundred changed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bench.client import Answer
from bench.figure import Figure
from bench.firm import Firm, a_supplier, firm
from bench.stage import Stage

BUDGET = 2_000_000
"""Bytes over the wire for 10,000 products and 5,000 customers, rows and pages together."""
GZIP = {"Accept-Encoding": "gzip"}
FEW = "(SELECT id FROM {0} WHERE company_id = %(c)s ORDER BY md5(id::text) LIMIT %(few_{0}s)s)"
CHANGE = (
    f"UPDATE product SET price = price + 1 WHERE company_id = %(c)s AND id IN {FEW.format('product')}",
    f"UPDATE partner SET phone = '010-' || code WHERE company_id = %(c)s AND id IN {FEW.format('partner')}",
    "UPDATE balance SET reserved = reserved + 1 WHERE company_id = %(c)s AND reserved < quantity AND product_id IN "
    + FEW.format("product"),
)


@dataclass
class Phone:
    """What a phone remembers between two refreshes."""

    stage: Stage
    role: str
    house: Firm
    stamps: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def refresh(self) -> Carried:
        client, carried = self.house.signed_in(self.stage.port, self.role), Carried()
        listed = unpacked(carried.add(client.get(self.house.path("offline/pack"), GZIP)))
        for table in listed["tables"]:
            if self.stamps.get(table["name"]) != table["stamp"]:
                have = quote(self.digests.get(table["name"], ""))
                answer = unpacked(carried.add(client.get(f"{table['rows']}?have={have}", GZIP)))
                self.stamps[table["name"]], self.digests[table["name"]] = answer["stamp"], answer["digests"]
                carried.rows += sum(len(rows) for _bucket, rows in answer["buckets"])
        for page, stamp in listed["pages"]:
            if not stamp or self.pages.get(page) != stamp:
                self.pages[page] = stamp
                carried.pages += len(carried.add(client.get(page, GZIP)).body)
        return carried


@dataclass
class Carried:
    """What one refresh brought."""

    size: int = 0
    pages: int = 0
    rows: int = 0
    requests: int = 0
    seconds: float = 0
    server_ms: float = 0
    failed: int = 0

    def add(self, answer: Answer) -> Answer:
        self.size += len(answer.body)
        self.requests += 1
        self.seconds += answer.seconds
        self.server_ms += answer.server_ms or 0
        self.failed += answer.status != 200
        return answer


def unpacked(answer: Answer) -> dict[str, Any]:
    body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
    return dict(json.loads(body))


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    a_supplier(stage, house)
    phones = {role: Phone(stage, role, house) for role in ("sales", "warehouse", "supplier")}
    for role, phone in phones.items():
        yield figure(role, "first", phone.refresh(), BUDGET)
    for role, phone in phones.items():
        yield figure(role, "nothing changed", phone.refresh(), None)
    change(stage, house)
    for role, phone in phones.items():
        yield figure(role, "1 % changed", phone.refresh(), None)


def change(stage: Stage, house: Firm) -> None:
    """Another price, another number, another promise for one in a hundred."""
    counts = {"few_products": stage.size.products // 100, "few_partners": stage.size.customers // 100}
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        for statement in CHANGE:
            connection.execute(statement.encode(), {"c": house.id, **counts})


def figure(role: str, what: str, carried: Carried, budget: int | None) -> Figure:
    share = f", {carried.size / budget:.0%} of {budget:,}" if budget else ""
    words = (
        f"pack of {role}, {what}: {carried.size:,} bytes{share}, {carried.pages:,} of them pages, "
        f"{carried.rows:,} rows in {carried.requests} requests, {carried.server_ms:,.0f} ms at the server."
    )
    return Figure(
        figure=f"pack, {role}, {what}",
        size=carried.size,
        p50_ms=carried.seconds * 1000,
        server_p50_ms=carried.server_ms,
        failed=carried.failed + int(budget is not None and carried.size > budget),
        words=words,
    )
