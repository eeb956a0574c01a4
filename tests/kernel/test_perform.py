"""An operation is applied once, whatever the network does."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.world import a_company, act, look
from webapp.kernel import numbering, steps, timeline
from webapp.kernel.calendar import today
from webapp.kernel.db import db
from webapp.kernel.perform import Operation, Outcome, perform
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as

EVENTS = "SELECT count(*) AS n FROM timeline WHERE company_id = %(company)s"


def happens(actor: Actor) -> Outcome:
    timeline.record(actor, "test.happened", "test", new_id())
    return Outcome(location="/there", message="Done")


def events(actor: Actor) -> int:
    return int(look(actor, lambda a: a.db.one(EVENTS, company=a.company_id)).n)


@pytest.mark.parametrize("hot", [False, True])
def test_the_same_operation_twice_has_one_effect_and_the_same_answer(session: Session, hot: bool) -> None:
    actor = a_company(session)
    before = events(actor)
    op = Operation(actor, new_id(), "test", "body")
    first = perform(op, happens, hot=hot)
    second = perform(op, happens, hot=hot)
    assert (first.status, second.status) == ("applied", "replayed")
    assert (first.location, first.message) == (second.location, second.message)
    assert events(actor) == before + 1


def test_the_same_id_with_another_body_is_refused(session: Session) -> None:
    actor = a_company(session)
    key = new_id()
    perform(Operation(actor, key, "test", "one body"), happens)
    with pytest.raises(Refused) as refused:
        perform(Operation(actor, key, "test", "another body"), happens)
    assert refused.value.code == "operation.reused"


@pytest.mark.parametrize("hot", [False, True])
def test_what_is_refused_writes_nothing_but_the_refusal(session: Session, hot: bool) -> None:
    actor = a_company(session)
    before = events(actor)

    def refuses(acting: Actor) -> Outcome:
        happens(acting)
        raise Refused("test.no", "Only %(free)s are free.", field="quantity", free=5)

    op = Operation(actor, new_id(), "test", "body")
    for _attempt in range(2):
        with pytest.raises(Refused) as refused:
            perform(op, refuses, hot=hot)
        assert (refused.value.code, refused.value.field, refused.value.params) == ("test.no", "quantity", {"free": 5})
    assert events(actor) == before


def test_an_accident_writes_nothing_and_the_operation_may_come_again(session: Session) -> None:
    actor = a_company(session)
    before = events(actor)

    def breaks(acting: Actor) -> Outcome:
        happens(acting)
        raise ZeroDivisionError

    op = Operation(actor, new_id(), "test", "body")
    with pytest.raises(ZeroDivisionError):
        perform(op, breaks)
    assert events(actor) == before
    assert perform(op, happens).status == "applied"


def test_twenty_parallel_posts_of_one_operation_have_one_effect(app: Flask, session: Session) -> None:
    actor = a_company(session)
    before = events(actor)
    key, membership, together = new_id(), actor.membership_id, threading.Barrier(20)

    def post(_n: int) -> str:
        with app.app_context():
            mine = enter_as(db.session(), membership)
            db.session.rollback()
            mine.session.info.pop("company", None)
            together.wait()
            answer = perform(Operation(mine, key, "test", "body"), happens)
            return f"{answer.status} {answer.location}"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, range(20)))
    assert sorted(answers) == ["applied /there"] + ["replayed /there"] * 19
    assert events(actor) == before + 1


def test_numbers_have_no_gap_when_something_is_rolled_back(session: Session) -> None:
    actor = a_company(session)
    day = today(actor)

    def takes_and_fails(acting: Actor) -> None:
        numbering.take(acting, "XX", day)
        raise Refused("no", "No.")

    first = act(actor, lambda a: numbering.take(a, "XX", day))
    with pytest.raises(Refused):
        act(actor, takes_and_fails)
    assert act(actor, lambda a: numbering.take_many(a, "XX", day, 2)) == [
        first.replace("0001", "0002"),
        first.replace("0001", "0003"),
    ]


def test_a_step_is_taken_once(session: Session) -> None:
    actor, document = a_company(session), new_id()
    act(actor, lambda a: steps.take(a, document, "confirmed"))
    with pytest.raises(Refused) as refused:
        act(actor, lambda a: steps.take(a, document, "confirmed"))
    assert refused.value.code == "step.done"
