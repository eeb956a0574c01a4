"""A delivery opens the next follow-up, by a rule the company can change."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.crm import due, ships, waiting
from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, a_member, act
from webapp.crm import change_rule
from webapp.kernel import calendar, timeline
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.types import new_id

SHIPPED = "sales.delivery.shipped"
MONDAY = date(2026, 11, 23)


def test_a_delivery_opens_a_call_seven_days_later_for_the_orders_rep(session: Session) -> None:
    owner = a_company(session)
    rep, other = a_member(owner, "sales"), a_member(owner, "sales")
    customer = a_customer(owner, owner_id=other.user.id)
    act(owner, lambda actor: ships(actor, customer.id, rep_id=rep.user.id, day=MONDAY))
    assert due(owner, MONDAY + timedelta(days=6)) == []
    assert due(owner, MONDAY + timedelta(days=7), rep.user.id) == [customer.id]
    assert due(owner, MONDAY + timedelta(days=7), other.user.id) == []


def test_without_a_rep_it_goes_to_who_looks_after_the_customer(session: Session) -> None:
    owner = a_company(session)
    rep = a_member(owner, "sales")
    looked_after, nobodys = a_customer(owner, owner_id=rep.user.id), a_customer(owner)
    act(owner, lambda actor: ships(actor, looked_after.id, day=MONDAY))
    act(owner, lambda actor: ships(actor, nobodys.id, day=MONDAY))
    assert waiting(owner, looked_after.id)[0].rep_id == rep.user.id
    assert waiting(owner, nobodys.id)[0].rep_id == owner.user.id


def test_it_holds_in_a_pipeline_too(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner)
    act(owner, lambda actor: ships(actor, customer.id, day=MONDAY), hot=True)
    assert len(waiting(owner, customer.id)) == 1


def test_one_call_covers_the_deliveries_until_it_is_made(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner)
    for day in range(4):
        act(owner, lambda actor, day=day: ships(actor, customer.id, day=MONDAY + timedelta(days=day)))
    assert [found.due_on for found in waiting(owner, customer.id)] == [MONDAY + timedelta(days=7)]


def test_a_delivery_told_twice_opens_one(session: Session) -> None:
    owner = a_company(session)
    customer, delivery = a_customer(owner), new_id()
    for _time in range(2):
        act(owner, lambda actor: ships(actor, customer.id, day=MONDAY, delivery_id=delivery))
    assert len(waiting(owner, customer.id)) == 1


def test_a_company_changes_its_own_rule(session: Session) -> None:
    owner, neighbour = a_company(session), a_company(session)
    ours, theirs = a_customer(owner), a_customer(neighbour)
    act(owner, lambda actor: change_rule(actor, SHIPPED, 1, days=3, working_days=True, active=True) and None)
    act(owner, lambda actor: ships(actor, ours.id, day=date(2026, 11, 26)))
    act(neighbour, lambda actor: ships(actor, theirs.id, day=date(2026, 11, 26)))
    assert waiting(owner, ours.id)[0].due_on == calendar.working_days_after(date(2026, 11, 26), 3) == date(2026, 12, 1)
    assert waiting(neighbour, theirs.id)[0].due_on == date(2026, 12, 3)


def test_a_rule_that_is_off_opens_nothing(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner)
    act(owner, lambda actor: change_rule(actor, SHIPPED, 1, days=7, working_days=False, active=False) and None)
    act(owner, lambda actor: ships(actor, customer.id, day=MONDAY))
    assert waiting(owner, customer.id) == []


def test_a_reversed_delivery_takes_its_call_with_it(session: Session) -> None:
    owner = a_company(session)
    customer, delivery = a_customer(owner), new_id()
    act(owner, lambda actor: ships(actor, customer.id, day=MONDAY, delivery_id=delivery))
    reverse = lambda actor: timeline.record(actor, "sales.delivery.reversed", "sales.delivery", delivery)  # noqa: E731
    act(owner, reverse)
    assert waiting(owner, customer.id) == []


def test_goods_to_a_supplier_open_nothing(session: Session) -> None:
    owner = a_company(session)
    supplier = a_supplier(owner)
    act(owner, lambda actor: ships(actor, supplier.id, day=MONDAY))
    assert waiting(owner, supplier.id) == []


@pytest.mark.parametrize(("days", "working"), [(-1, False), (366, False), (61, True)])
def test_days_out_of_reason_are_refused(session: Session, days: int, working: bool) -> None:
    owner = a_company(session)
    with pytest.raises(Refused) as refused:
        act(owner, lambda actor: change_rule(actor, SHIPPED, 1, days=days, working_days=working, active=True))
    assert refused.value.field == "days"


def test_two_editors_of_a_rule(session: Session) -> None:
    owner = a_company(session)
    act(owner, lambda actor: change_rule(actor, SHIPPED, 1, days=5, working_days=False, active=True) and None)
    with pytest.raises(Stale):
        act(owner, lambda actor: change_rule(actor, SHIPPED, 1, days=9, working_days=False, active=True))
    with pytest.raises(NotFound):
        act(owner, lambda actor: change_rule(actor, "no.such", 1, days=9, working_days=False, active=True))
