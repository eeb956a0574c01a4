"""Voucher numbers are gapless, whoever posts at the same time and whatever is refused meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.support.crowd import at_once
from tests.support.finance import differences, post_now, standing, voucher_numbers
from tests.support.world import a_company, act
from webapp.kernel.db import db, leave
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import enter_as

pytestmark = pytest.mark.ledger
EACH = 12
MAY = date(2025, 5, 1)


def test_four_at_once_leave_no_gap(app, session):
    owner = a_company(session)

    def work(actor, n):
        for event in ("inventory.opening", "inventory.count_gain", "inventory.opening")[: 1 + n % 3]:
            post_now(actor, event, {"cost": "10.00"}, {"cost": "2.50"})
        if n % 5 == 4:
            raise Refused("test", "no")

    def one(_thread):
        with app.app_context():
            actor = enter_as(db.session(), owner.membership_id)
            leave(db.session())
            refused = 0
            for n in range(EACH):
                try:
                    act(actor, lambda acting, n=n: work(acting, n), hot=n % 2 == 0)
                except Refused:
                    refused += 1
            db.session.remove()
            return refused

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 4 * len([n for n in range(EACH) if n % 5 == 4])
    numbers = voucher_numbers(owner)
    assert numbers == list(range(1, len(numbers) + 1))
    kept = [n for n in range(EACH) if n % 5 != 4]
    assert len(numbers) == 4 * sum(1 + n % 3 for n in kept)
    assert sum(standing(owner).values()) == 0
    assert all("is not there" in words for words in differences(owner))  # the documents are made up


def test_a_month_that_many_open_at_once_is_opened_once(app, session):
    owner = a_company(session)

    def one(_number):
        actor = enter_as(db.session(), owner.membership_id)
        leave(db.session())
        act(actor, lambda acting: post_now(acting, "inventory.opening", {"cost": "10.00"}, on=MAY), hot=True)

    assert at_once(app, 6, one) == [None] * 6
    assert voucher_numbers(owner) == [1, 2, 3, 4, 5, 6]
    assert standing(owner)["1405"] == 60
