"""What the clock brings about: follow-ups that are due, orders that are short or late; each told once."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.notices import a_company_where_it_is, takes_push
from tests.support.partners import a_customer
from tests.support.sales import confirmed
from tests.support.services import Service
from tests.support.world import a_member, act, look
from webapp.crm import ask_follow_up
from webapp.crm.verbs.reminding import remind_due
from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.partners import partners_of
from webapp.sales.verbs.watching import watch_orders

Carry = Callable[[Actor], None]


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company_where_it_is(session)


def at(owner: Actor, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(calendar.today(owner), time(hour, minute), calendar.zone(owner))


def told(actor: Actor) -> list[Any]:
    mine = "SELECT code, params FROM notification WHERE company_id = %(company)s AND user_id = %(user)s ORDER BY id"
    return look(actor, lambda a: a.db.ask(mine, company=a.company_id, user=a.user.id))


def asked(owner: Actor, rep: Actor, due_at: time | None = None) -> None:
    customer = a_customer(owner, "Lucky Mart")
    today = calendar.today(owner)

    def ask(a: Actor) -> None:
        partner = partners_of(a).get(customer.id)
        ask_follow_up(a, partner, today, "Prices", due_at=due_at, rep_id=rep.user.id)

    act(rep, ask)


def test_a_follow_up_is_told_in_the_morning(owner: Actor) -> None:
    rep = a_member(owner, "sales")
    asked(owner, rep)
    for moment, reminded in ((at(owner, 8, 10), 0), (at(owner, 8, 31), 1), (at(owner, 8, 41), 0), (at(owner, 20), 0)):
        assert act(owner, lambda a, when=moment: remind_due(a, moment=when)) == reminded
    assert [row.code for row in told(rep)] == ["crm.follow_up.due"]


def test_one_with_an_hour_is_told_before_it(owner: Actor) -> None:
    rep = a_member(owner, "sales")
    asked(owner, rep, time(15, 0))
    for moment, reminded in ((at(owner, 14, 40), 0), (at(owner, 14, 50), 1), (at(owner, 15, 0), 0)):
        assert act(owner, lambda a, when=moment: remind_due(a, moment=when)) == reminded
    assert told(rep)[0].params["hour"] == " · 15:00"


def test_an_owner_is_reminded_too(owner: Actor, service: Service, carry: Carry) -> None:
    """The clock acts in an owner's name, and tells the owner all the same."""
    browser = takes_push(owner, service.url, "zh-Hans")
    asked(owner, owner, time(11, 0))
    act(owner, lambda a: remind_due(a, moment=at(owner, 11)))
    carry(owner)
    said = browser.read(service.requests[0])
    assert said["title"] == "该跟进了"
    assert said["body"] == "联系Lucky Mart · 11:00"
    assert "/follow-ups/" in said["url"]


def test_an_order_that_is_short_then_late(owner: Actor) -> None:
    rep = a_member(owner, "sales")
    confirmed(rep, a_customer(owner, "Lucky Mart"), (a_product(owner, "Rice"), Decimal(5)))
    wanted = look(
        owner, lambda a: a.db.one("SELECT wanted_on FROM sales_order WHERE company_id = %(c)s", c=a.company_id)
    )
    day = wanted.wanted_on
    for on, number in (
        (day - timedelta(days=4), 0),
        (day - timedelta(days=3), 1),
        (day, 0),
        (day + timedelta(days=1), 1),
    ):
        assert act(owner, lambda a, when=on: watch_orders(a, on=when)) == number
    assert act(owner, lambda a: watch_orders(a, on=day + timedelta(days=2))) == 0
    assert [row.code for row in told(rep)] == ["sales.order.short", "sales.order.late"]
