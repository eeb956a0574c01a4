"""Months are open until closed; what happened in a closed one posts on the first open day."""

import threading
import time
from datetime import date

import pytest

from tests.support.crowd import at_once
from tests.support.finance import a_voucher, differences, post_now, voucher_numbers
from tests.support.world import a_company, act, look
from webapp.finance import posting_day
from webapp.finance.queries import periods_of
from webapp.finance.verbs import close_period, reopen_period
from webapp.kernel import calendar
from webapp.kernel.db import db, leave
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import enter_as

pytestmark = pytest.mark.ledger
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def posts_on(owner, day):
    return act(owner, lambda actor: posting_day(actor, day))


def close(owner, *months):
    for month in months:
        act(owner, lambda actor, month=month: close_period(actor, month))


def states(owner):
    return {row.month: row.state for row in look(owner, periods_of)}


@pytest.fixture
def owner(session):
    return a_company(session)


def test_what_happened_before_the_books_began_posts_on_their_first_day(session):
    owner = a_company(session, first_period=MARCH)
    assert posts_on(owner, JANUARY) == MARCH
    assert posts_on(owner, date(2025, 3, 17)) == date(2025, 3, 17)


def test_a_new_company_starts_in_the_present_month(owner):
    assert states(owner) == {calendar.today(owner).replace(day=1): "open"}


def test_a_day_in_an_open_month_is_the_posting_day(owner):
    assert posts_on(owner, date(2025, 1, 31)) == date(2025, 1, 31)
    assert states(owner)[JANUARY] == "open"


def test_what_happened_in_a_closed_month_posts_on_the_first_open_day(owner):
    for month in (JANUARY, FEBRUARY, MARCH):
        posts_on(owner, month)
    close(owner, JANUARY, FEBRUARY)
    assert posts_on(owner, date(2025, 1, 15)) == MARCH
    assert posts_on(owner, date(2025, 3, 2)) == date(2025, 3, 2)


def test_a_month_before_a_closed_one_is_not_opened_any_more(owner):
    posts_on(owner, FEBRUARY)
    close(owner, FEBRUARY)
    assert posts_on(owner, date(2024, 12, 31)) > FEBRUARY
    assert date(2024, 12, 1) not in states(owner)


def test_after_the_last_closed_month_the_next_is_opened(session):
    owner = a_company(session)
    this = calendar.today(owner).replace(day=1)
    posts_on(owner, JANUARY)
    owner.session.rollback()
    close(owner, JANUARY)
    assert posts_on(owner, date(2025, 1, 9)) == this


def test_a_day_far_ahead_is_refused(owner):
    with pytest.raises(Refused, match=r"day\.far"):
        posts_on(owner, date(9999, 12, 31))


def test_months_close_in_order(owner):
    posts_on(owner, JANUARY)
    posts_on(owner, FEBRUARY)
    with pytest.raises(Refused, match=r"period\.earlier"):
        close(owner, FEBRUARY)


def test_a_month_that_still_runs_is_not_closed(owner):
    with pytest.raises(Refused, match=r"period\.runs"):
        close(owner, calendar.today(owner).replace(day=1))


def test_a_month_closes_once(owner):
    posts_on(owner, JANUARY)
    close(owner, JANUARY)
    with pytest.raises(Refused, match="state"):
        close(owner, JANUARY)


def test_a_month_nobody_opened_is_not_there(owner):
    with pytest.raises(NotFound):
        close(owner, JANUARY)


def test_a_month_is_opened_again_with_a_reason_the_last_first(owner):
    posts_on(owner, JANUARY)
    posts_on(owner, FEBRUARY)
    close(owner, JANUARY, FEBRUARY)
    with pytest.raises(Refused, match=r"period\.reason"):
        act(owner, lambda actor: reopen_period(actor, FEBRUARY, " "))
    with pytest.raises(Refused, match=r"period\.later"):
        act(owner, lambda actor: reopen_period(actor, JANUARY, "a late bill"))
    act(owner, lambda actor: reopen_period(actor, FEBRUARY, "a late bill"))
    assert posts_on(owner, date(2025, 1, 20)) == FEBRUARY


def test_vouchers_are_numbered_within_their_month(owner):
    for day in (date(2025, 1, 5), date(2025, 2, 5), date(2025, 1, 6)):
        a_voucher(owner, on=day)
    counted = {row.month: row.vouchers for row in look(owner, periods_of)}
    assert (counted[JANUARY], counted[FEBRUARY]) == (2, 1)
    assert all("is not there" in words for words in differences(owner))  # the documents are made up


def test_closing_waits_for_who_is_posting(app, owner):
    posts_on(owner, JANUARY)
    holds, done = threading.Event(), []

    def post(actor):
        post_now(actor, "inventory.opening", {"cost": "10.00"}, on=JANUARY)
        holds.set()
        time.sleep(0.3)
        done.append("posted")

    def one(which):
        actor = enter_as(db.session(), owner.membership_id)
        leave(db.session())
        if which == 0:
            act(actor, post)
            return
        assert holds.wait(5)
        act(actor, lambda acting: close_period(acting, JANUARY))
        done.append("closed")

    assert at_once(app, 2, one) == [None, None]
    assert done == ["posted", "closed"]
    assert voucher_numbers(owner) == [1]
