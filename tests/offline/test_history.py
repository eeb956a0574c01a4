"""A long history over a link that fails in every way, by two people on one phone: nothing lost, doubled, out of order
or sent as another.

A short one in bin/ci; 10,000 operations by `bin/prove offline`. The dice are seeded: a failure can be run again.
"""

import os
import random
import sys
import time
from collections import Counter
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.support.catalog import a_product
from tests.support.faulty import Link
from tests.support.inventory import bring, place
from tests.support.outbox import LEFT, a_phone, controlled, cookie_of, entries, nudge, probe, sign_in, until, write
from tests.support.world import a_company, a_member
from webapp.kernel.db import db
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

OPERATIONS = int(os.environ.get("HISTORY", "10000" if os.environ.get("PROVE") else "300"))
TURNS = 20 if os.environ.get("PROVE") else 4
SEED = 20261125
ODDS = {
    "": 800,
    "drop request": 50,
    "drop answer": 60,
    "delay": 2,
    "401": 10,
    "403": 10,
    "500": 20,
    "503": 20,
    "portal": 27,
    "kill": 1,
}
LONGEST = 1_200  # seconds


class Shelf:
    """Goods that two people move to and fro."""

    def __init__(self, owner: Actor) -> None:
        self.owner = owner
        self.product = a_product(owner)
        self.lot = bring(owner, self.product.id, 500, 500, "A-01-1")
        self.places = [place(owner, "A-01-1"), place(owner, "A-02-1")]

    def move(self, actor: Actor, dice: random.Random, nth: int) -> dict[str, object]:
        """An entry as the form writes it, for one unit from one place to the other."""
        op, source = str(new_id()), dice.randrange(2)
        fields = {
            "op_id": op,
            "as": str(actor.membership_id),
            "product_id": str(self.product.id),
            "lot_id": str(self.lot),
            "from_id": str(self.places[source]),
            "to_id": str(self.places[1 - source]),
            "quantity": str(dice.randint(1, 9)),
            "done_at": "2026-11-25T10:00:00+08:00",
        }
        path = f"/c/{self.owner.company.slug}/stock/transfers"
        words = {"icon": "arrow-left-right", "title": f"Move {nth}", "sub": "", "rows": [], "after": [], "next": ""}
        state = {"state": "waiting", "tries": 0, "offline": True, "madeAt": int(time.time() * 1000), "draft": ""}
        known = {"op": op, "user": str(actor.user.id), "path": path, "from": path, "fields": list(fields.items())}
        return {**words, **state, **known}


@pytest.mark.thread
@pytest.mark.timeout(TURNS * LONGEST if os.environ.get("PROVE") else LONGEST)
def test_a_long_history_over_a_faulty_link(
    app: Flask, look: psycopg.Connection, chromium: Browser, link: Link, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    with app.app_context():
        owner = a_company(db.session(), "Faulty Link")
        shelf, worker = Shelf(owner), a_member(owner, "warehouse")
        cookies = {actor.user.id: cookie_of(db.session(), actor) for actor in (owner, worker)}
    made: dict[UUID, list[str]] = {owner.user.id: [], worker.user.id: []}
    began = time.monotonic()
    with a_phone(chromium, link.url, cookies[owner.user.id]) as phone:
        page = phone.new_page()
        for turn in range(TURNS):
            actor = (owner, worker)[turn % 2]
            sign_in(phone, link.url, cookies[actor.user.id])
            link.choose = None
            page.goto(f"/c/{owner.company.slug}/me")
            controlled(page)
            link.choose = lambda: dice.choices(list(ODDS), list(ODDS.values()))[0]
            rows = [shelf.move(actor, dice, nth) for nth in range(OPERATIONS // TURNS)]
            write(page, rows)
            made[actor.user.id] += [str(row["op"]) for row in rows]
            wanted = 0 if turn >= TURNS - 2 else dice.randint(0, len(rows) // 2)
            nudge(page, every=60)
            until(probe(phone), LEFT, str(actor.user.id), lambda left, wanted=wanted: left <= wanted, LONGEST)
        forbidden = {UUID(row["op"]) for row in entries(page) if row["state"] == "needs"}
        link.choose = None
        for actor in (owner, worker):
            sign_in(phone, link.url, cookies[actor.user.id])
            tried_again(page, owner, actor)
        left = sum(row["state"] != "sent" for row in entries(page))
    figures = counted(look, owner, made, forbidden) | {"left on the phone": left}
    took = time.monotonic() - began
    with capsys.disabled():
        rate = OPERATIONS / took
        told = f"{OPERATIONS} operations, seed {SEED}, {len(link.seen)} sends, {rate:.0f} a second: {figures}"
        sys.stdout.write(f"\n{told}; {len(forbidden)} asked a person\n")
    assert not any(figures.values()), figures


def tried_again(page: Page, owner: Actor, actor: Actor) -> None:
    """What the server seemed to forbid twice running asks a person, who tries again: the same operation, as it was."""
    page.goto(f"/c/{owner.company.slug}/outbox")
    nudge(page)
    again = page.locator("[data-section=needs] [data-do=again]:visible")
    mine = [row for row in entries(page) if row["user"] == str(actor.user.id) and row["state"] == "needs"]
    expect(again).to_have_count(len(mine))
    for waits in reversed(range(len(mine))):
        again.first.click()
        expect(again).to_have_count(waits)
    until(probe(page.context), LEFT, str(actor.user.id), lambda left: left == 0, LONGEST)


def counted(
    look: psycopg.Connection, owner: Actor, made: dict[UUID, list[str]], forbidden: set[UUID]
) -> dict[str, int]:
    """How many were lost, doubled, out of order, or sent as another. What asked a person comes when one says so."""
    ops = [UUID(op) for of in made.values() for op in of]
    asked = "SELECT op_id, user_id FROM operation WHERE op_id = ANY(%s) AND status = 'applied' ORDER BY received_at"
    arrived = look.execute(asked, [ops]).fetchall()
    moves = look.execute(
        "SELECT m.op_id, count(*) FROM move m WHERE company_id = %s AND op_id = ANY(%s) AND NOT EXISTS ("
        "SELECT 1 FROM location l WHERE l.id = m.from_id AND l.kind = 'unexplained') GROUP BY m.op_id",
        [owner.company_id, ops],
    ).fetchall()
    times = Counter(dict(moves))
    whose = {UUID(op): user for user, of in made.items() for op in of}
    order = {user: [op for op, sender in arrived if whose[op] == user and op not in forbidden] for user in made}
    return {
        "lost": len(ops) - len(arrived),
        "doubled": sum(count > 1 for count in times.values()) + len(ops) - len(times) - (len(ops) - len(arrived)),
        "out of order": sum(
            order[user] != [UUID(op) for op in made[user] if UUID(op) in set(order[user])] for user in made
        ),
        "as another": sum(whose[op] != user for op, user in arrived),
    }
