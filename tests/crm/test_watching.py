"""Customers who have gone quiet are noticed, once a silence."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.support.crm import act_on, waiting
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act
from webapp.crm import change_rule, follow_ups_of, record_follow_up
from webapp.crm.jobs import watch
from webapp.crm.verbs import open_quiet
from webapp.crm.words import why
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.models import SalesOrder

TODAY = calendar.today(None)


def ordered(
    actor: Actor, partner_id: UUID, *days_ago: int, rep_id: UUID | None = None, state: str = "confirmed"
) -> None:
    """Orders of days gone by, as an import would have them; the watch only asks when they were."""
    row = {"partner_id": partner_id, "rep_id": rep_id, "state": state, "prices_with_tax": True, "net": Decimal(0)}
    rows = [
        row
        | {"company_id": actor.company_id, "id": new_id(), "number": f"SO-{new_id()}", "version": 1, "created_by": None}
        | {"day": (day := TODAY - timedelta(days=ago)), "wanted_on": day, "split": True, "vat": 0, "gross": 0}
        for ago in days_ago
    ]
    act(actor, lambda acting: acting.session.execute(insert(SalesOrder), rows) and None)


def watched(actor: Actor, on: date = TODAY) -> int:
    return act(actor, lambda acting: open_quiet(acting, on=on))


def test_one_and_a_half_times_the_usual_gap_is_quiet(owner: Actor) -> None:
    rep = a_member(owner, "sales")
    customer, faithful = a_customer(owner), a_customer(owner)
    ordered(owner, customer.id, 55, 43, 31, 19, rep_id=rep.user.id)
    ordered(owner, faithful.id, 54, 42, 30, 18)
    assert watched(owner) == 1
    found = waiting(rep, customer.id)[0]
    assert (found.rep_id, found.due_on, found.params["usual"]) == (rep.user.id, TODAY, 12)
    assert "12" in str(found.params)
    assert watched(owner) == 0


def test_a_habit_needs_more_than_a_few_orders(owner: Actor) -> None:
    customer, other = a_customer(owner), a_customer(owner)
    ordered(owner, customer.id, 100, 88, 76)
    ordered(owner, other.id, 100, 88, 76, 64, state="cancelled")
    assert watched(owner) == 0


def test_once_a_silence_and_again_after_the_next(owner: Actor) -> None:
    customer = a_customer(owner, owner_id=owner.user.id)
    ordered(owner, customer.id, 90, 80, 70, 60)
    assert watched(owner, TODAY - timedelta(days=40)) == 1
    key = waiting(owner, customer.id)[0].id

    def called(actor: Actor) -> None:
        found = follow_ups_of(actor).locked(key)
        record_follow_up(actor, found, 1, how="call", outcome="on holiday", no_next_reason="back in a fortnight")

    act_on(TODAY - timedelta(days=39), owner, called)
    assert watched(owner, TODAY - timedelta(days=30)) == 0
    ordered(owner, customer.id, 25)
    assert watched(owner, TODAY - timedelta(days=20)) == 0
    assert watched(owner) == 1


def test_a_company_may_turn_it_off(owner: Actor) -> None:
    customer = a_customer(owner)
    ordered(owner, customer.id, 55, 43, 31, 19)
    act(owner, lambda actor: change_rule(actor, "crm.quiet", 1, days=0, working_days=False, active=False) and None)
    assert watched(owner) == 0


def test_the_mornings_watch_goes_over_every_company(owner: Actor, session: Session) -> None:
    other = a_company(session)
    for company in (owner, other):
        ordered(company, a_customer(company, "Quiet").id, 55, 43, 31, 19)
    watch()
    assert watched(owner) == watched(other) == 0


def test_its_words(app: object) -> None:
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):  # type: ignore[attr-defined]
        said = why("crm.quiet", {"day": "2026-11-05", "usual": 12}, date(2026, 11, 24))
    assert said == "上次下单11月5日，平时 12 天一次"
