"""Web Push: one message, for one browser alone, signed, opening the very thing; at most once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.notices import Browser, a_company_where_it_is, a_device, b64, signed_by, takes_push, tell
from tests.support.services import Service
from tests.support.world import a_member, act, look
from webapp.identity.verbs.sign_in import sign_out
from webapp.kernel import notifications
from webapp.kernel.jobs import run_worker
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.notices import installed, queries
from webapp.notices.messages import LINES
from webapp.notices.verbs import delivering, send_trial, subscribe, unsubscribe

Carry = Callable[[Actor], None]


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company_where_it_is(session)


@pytest.fixture
def rep(owner: Actor) -> Actor:
    return a_member(owner, "sales")


def earlier(actor: Actor) -> None:
    """Let two hours pass for what was tried."""
    back = "UPDATE notice_delivery SET at = at - interval '2 hours' WHERE company_id = %(company)s"
    act(actor, lambda a: a.db.run(back, company=a.company_id))


def rows(actor: Actor) -> list[tuple[str, str, int]]:
    asked = "SELECT channel, state, tries FROM notice_delivery WHERE company_id = %(company)s ORDER BY notification_id"
    return look(actor, lambda a: [tuple(row) for row in a.db.ask(asked, company=a.company_id)])


def test_a_push_is_for_one_browser_and_signed(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    browser = takes_push(rep, service.url)
    order = tell(owner, rep)
    carry(rep)
    (request,) = service.requests
    told = browser.read(request)
    assert told["title"] == "Goods have come for an order"
    assert told["body"] == "Goods are here for SO-2611-0001: Rice"
    assert told["url"] == f"/c/{owner.company.slug}/sales/orders/{order}"
    assert (told["count"], told["lang"]) == (1, "en")
    assert told["ids"] == [], "to open it is not to have told the customer"
    key, claims = signed_by(request)
    assert b64(key) == installed.here().public_key
    assert claims["aud"] == service.url
    assert claims["sub"].startswith("mailto:")
    assert int(request.headers["ttl"]) > 0
    assert len(request.headers["topic"]) <= 32
    assert rows(rep) == [("push", "sent", 1)]


def test_a_notice_goes_once(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    tell(owner, rep)
    for _ in range(3):
        carry(rep)
    assert len(service.requests) == 1


def test_the_worker_is_told_when_the_verb_commits(owner: Actor, rep: Actor, service: Service) -> None:
    takes_push(rep, service.url)
    tell(owner, rep)
    waiting = """
        SELECT scheduled_at - now() < interval '16 seconds' AS soon FROM procrastinate_jobs
        WHERE task_name = 'notices.deliver' AND args ->> 'user_id' = %(user)s"""
    assert [row.soon for row in look(owner, lambda a: a.db.ask(waiting, user=str(rep.user.id)))] == [True]
    assert not service.requests, "nothing is sent within a request"


def test_who_takes_nothing_costs_no_job(owner: Actor, rep: Actor) -> None:
    tell(owner, rep)
    waiting = "SELECT 1 FROM procrastinate_jobs WHERE args ->> 'user_id' = %(user)s"
    assert not look(owner, lambda a: a.db.ask(waiting, user=str(rep.user.id)))


def test_many_at_once_are_one_message(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    browser = takes_push(rep, service.url, "zh-Hans")
    for number in range(6):
        tell(owner, rep, number=f"SO-2611-000{number}")
    carry(rep)
    (request,) = service.requests
    told = browser.read(request)
    assert told["title"] == "6 条新消息"
    assert told["body"].count("\n") == LINES
    assert told["url"] == f"/c/{owner.company.slug}/today"
    assert (told["count"], told["ids"], told["lang"]) == (6, [], "zh-Hans")


def test_several_of_one_thing_open_it(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    browser = takes_push(rep, service.url)
    order = tell(owner, rep)
    act(
        owner,
        lambda a: notifications.tell(
            a, [rep.user.id], "portal.problem", "sales.order", order, number="SO-1", text="Two bags torn by Mr Li"
        ),
    )
    carry(rep)
    told = browser.read(service.requests[0])
    assert told["url"].endswith(str(order))
    assert "SO-1: the customer says something is wrong" in told["body"], "nobody's own words on a lock screen"
    assert len(told["ids"]) == 1, "the problem is seen by opening it, the goods are not"


def test_what_comes_soon_after_waits_for_its_like(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    tell(owner, rep)
    carry(rep)
    tell(owner, rep)
    carry(rep)
    assert len(service.requests) == 1
    later = """
        SELECT max(scheduled_at) - now() AS wait FROM procrastinate_jobs
        WHERE task_name = 'notices.deliver' AND args ->> 'user_id' = %(user)s"""
    wait = look(owner, lambda a: a.db.one(later, user=str(rep.user.id))).wait
    assert 120 < wait.total_seconds() <= 180


def test_what_was_seen_is_not_pushed(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    order = tell(owner, rep)
    act(rep, lambda a: notifications.seen(a, order))
    carry(rep)
    assert not service.requests


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    owner: Actor, rep: Actor, service: Service, carry: Carry, status: int
) -> None:
    takes_push(rep, service.url)
    service.answers.append((status, {}, b"gone"))
    tell(owner, rep)
    carry(rep)
    assert not look(rep, queries.subscriptions_of)
    assert rows(rep) == [("push", "failed", 1)]


def test_what_did_not_get_through_is_tried_again(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    service.answers += [(503, {}, b""), (429, {"Retry-After": "90"}, b"")]
    tell(owner, rep)
    carry(rep)
    assert rows(rep) == [("push", "waiting", 1)]
    carry(rep)
    assert len(service.requests) == 1, "not before the pause is over"
    for tries in (2, 3):
        earlier(rep)
        carry(rep)
        assert len(service.requests) == tries
    assert rows(rep) == [("push", "sent", 3)]


def test_it_is_given_up_in_the_end(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    service.usual = (500, {}, b"")
    tell(owner, rep)
    for _ in range(10):
        earlier(rep)
        carry(rep)
    assert len(service.requests) == 6
    assert rows(rep) == [("push", "failed", 6)]


def test_a_device_that_is_signed_out_gets_nothing(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    takes_push(rep, service.url)
    tell(owner, rep)
    with before_wall(rep.session):
        sign_out(rep.session, rep.device_id)
    carry(rep)
    assert not service.requests
    act(owner, delivering.sweep)
    left = "SELECT id FROM push_subscription WHERE company_id = %(company)s"
    assert not look(owner, lambda a: a.db.ask(left, company=a.company_id))


def test_one_row_an_endpoint_whoever_holds_the_phone(owner: Actor, rep: Actor, service: Service, carry: Carry) -> None:
    """A phone that is handed on: what the first person is told does not reach it any more."""
    browser = takes_push(rep, service.url)
    other = a_device(a_member(owner, "buyer"))
    act(other, lambda a: subscribe(a, browser.endpoint, browser.p256dh, browser.auth, "en"))
    tell(owner, rep)
    carry(rep)
    assert not service.requests
    act(other, unsubscribe)
    assert not look(other, queries.subscriptions_of)


def test_an_address_that_is_none_is_refused(owner: Actor) -> None:
    a_device(owner)
    good = Browser("https://push.example.com/x")
    wrong = [
        ("http://push.example.com/x", good.p256dh, good.auth),
        ("https://10.0.0.8/x", good.p256dh, good.auth),
        ("https://user:pass@push.example.com/x", good.p256dh, good.auth),
        ("https://metadata.internal/x", good.p256dh, good.auth),
        ("ftp://push.example.com/x", good.p256dh, good.auth),
        (good.endpoint, "not-a-key", good.auth),
        (good.endpoint, good.p256dh, "c2hvcnQ"),
    ]
    for endpoint, p256dh, auth in wrong:
        with pytest.raises(Refused):
            act(owner, lambda a, *said: subscribe(a, endpoint, p256dh, auth, "en"))  # noqa: B023 - called at once


def test_one_to_try_comes_at_any_hour(session: Session, service: Service) -> None:
    owner = a_company_where_it_is(session, 23)
    browser = takes_push(owner, service.url)
    send_trial(session, owner.company_id, owner.user.id)
    told: dict[str, Any] = browser.read(service.requests[0])
    assert told["title"] == "It works"
    assert told["url"] == f"/c/{owner.company.slug}/me/notices"


def test_the_worker_carries_it(app: Flask, database: str, owner: Actor, rep: Actor, service: Service) -> None:
    """As it is in use: the job that telling enqueued, run by the worker in a context of its own."""
    browser = takes_push(rep, service.url)
    order = tell(owner, rep)
    due = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE args ->> 'user_id' = %(user)s"
    act(owner, lambda a: a.db.run(due, user=str(rep.user.id)))
    with ThreadPoolExecutor(1) as thread:
        thread.submit(run_worker, database, app.app_context, stay=False, concurrency=1).result()
    assert [browser.read(request)["url"].rsplit("/", 1)[1] for request in service.requests] == [str(order)]
    assert rows(rep) == [("push", "sent", 1)]
