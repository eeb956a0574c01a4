"""Promises: first expiry first, oldest demand first, never more than is there."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.inventory import bring, kept_for, leave, place, reservations_of, stock_at, stock_differences, wanted
from tests.support.world import a_company, a_member, act, look
from webapp.inventory import Demanded, Filled, Key, adjust, availability, demand, fill, release, reserve
from webapp.inventory.models import Demand, Lot, Reservation
from webapp.inventory.verbs import keep_promises
from webapp.kernel import calendar
from webapp.kernel.db import db
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

pytestmark = pytest.mark.ledger
TODAY = calendar.today(None)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def cream(owner: Actor) -> UUID:
    return a_product(owner).id


def line_of(owner: Actor, demand_id: UUID) -> UUID:
    return look(owner, lambda actor: actor.session.scalars(select(Demand.line_id).where(Demand.id == demand_id)).one())


def test_the_first_to_expire_is_promised_first(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 5, "1.00", to="B-01-1", lot="LATE", expires_on=TODAY + timedelta(days=90))
    bring(owner, cream, 5, "1.00", to="A-01-1", lot="SOON", expires_on=TODAY + timedelta(days=9))
    bring(owner, cream, 5, "1.00", to="C-01-1")
    assert reservations_of(owner, wanted(owner, cream, 7)) == {"A-01-1": 5, "B-01-1": 2}


def test_a_lots_last_day_is_usable_everywhere_and_the_next_is_not(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 5, "1.00", lot="TODAY", expires_on=TODAY)
    bring(owner, cream, 5, "1.00", lot="GONE", expires_on=TODAY - timedelta(days=1))
    there = look(owner, lambda actor: availability(actor, [cream])[cream])
    assert (there.on_hand, there.blocked, there.free) == (10, 5, 5)
    assert kept_for(owner, wanted(owner, cream, 9)) == 5


def test_blocked_goods_are_not_promised_and_receiving_ones_are(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 5, "1.00", to="Q-01")
    bring(owner, cream, 3, "1.00", to="RECV")
    assert kept_for(owner, wanted(owner, cream, 9)) == 3


def test_who_waits_longest_gets_what_comes_in(owner: Actor, cream: UUID) -> None:
    first, second = wanted(owner, cream, 4), wanted(owner, cream, 4)
    bring(owner, cream, 6, "1.00")
    assert (kept_for(owner, first), kept_for(owner, second)) == (4, 2)


def test_a_cancelled_order_leaves_its_goods_to_the_next(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 4, "1.00")
    first, second = wanted(owner, cream, 4), wanted(owner, cream, 3)
    act(owner, lambda actor: release(actor, [first]))
    assert (kept_for(owner, first), kept_for(owner, second)) == (0, 3)
    assert stock_differences(owner) == []


def test_a_reservation_that_ran_out_goes_on_waiting(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 4, "1.00")
    first = wanted(owner, cream, 4)
    act(owner, lambda actor: release(actor, [first], ended=False))
    assert stock_at(owner, cream) == {"A-01-1": (4, 0)}
    assert act(owner, lambda actor: reserve(actor, [first])) == {first: 4}


def test_shipping_uses_up_what_was_kept_even_from_another_place(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 4, "4.00")
    order = wanted(owner, cream, 4)
    bring(owner, cream, 4, "4.00", to="B-01-1")
    line, elsewhere = line_of(owner, order), place(owner, "B-01-1")

    def ship(actor: Actor) -> None:
        fill(actor, [Filled(line, elsewhere, cream, Decimal(3))])
        leave(actor, Key(elsewhere, cream, cream), Decimal(3))

    act(owner, ship)
    assert stock_at(owner, cream) == {"A-01-1": (4, 1), "B-01-1": (1, 0)}
    assert kept_for(owner, order) == 1
    assert stock_differences(owner) == []


def test_more_than_was_ordered_does_not_go_out(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 4, "4.00")
    line, shelf = line_of(owner, wanted(owner, cream, 2)), place(owner, "A-01-1")
    with pytest.raises(Refused) as refused:
        act(owner, lambda actor: fill(actor, [Filled(line, shelf, cream, Decimal(3))]))
    assert refused.value.code == "demand.covered"


def test_what_is_missing_is_promised_from_elsewhere(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 4, "4.00")
    order = wanted(owner, cream, 4)
    bring(owner, cream, 3, "3.00", to="B-01-1")
    shelf = place(owner, "A-01-1")
    act(owner, lambda actor: adjust(actor, Key(shelf, cream, cream), Decimal(-2), "count"))
    assert reservations_of(owner, order) == {"A-01-1": 2, "B-01-1": 2}
    assert stock_differences(owner) == []


def test_what_was_promised_of_a_lot_that_expires_is_promised_afresh(owner: Actor, cream: UUID) -> None:
    lot = bring(owner, cream, 5, "5.00", lot="OLD", expires_on=TODAY)
    order = wanted(owner, cream, 4)
    bring(owner, cream, 3, "3.00", to="B-01-1")
    act(owner, lambda actor: setattr(actor.session.get_one(Lot, (actor.company_id, lot)), "expires_on", YESTERDAY))
    assert act(owner, keep_promises) == 1
    assert reservations_of(owner, order) == {"B-01-1": 3}
    assert stock_differences(owner) == []


def test_an_order_that_missed_a_receipt_is_found(owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 5, "5.00")
    order = wanted(owner, cream, 4, keep=False)
    assert act(owner, keep_promises) == 1
    assert kept_for(owner, order) == 4
    assert act(owner, keep_promises) == 0


def test_fifty_buyers_of_five_pieces_five_are_promised(app: Flask, owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 5, "5.00")
    rep = a_member(owner, "sales").membership_id

    def buy(_number: int) -> Decimal:
        actor = enter_as(db.session(), rep)

        def order(acting: Actor) -> Decimal:
            line = Demanded(new_id(), cream, Decimal(1), TODAY, "test", new_id())
            (key,) = demand(acting, line)
            return reserve(acting, [key])[key]

        return act(actor, order, hot=True)

    got = [answer for _ in range(5) for answer in at_once(app, 8, buy)][:50]
    assert [answer for answer in got if isinstance(answer, Exception)] == []
    assert sum(got) == 5  # type: ignore[arg-type]
    kept = look(owner, lambda actor: actor.session.scalars(select(Reservation.quantity)).all())
    assert sum(kept) == 5
    assert stock_differences(owner) == []
