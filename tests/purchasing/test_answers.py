"""The supplier's answer line by line, in rounds; what was ordered never changes."""

from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.purchasing import (
    a_supplier_with_user,
    answered,
    answers_of,
    decided,
    differences,
    entered,
    lines_of_order,
    order_now,
    sent,
    soon,
)
from tests.support.world import a_company, a_member, act
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.purchasing import Part, Reply, answer_order, orders_of, settle


class World:
    """A buyer, a supplier's person, and an order of 40 cream and 48 cheese before them."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer = a_member(self.owner, "buyer")
        self.supplier, self.user = a_supplier_with_user(self.owner)
        self.cream, self.cheese = a_product(self.owner, "Cream"), a_product(self.owner, "Cheese")
        self.id = sent(self.buyer, self.supplier, (self.cream, 40, 198), (self.cheese, 48, 58))
        self.later = soon(self.owner, 9)

    @property
    def state(self) -> str:
        return order_now(self.owner, self.id).state

    def figures(self) -> list[tuple[int, int, int]]:
        """(accepted, waiting, refused) of each line."""
        return [(int(x.accepted), int(x.waiting), int(x.refused)) for x in lines_of_order(self.owner, self.id)]


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def part(quantity: int | str, day: object = None, price: int | str | None = None) -> Part:
    return Part(Decimal(quantity), day, None if price is None else Decimal(price))  # type: ignore[arg-type]


def test_as_ordered_is_accepted_at_once(world: World) -> None:
    answered(world.user, world.id, None, None)
    assert world.state == "accepted"
    assert world.figures() == [(40, 0, 0), (48, 0, 0)]


def test_earlier_than_wanted_needs_nobodys_yes(world: World) -> None:
    answered(world.user, world.id, [part(40, soon(world.owner, 1))], None)
    assert world.state == "accepted"


def test_part_now_and_part_later(world: World) -> None:
    answered(world.user, world.id, [part(25), part(15, world.later)], None)
    assert (world.state, world.figures()) == ("countered", [(25, 15, 0), (48, 0, 0)])
    decided(world.buyer, world.id, "agreed")
    assert (world.state, world.figures()) == ("accepted", [(40, 0, 0), (48, 0, 0)])


def test_what_a_supplier_leaves_out_is_refused(world: World) -> None:
    answered(world.user, world.id, [part(25)], [], reason="sold out")
    assert (world.state, world.figures()) == ("partly_accepted", [(25, 0, 15), (0, 0, 48)])
    assert {answer.reason for answer in answers_of(world.owner, world.id)} == {"sold out"}


def test_another_price_changes_the_total_only_when_it_is_agreed(world: World) -> None:
    ordered = order_now(world.owner, world.id).total
    answered(world.user, world.id, None, [part(48, None, "61.50")])
    assert order_now(world.owner, world.id).total == ordered
    decided(world.buyer, world.id, "agreed")
    assert order_now(world.owner, world.id).total == ordered + Decimal("168.00")
    assert [line.price for line in lines_of_order(world.owner, world.id)] == [Decimal(198), Decimal(58)]


def test_declined_the_order_stands_and_the_supplier_is_asked_again(world: World) -> None:
    answered(world.user, world.id, None, [part(48, None, "61.50")])
    decided(world.buyer, world.id, "declined")
    assert (world.state, world.figures()) == ("partly_accepted", [(40, 0, 0), (0, 0, 0)])
    lines = lines_of_order(world.owner, world.id)
    act(
        world.user,
        lambda actor: answer_order(
            orders_of(actor).locked(world.id), [Reply(lines[1].id, [part(48, None, "60.00")])], actor=actor
        ),
    )
    decided(world.buyer, world.id, "agreed")
    assert (world.state, world.figures()) == ("accepted", [(40, 0, 0), (48, 0, 0)])
    rounds = [(a.round, a.price, a.settled) for a in answers_of(world.owner, world.id) if a.line_id == lines[1].id]
    assert rounds == [(1, Decimal("61.50"), "declined"), (2, Decimal("60.00"), "agreed")]


def test_withdrawn_it_is_no_longer_expected(world: World) -> None:
    answered(world.user, world.id, None, [part(48, world.later)])
    decided(world.buyer, world.id, "withdrawn")
    assert (world.state, world.figures()) == ("partly_accepted", [(40, 0, 0), (0, 0, 48)])


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([part(41)], "answer.too_many"),
        ([part(25), part(16)], "answer.too_many"),
        ([part(-1)], "answer.figures"),
        ([part(40, None, -1)], "answer.figures"),
        ([part(1)] * 13, "answer.splits"),
    ],
)
def test_what_is_no_answer(world: World, parts: list[Part], code: str) -> None:
    with pytest.raises(Refused) as refused:
        answered(world.user, world.id, parts, None)
    assert refused.value.code == code
    assert world.figures() == [(0, 0, 0), (0, 0, 0)]


def test_a_day_that_is_past_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        answered(world.user, world.id, [part(40, soon(world.owner, -1))], None)
    assert refused.value.code == "answer.past"


def test_a_line_is_answered_once_a_round(world: World) -> None:
    answered(world.user, world.id, None, None)
    with pytest.raises(Refused) as refused:
        answered(world.user, world.id, [part(40)], [part(48)])
    assert refused.value.code == "answer.done"


def test_a_line_of_another_order_is_not_found(world: World) -> None:
    other = sent(world.buyer, world.supplier, (world.cream, 1, 1))
    line = lines_of_order(world.owner, other)[0]
    with pytest.raises(NotFound):
        act(
            world.user,
            lambda actor: answer_order(orders_of(actor).locked(world.id), [Reply(line.id, [part(1)])], actor=actor),
        )


def test_two_buyers_settle_at_once_and_one_wins(app: Flask, world: World) -> None:
    answered(world.user, world.id, None, [part(48, None, "61.50")])
    asked = next(answer.id for answer in answers_of(world.owner, world.id) if answer.verdict == "countered")
    buyers = [world.buyer, a_member(world.owner, "buyer"), a_member(world.owner, "manager"), world.owner]

    def decide(number: int) -> str:
        decision = ("agreed", "declined")[number % 2]
        actor = entered(buyers[number])
        act(actor, lambda acting: settle(orders_of(acting).locked(world.id), {asked: decision}, actor=acting))
        return decision

    answers = at_once(app, 4, decide)
    won = [answer for answer in answers if isinstance(answer, str)]
    assert len(won) == 1
    assert all(isinstance(answer, Refused) for answer in answers if not isinstance(answer, str))
    assert [a.settled for a in answers_of(world.owner, world.id) if a.id == asked] == won
    assert differences(world.owner) == []


def test_deciding_on_nothing_that_was_asked_is_not_found(world: World) -> None:
    answered(world.user, world.id, None, None)
    with pytest.raises(NotFound):
        act(
            world.buyer,
            lambda actor: settle(orders_of(actor).locked(world.id), {new_id(): "agreed"}, actor=actor),
        )


SPLITS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from([None, 3, 9, 20]), st.sampled_from([None, "58", "61.50", "0"])),
    max_size=4,
)


@pytest.mark.ledger
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(SPLITS, st.sampled_from(["agreed", "declined", "withdrawn"])), min_size=1, max_size=4))
def test_whatever_is_answered_what_was_ordered_never_changes(
    world: World, rounds: list[tuple[list[tuple[int, int | None, str | None]], str]]
) -> None:
    """Rounds of answers and decisions: Σ ≤ ordered always, the lines' own figures stay, refusals change nothing."""
    order_id = sent(world.buyer, world.supplier, (world.cheese, 48, 58))
    (ordered,) = lines_of_order(world.owner, order_id)
    for splits, decision in rounds:
        parts = [part(q, soon(world.owner, days) if days else None, price) for q, days, price in splits]
        before = lines_of_order(world.owner, order_id)[0]
        fits = sum(q for q, _days, _price in splits) <= before.quantity - before.accepted - before.refused
        if fits and before.accepted + before.refused < before.quantity:
            answered(world.user, order_id, parts)
        else:
            with pytest.raises(Refused):
                answered(world.user, order_id, parts)
            now = lines_of_order(world.owner, order_id)[0]
            assert (now.accepted, now.waiting, now.refused) == (before.accepted, before.waiting, before.refused)
        if lines_of_order(world.owner, order_id)[0].waiting:
            decided(world.buyer, order_id, decision)
    (line,) = lines_of_order(world.owner, order_id)
    kept = ("quantity", "price", "wanted_on", "net", "vat", "gross")
    assert [getattr(line, name) for name in kept] == [getattr(ordered, name) for name in kept]
    assert line.accepted + line.waiting + line.refused <= line.quantity
    mine = [
        answer
        for answer in answers_of(world.owner, order_id)
        if answer.verdict == "accepted" or answer.settled == "agreed"
    ]
    assert sum(answer.quantity for answer in mine) == line.accepted
    assert differences(world.owner) == []
