"""A follow-up's life over days: due, recorded, due again; put off; handed over; taken back."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.crm import act_on, due, ships, waiting
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look
from webapp.crm import ask_follow_up, follow_ups_of, reassign, record_follow_up, snooze, take_back
from webapp.crm.queries import whom_of
from webapp.crm.register import unfinished
from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import customers_of

TODAY = calendar.today(None)
NEXT = {"how": "call", "outcome": "The rice is good", "next_on": TODAY + timedelta(days=6)}


class World:
    """A company with a rep, a customer of theirs, and a follow-up that is due today."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.rep = a_member(self.owner, "sales")
        self.customer = a_customer(self.owner, owner_id=self.rep.user.id)
        act(self.owner, lambda actor: ships(actor, self.customer.id, day=TODAY - timedelta(days=7)))
        self.id = waiting(self.owner, self.customer.id)[0].id

    def record(self, version: int = 1, by: Actor | None = None, **said: Any) -> Any:
        def follow(actor: Actor) -> Any:
            following = record_follow_up(actor, follow_ups_of(actor).locked(self.id), version, **(NEXT | said))
            return following and following.id

        return act(by or self.rep, follow)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_recorded_it_is_gone_until_the_next_day_is_there(world: World) -> None:
    assert due(world.rep, TODAY, world.rep.user.id) == [world.customer.id]
    world.record()
    assert due(world.rep, TODAY, world.rep.user.id) == []
    assert due(world.rep, TODAY + timedelta(days=5)) == []
    assert due(world.rep, TODAY + timedelta(days=6), world.rep.user.id) == [world.customer.id]
    assert waiting(world.rep, world.customer.id)[0].params == {"outcome": "The rice is good"}


def test_a_reason_for_none_ends_it(world: World) -> None:
    assert world.record(next_on=None, no_next_reason="closed for good") is None
    assert waiting(world.rep, world.customer.id) == []
    assert look(world.owner, unfinished) == []


