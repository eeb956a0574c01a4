"""Bytes of a first visit, gzip, against the budget: pages, styles, scripts, icons, a fragment."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from bench.client import Answer, Client
from bench.figure import Figure
from bench.firm import firm
from bench.stage import Stage

HTML, CSS, JAVASCRIPT, FRAGMENT = 30_000, 30_000, 60_000, 10_000
LINKED = re.compile(r"""(?:href|src)="(/static/[^"#]+\.(css|js|svg|woff2))""")
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    stranger, rep = stage.client(), house.signed_in(stage.port, "sales")
    sign_in, today = stranger.get("/signin"), rep.get(house.path("today"))
    yield figure("signing in, HTML", weight(sign_in), HTML)
    yield figure("Today, HTML", weight(today), HTML)
    for path, name, budget in (
        ("stock", "stock list of 50, HTML", HTML),
        ("sales/orders", "orders of 50, HTML", HTML),
        ("products", "products of 50, HTML", HTML),
    ):
        yield figure(name, weight(rep.get(house.path(path))), budget)
    yield figure("stylesheets", linked(stranger, today, "css"), CSS)
    yield figure("scripts", linked(stranger, today, "js"), JAVASCRIPT)
    yield figure("icons", linked(stranger, today, "svg"), None)
    yield figure("web fonts", linked(stranger, today, "woff2"), 0)
    for path, name in (("stock", "a fragment: the stock list"), ("customers?q=1", "a fragment: customers found")):
        yield figure(name, weight(rep.get(house.path(path), PART)), FRAGMENT)


def weight(answer: Answer) -> int:
    if answer.status != 200:
        raise RuntimeError(f"a first visit met {answer.status}")
    return len(gzip.compress(answer.body, 6))


def linked(client: Client, page: Answer, kind: str) -> int:
    """What the page links to of that kind, each file once."""
    paths = {path for path, suffix in LINKED.findall(page.body.decode()) if suffix == kind}
    return sum(weight(client.get(path)) for path in paths)


def figure(name: str, size: int, budget: int | None) -> Figure:
    words = f"{name}: {size:,} bytes" + (f", {size / budget:.0%} of {budget:,}" if budget else "")
    return Figure(
        figure=f"first visit, {name}", size=size, failed=int(budget is not None and size > budget), words=words
    )
