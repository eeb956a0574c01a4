"""Search over everything one may find, as one types."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, a_member, look
from webapp.insights.queries import search_all
from webapp.kernel import search
from webapp.kernel.wall import Actor


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@contextmanager
def at_the_desk(app: Flask, actor: Actor) -> Iterator[None]:
    """As within a request, where addresses can be made."""
    with app.test_request_context():
        g.company_slug = actor.company.slug
        yield


def test_by_pinyin_initials_and_part_of_a_phone_number(client: FlaskClient, owner: Actor) -> None:
    customer = a_customer(owner, "北京中兴", contact="李薇", contact_phone="13857126012")
    pages = Pages(client, a_member(owner, "sales"), "zh-CN")
    for typed in ("bjzx", "BJZX", "中兴", "7126", "138 5712", "lw"):
        shown = pages.get("search", q=typed)
        assert "北京中兴" in shown, typed
        assert f"customers/{customer.id}" in shown
    assert "没找到" in pages.get("search", q="zzz")


def test_the_part_alone_as_one_types(client: FlaskClient, owner: Actor) -> None:
    a_customer(owner, "Shoreline")
    part = Pages(client, owner).part("search", q="shore")
    assert "Shoreline" in part
    assert "<html" not in part


def test_before_anything_is_typed_there_are_the_lists(client: FlaskClient, owner: Actor) -> None:
    shown = Pages(client, owner).get("search")
    for path in ("customers", "suppliers", "follow-ups", "figures"):
        assert f"/{path}" in shown


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "\x00", "🙂", " ", "x" * 500, "' OR 1=1", "\u202e"])
def test_what_nobody_meant_finds_nothing_and_breaks_nothing(client: FlaskClient, owner: Actor, typed: str) -> None:
    a_customer(owner, "Shoreline")
    assert "Shoreline" not in Pages(client, owner).get("search", q=typed)


def test_each_role_finds_what_it_may_see(app: Flask, owner: Actor) -> None:
    a_customer(owner, "Golden Customer")
    a_supplier(owner, "Golden Supplier")

    def kinds(role: str) -> set[str]:
        with at_the_desk(app, owner):
            return {group.kind for group in look(a_member(owner, role), lambda actor: search_all(actor, "golden"))}

    assert kinds("sales") == {"customer"}
    assert kinds("buyer") == {"supplier"}
    assert kinds("accountant") == {"customer", "supplier"}


def test_one_query_for_the_terms_and_one_a_kind(app: Flask, owner: Actor) -> None:
    for number in range(15):
        a_customer(owner, f"Golden {number}", contact="Li Wei")

    def asked(actor: Actor) -> int:
        before = actor.db.count.statements
        assert len(search_all(actor, "golden")[0].rows) == 12
        return actor.db.count.statements - before

    with at_the_desk(app, owner):
        assert look(owner, asked) == 1 + 1


def test_no_like_drives_it(owner: Actor) -> None:
    """The terms are asked by a range on their index, as the application's own role sees it."""
    a_customer(owner, "Customer")

    def plan(actor: Actor) -> str:
        actor.db.run("SET LOCAL enable_seqscan = off")
        q = {"q": "cust", "end": "cust\U0010ffff", "kinds": None, "limit": 20, "company": actor.company_id}
        return "\n".join(row[0] for row in actor.db.ask(f"EXPLAIN {search.FIND}", **q))

    shown = look(owner, plan)
    assert "Index" in shown
    assert "~~" not in shown


def test_the_days_figures_are_for_who_answers_for_them(client: FlaskClient, owner: Actor) -> None:
    shown = Pages(client, owner).get("figures")
    for words in ("Sales", "Gross profit", "Owed to us", "We owe", "Stock", "Cash and bank"):
        assert words in shown
    Pages(client, a_member(owner, "sales")).get("figures", 404)
    Pages(client, a_member(owner, "warehouse")).get("figures", 404)