def test_recorded_late_on_a_phone_it_counts_from_that_day(world: World) -> None:
    """A next day that is after the call but gone by the time it arrives is taken: the phone was offline."""
    called, following = TODAY - timedelta(days=3), TODAY - timedelta(days=1)
    act_on(
        called,
        world.rep,
        lambda actor: (
            record_follow_up(actor, follow_ups_of(actor).locked(world.id), 1, **(NEXT | {"next_on": following}))
            and None
        ),
    )
    assert due(world.rep, TODAY) == [world.customer.id]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "  "}, "outcome"),
        ({"how": "telepathy"}, "how"),
        ({"next_on": None}, "next_on"),
        ({"next_on": TODAY}, "next_on"),
        ({"next_on": TODAY - timedelta(days=1)}, "next_on"),
        ({"next_on": TODAY + timedelta(days=731)}, "next_on"),
        ({"no_next_reason": "both"}, "no_next_reason"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(world: World, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        world.record(**said)
    assert refused.value.field == field
    assert due(world.rep, TODAY) == [world.customer.id]


def test_recorded_twice_the_second_is_told_and_may_record_theirs_too(world: World) -> None:
    """Both have called: both calls are kept, and there is still one next day, the last one said."""
    world.record()
    with pytest.raises(Stale):
        world.record(by=world.owner)
    following = world.record(2, by=world.owner, outcome="They want more", next_on=TODAY + timedelta(days=2))
    waits = [(found.id, found.due_on) for found in waiting(world.owner, world.customer.id)]
    assert waits == [(following, TODAY + timedelta(days=2))]
    with pytest.raises(Stale):
        world.record(2, by=world.owner)
    assert look(world.owner, unfinished) == []


def test_a_colleague_may_record_it(world: World) -> None:
    colleague = a_member(world.owner, "sales")
    world.record(by=colleague)
    assert waiting(world.owner, world.customer.id)[0].rep_id == world.rep.user.id


def test_put_off_it_is_gone_until_then(world: World) -> None:
    until = TODAY + timedelta(days=2)
    act(world.rep, lambda actor: snooze(actor, follow_ups_of(actor).locked(world.id), 1, until) and None)
    assert due(world.rep, TODAY) == []
    assert due(world.rep, until) == [world.customer.id]
    with pytest.raises(Stale):
        world.record()
    world.record(version=2)


def test_it_cannot_be_put_off_to_the_past(world: World) -> None:
    with pytest.raises(Refused) as refused:
        act(world.rep, lambda actor: snooze(actor, follow_ups_of(actor).locked(world.id), 1, TODAY))
    assert refused.value.field == "until"


def test_handed_over_the_colleague_is_told(world: World) -> None:
    other = a_member(world.owner, "sales")

    def hand_over(actor: Actor) -> None:
        found = follow_ups_of(actor).locked(world.id)
        reassign(actor, found, 1, other.user.id, whom_of(actor, found))

    act(world.rep, hand_over)
    assert due(world.owner, TODAY, other.user.id) == [world.customer.id]
    assert told(other) == ["crm.follow_up.given"]


@pytest.mark.parametrize("role", ["warehouse", "buyer", "accountant", "auditor"])
def test_only_who_sells_may_have_one(world: World, role: str) -> None:
    other = a_member(world.owner, role)

    def hand_over(actor: Actor) -> None:
        found = follow_ups_of(actor).locked(world.id)
        reassign(actor, found, 1, other.user.id, whom_of(actor, found))

    with pytest.raises(Refused) as refused:
        act(world.rep, hand_over)
    assert refused.value.field == "rep_id"


def test_taken_back_it_waits_again_and_its_next_is_gone(world: World) -> None:
    world.record()
    act(world.rep, lambda actor: take_back(actor, follow_ups_of(actor).locked(world.id)))
    assert [found.id for found in waiting(world.rep, world.customer.id)] == [world.id]
    with pytest.raises(Refused):
        act(world.rep, lambda actor: take_back(actor, follow_ups_of(actor).locked(world.id)))


def test_it_is_not_taken_back_by_another_nor_once_the_next_moved_on(world: World) -> None:
    following = world.record()
    with pytest.raises(Refused) as refused:
        act(world.owner, lambda actor: take_back(actor, follow_ups_of(actor).locked(world.id)))
    assert refused.value.code == "follow_up.whose"
    later = TODAY + timedelta(days=9)
    act(world.rep, lambda actor: snooze(actor, follow_ups_of(actor).locked(following), 1, later) and None)
    with pytest.raises(Refused) as refused:
        act(world.rep, lambda actor: take_back(actor, follow_ups_of(actor).locked(world.id)))
    assert refused.value.code == "follow_up.moved_on"


def test_asked_for_by_hand(world: World) -> None:
    day = TODAY + timedelta(days=1)

    def ask(actor: Actor) -> None:
        customer = customers_of(actor).get(world.customer.id)
        ask_follow_up(actor, customer, day, "offer the new rice", due_at=time(15), rep_id=world.rep.user.id)

    act(world.owner, ask)
    asked = waiting(world.rep, world.customer.id)[-1]
    assert (asked.due_on, asked.due_at, asked.params) == (day, time(15), {"note": "offer the new rice"})
    assert told(world.rep) == ["crm.follow_up.given"]


@pytest.mark.parametrize(
    ("due_on", "note", "field"),
    [(TODAY - timedelta(days=1), "rice", "due_on"), (date(2199, 1, 1), "rice", "due_on"), (TODAY, " ", "note")],
)
def test_a_bad_request_is_refused(world: World, due_on: date, note: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        act(world.rep, lambda actor: ask_follow_up(actor, customers_of(actor).get(world.customer.id), due_on, note))
    assert refused.value.field == field


def test_neither_another_company_nor_a_customer_finds_it(session: Session, world: World) -> None:
    stranger, buyer = a_company(session), a_member(world.owner, "customer", world.customer.id)
    for actor in (stranger, buyer):
        with pytest.raises(NotFound):
            act(actor, lambda acting: follow_ups_of(acting).get(world.id))
    with pytest.raises(NotFound):
        act(world.rep, lambda acting: follow_ups_of(acting).get(new_id()))


def told(actor: Actor) -> list[str]:
    ask = "SELECT code FROM notification WHERE company_id = %(company)s AND user_id = %(user)s"
    return look(actor, lambda a: [row.code for row in a.db.ask(ask, company=a.company_id, user=a.user.id)])
