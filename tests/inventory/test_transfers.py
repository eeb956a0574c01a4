"""Two scans move goods: what is free goes in one statement, reservations follow, and what is in the way is said."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.inventory import (
    bring,
    kept_for,
    moves_of,
    place,
    reservations_of,
    stock_at,
    stock_differences,
    wanted,
    worth,
)
from tests.support.world import a_company, a_member, act
from webapp.inventory import no_lot, transfer, undo_transfer
from webapp.inventory.models import Move
from webapp.inventory.verbs.plain import NotPlain
from webapp.kernel import calendar
from webapp.kernel.db import db
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor, enter_as

pytestmark = pytest.mark.ledger
TODAY = calendar.today(None)


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def cream(owner: Actor) -> UUID:
    product = a_product(owner).id
    bring(owner, product, 10, "1000.00")
    return product


def shift(
    owner: Actor, product: UUID, quantity: int, to: str = "B-01-1", source: str = "A-01-1", **how: object
) -> UUID:
    """Move goods without lot, as the page does: stated first, looked at where that was not plain."""
    ids = {"product_id": product, "lot_id": how.pop("lot", product), "quantity": Decimal(quantity)}
    ids |= {"from_id": place(owner, source), "to_id": place(owner, to)}

    def once(actor: Actor, look_first: bool) -> UUID:
        return transfer(actor, **ids, look_first=look_first, **how)  # type: ignore[arg-type]

    try:
        return act(owner, lambda actor: once(actor, look_first=False), hot=True)
    except NotPlain:
        return act(owner, lambda actor: once(actor, look_first=True), hot=True)


def test_goods_are_there_and_not_here_and_worth_the_same(owner: Actor, cream: UUID) -> None:
    shift(owner, cream, 4)
    assert stock_at(owner, cream) == {"A-01-1": (6, 0), "B-01-1": (4, 0)}
    assert worth(owner, cream) == (10, Decimal("1000.00"))
    assert moves_of(owner, cream)[-1].value == Decimal("400.00")
    assert stock_differences(owner) == []


def test_a_plain_transfer_costs_five_statements_and_two_round_trips(owner: Actor, cream: UUID) -> None:
    ids = {"from_id": place(owner, "A-01-1"), "to_id": place(owner, "B-01-1"), "product_id": cream, "lot_id": cream}
    owner.enter()
    count = owner.db.count
    before = (count.statements, count.round_trips)
    act(owner, lambda actor: transfer(actor, **ids, quantity=Decimal(1), look_first=False), hot=True)
    # Entering was counted before: one statement, one round trip more over HTTP.
    assert (count.statements - before[0], count.round_trips - before[1]) <= (7, 1)


def test_looking_first_costs_one_round_trip_more(owner: Actor, cream: UUID) -> None:
    shift(owner, cream, 1)
    ids = {"from_id": place(owner, "A-01-1"), "to_id": place(owner, "B-01-1"), "product_id": cream, "lot_id": cream}
    owner.enter()
    before = (owner.db.count.statements, owner.db.count.round_trips)
    act(owner, lambda actor: transfer(actor, **ids, quantity=Decimal(1)), hot=True)
    assert owner.db.count.statements - before[0] <= 9
    assert owner.db.count.round_trips - before[1] <= 3


def test_what_is_promised_goes_along(owner: Actor, cream: UUID) -> None:
    order = wanted(owner, cream, 8)
    shift(owner, cream, 5)
    assert kept_for(owner, order) == 8
    assert reservations_of(owner, order) == {"A-01-1": 5, "B-01-1": 3}
    assert stock_differences(owner) == []


def test_blocked_goods_are_promised_to_nobody(owner: Actor, cream: UUID) -> None:
    order = wanted(owner, cream, 8)
    shift(owner, cream, 5, to="Q-01")
    assert kept_for(owner, order) == 5
    shift(owner, cream, 4, source="Q-01")
    assert kept_for(owner, order) == 8
    assert stock_differences(owner) == []


def test_more_than_is_there_is_refused_with_the_figure(owner: Actor, cream: UUID) -> None:
    with pytest.raises(Refused) as refused:
        shift(owner, cream, 11)
    assert (refused.value.code, refused.value.params["free"]) == ("stock.short", "10")
    assert stock_at(owner, cream) == {"A-01-1": (10, 0)}


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_no_move(owner: Actor, cream: UUID, quantity: int) -> None:
    with pytest.raises(Refused):
        shift(owner, cream, quantity)


def test_an_expired_lot_goes_to_a_blocked_place_only(owner: Actor, cream: UUID) -> None:
    lot = bring(owner, cream, 5, "500.00", lot="OLD", expires_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        shift(owner, cream, 5, lot=lot)
    assert (refused.value.code, refused.value.params["days"]) == ("lot.expired", 1)
    shift(owner, cream, 5, to="Q-01", lot=lot)
    assert stock_at(owner, cream)["Q-01"] == (5, 0)


def test_a_lot_is_good_through_its_last_day(owner: Actor, cream: UUID) -> None:
    lot = bring(owner, cream, 5, "500.00", lot="LAST", expires_on=TODAY)
    shift(owner, cream, 5, lot=lot)
    assert stock_at(owner, cream)["B-01-1"] == (5, 0)


def test_only_own_places_count(owner: Actor, cream: UUID) -> None:
    def from_nowhere(actor: Actor) -> UUID:
        from webapp.inventory import virtual

        here = place(owner, "A-01-1")
        return transfer(
            actor, product_id=cream, lot_id=cream, from_id=virtual(actor, "supplier"), to_id=here, quantity=Decimal(1)
        )

    place(owner, "A-01-1")
    with pytest.raises(NotFound):
        act(owner, from_nowhere)


def test_a_transfer_is_taken_back_once(owner: Actor, cream: UUID) -> None:
    key = shift(owner, cream, 4)
    taking_back = lambda actor: undo_transfer(actor, actor.session.get_one(Move, (actor.company_id, key)))  # noqa: E731
    act(owner, taking_back)
    assert stock_at(owner, cream) == {"A-01-1": (10, 0)}
    shift(owner, cream, 4)
    with pytest.raises(Refused) as refused:
        act(owner, taking_back)
    assert refused.value.code == "move.undone"


def test_what_was_done_without_a_network_is_accepted(owner: Actor, cream: UUID) -> None:
    ids = {"product_id": cream, "lot_id": cream, "quantity": Decimal(12), "offline": True}
    ids |= {"from_id": place(owner, "A-01-1"), "to_id": place(owner, "B-01-1")}
    act(owner, lambda actor: transfer(actor, **ids))  # type: ignore[arg-type]
    assert stock_at(owner, cream) == {"B-01-1": (12, 0)}
    assert worth(owner, cream) == (12, Decimal("1000.00"))
    assert stock_differences(owner) == []


def test_two_take_the_same_last_piece_and_one_gets_it(app: Flask, owner: Actor) -> None:
    last = a_product(owner).id
    bring(owner, last, 1, "9.00")
    members = [a_member(owner, "warehouse").membership_id for _ in range(4)]
    shelf, places = place(owner, "A-01-1"), [place(owner, f"B-01-{n}") for n in range(4)]

    def take(number: int) -> UUID:
        actor = enter_as(db.session(), members[number])
        return act(
            actor,
            lambda acting: transfer(
                acting,
                product_id=last,
                lot_id=no_lot(acting, last),
                from_id=shelf,
                to_id=places[number],
                quantity=Decimal(1),
            ),
            hot=True,
        )

    answers = at_once(app, 4, take)
    assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert all(getattr(answer, "code", "") == "stock.short" for answer in answers if not isinstance(answer, UUID))
    assert sum(quantity for quantity, _reserved in stock_at(owner, last).values()) == 1
    assert stock_differences(owner) == []


def test_back_and_forth_at_once_nothing_is_lost(app: Flask, owner: Actor, cream: UUID) -> None:
    shift(owner, cream, 5)
    members = [a_member(owner, "warehouse").membership_id for _ in range(4)]
    ends = [place(owner, "A-01-1"), place(owner, "B-01-1")]

    def carry(number: int) -> int:
        for turn in range(10):
            source, target = ends if (number + turn) % 2 else reversed(ends)
            actor = enter_as(db.session(), members[number])
            ids = {"product_id": cream, "lot_id": cream, "from_id": source, "to_id": target}
            act(actor, lambda acting, ids=ids: transfer(acting, **ids, quantity=Decimal(1), look_first=False), hot=True)
        return number

    assert at_once(app, 4, carry) == [0, 1, 2, 3]
    assert stock_at(owner, cream) == {"A-01-1": (5, 0), "B-01-1": (5, 0)}
    assert stock_differences(owner) == []
