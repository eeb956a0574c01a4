"""What is short becomes a proposal, a proposal an order with one tap."""

from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.crowd import at_once
from tests.support.inventory import bring
from tests.support.pages import Pages
from tests.support.partners import a_customer, a_supplier
from tests.support.purchasing import (
    a_supplier_with_user,
    an_offer,
    answered,
    differences,
    entered,
    lines_of_order,
    order_now,
    received,
    sent,
)
from tests.support.sales import confirmed
from tests.support.world import a_company, a_member, act, look
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.settings import set_setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as
from webapp.planning import dismiss, order_proposals, plan
from webapp.planning.jobs import plan_all, plan_products
from webapp.planning.models import Proposal
from webapp.purchasing import cancel_order, orders_of
from webapp.purchasing.models import PurchaseOrder


class World:
    """A firm with 15 cartons of cream, which two suppliers offer: one cheap and slow, one dear and quick."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer, self.rep = a_member(self.owner, "buyer"), a_member(self.owner, "sales")
        self.customer = a_customer(self.owner, "Fumanlou")
        self.cream = a_product(self.owner, "Whipping cream", name2=None)
        bring(self.owner, self.cream.id, 15, 150)
        self.cheap, self.user = a_supplier_with_user(self.owner, "Cheap and slow")
        self.quick = a_supplier(self.owner, "Quick")
        an_offer(self.owner, self.cheap, self.cream, 10, lead_days=30, least=Decimal(20), multiple=Decimal(10))
        an_offer(self.owner, self.quick, self.cream, 12, lead_days=1, least=Decimal(5), multiple=Decimal(5))

    def ordered(self, quantity: int, product: object = None) -> UUID:
        return confirmed(self.rep, self.customer, (product or self.cream, quantity))

    def open(self) -> list[Proposal]:
        def ask(actor: Actor) -> list[Proposal]:
            found = list(actor.session.scalars(select(Proposal).where(Proposal.state == "open")))
            actor.session.expunge_all()
            return found

        return look(self.owner, ask)

    def purchases(self) -> list[PurchaseOrder]:
        def ask(actor: Actor) -> list[PurchaseOrder]:
            found = list(actor.session.scalars(select(PurchaseOrder).order_by(PurchaseOrder.id)))
            actor.session.expunge_all()
            return found

        return look(self.owner, ask)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_what_a_customer_waits_for_is_proposed_in_the_suppliers_lot(world: World) -> None:
    order_id = world.ordered(24)
    (proposal,) = world.open()
    assert (proposal.quantity, proposal.why["missing"], proposal.why["demand"]) == (Decimal(10), "9", "9")
    assert proposal.partner_id == world.quick.id, "the cheap one would be too late"
    assert proposal.why["for"] == [{"kind": "sales.order", "id": str(order_id)}]


def test_what_is_covered_is_not_proposed(world: World) -> None:
    world.ordered(15)
    assert world.open() == []


def test_planning_again_changes_the_one_proposal(world: World) -> None:
    world.ordered(24)
    world.ordered(7)
    (proposal,) = world.open()
    assert (proposal.quantity, len(proposal.why["for"])) == (Decimal(20), 2)
    assert differences(world.owner) == []


def test_one_tap_sends_the_order_for_what_it_covers(world: World) -> None:
    world.ordered(24)
    (proposal,) = world.open()
    (order,) = act(world.buyer, lambda actor: order_proposals(actor, [proposal.id]))
    assert order_now(world.owner, order.id).state == "sent"
    assert [(line.quantity, line.price) for line in lines_of_order(world.owner, order.id)] == [(10, 12)]
    assert world.open() == []
    act(world.owner, plan)
    assert world.open() == [], "what is ordered is coming"
    assert differences(world.owner) == []


def test_one_order_a_supplier(world: World) -> None:
    salt = a_product(world.owner, "Salt", name2=None, reorder_point=Decimal(50))
    rice = a_product(world.owner, "Rice", name2=None, safety_stock=Decimal(10))
    an_offer(world.owner, world.quick, salt, 1)
    an_offer(world.owner, world.cheap, rice, 1)
    world.ordered(24)
    act(world.owner, plan)
    ids = [proposal.id for proposal in world.open()]
    orders = act(world.buyer, lambda actor: order_proposals(actor, ids))
    assert sorted(len(lines_of_order(world.owner, order.id)) for order in orders) == [1, 2]


def test_of_two_buyers_who_send_one_wins(app: Flask, world: World) -> None:
    world.ordered(24)
    (proposal,) = world.open()

    def send(_number: int) -> int:
        return len(act(entered(world.buyer), lambda actor: order_proposals(actor, [proposal.id])))

    answers = at_once(app, 4, send)
    assert sum(1 for answer in answers if answer == 1) == 1
    assert all(isinstance(answer, Refused) for answer in answers if answer != 1)
    assert len(world.purchases()) == 1


def test_dismissed_it_stays_away_until_more_is_missing(world: World) -> None:
    world.ordered(24)
    (proposal,) = world.open()
    act(world.buyer, lambda actor: dismiss(actor, [proposal.id]))
    act(world.owner, plan)
    assert world.open() == []
    world.ordered(30)
    assert [each.quantity for each in world.open()] == [Decimal(40)]


def test_nobody_offers_it(world: World) -> None:
    salt = a_product(world.owner, "Salt")
    world.ordered(3, salt)
    (proposal,) = world.open()
    assert (proposal.partner_id, proposal.quantity) == (None, Decimal(3))
    with pytest.raises(Refused) as refused:
        act(world.buyer, lambda actor: order_proposals(actor, [proposal.id]))
    assert refused.value.code == "proposal.nobody"


def test_company_policy_sends_it_in_the_same_transaction(world: World) -> None:
    act(world.owner, lambda actor: set_setting(actor, "planning.send_automatically", value=True))
    rep = enter_as(world.owner.session, world.rep.membership_id)
    rep.session.rollback()
    rep.session.info.pop("company", None)
    confirmed(rep, world.customer, (world.cream, 24))
    (order,) = world.purchases()
    assert (order.state, order.buyer_id) == ("sent", world.buyer.user.id), "a buyer looks after it, not the rep"
    assert world.open() == []


def test_goods_that_come_make_it_needless(world: World) -> None:
    order_id = sent(world.buyer, world.quick, (world.cream, 50, 12))
    act(world.buyer, lambda actor: cancel_order(orders_of(actor).locked(order_id), actor=actor))
    world.ordered(24)
    assert len(world.open()) == 1
    received(world.buyer, sent(world.buyer, world.cheap, (world.cream, 50, 10)), 50)
    assert world.open() == []


def test_a_cancelled_order_is_planned_anew(world: World) -> None:
    world.ordered(24)
    (proposal,) = world.open()
    (order,) = act(world.buyer, lambda actor: order_proposals(actor, [proposal.id]))
    act(world.buyer, lambda actor: cancel_order(orders_of(actor).locked(order.id), actor=actor))
    assert [each.quantity for each in world.open()] == [Decimal(10)]


def test_a_refusal_is_planned_by_a_job_since_the_supplier_sees_no_plan(world: World) -> None:
    order_id = sent(world.buyer, world.cheap, (world.cream, 50, 10))
    answered(world.user, order_id, [])
    asked = "SELECT args FROM procrastinate_jobs WHERE task_name = 'planning.products' ORDER BY id DESC LIMIT 1"
    args = look(world.owner, lambda actor: actor.db.one(asked)).args
    assert args["product_ids"] == [str(world.cream.id)]


def test_the_job_plans_what_a_refusal_left_short(world: World) -> None:
    order_id = sent(world.buyer, world.cheap, (world.cream, 50, 10))
    world.ordered(24)
    assert world.open() == [], "50 are coming"
    answered(world.user, order_id, [])
    plan_products(world.owner.company_id, [str(world.cream.id)])
    assert [each.why["missing"] for each in world.open()] == ["9"]


def test_the_night_plans_every_company(world: World) -> None:
    salt = a_product(world.owner, "Salt", reorder_point=Decimal(20))
    plan_all()
    assert [each.product_id for each in world.open()] == [salt.id]


def test_a_proposal_of_nobody_is_not_found(world: World) -> None:
    for ids in ([], [new_id()]):
        with pytest.raises(NotFound):
            act(world.buyer, lambda actor, ids=ids: order_proposals(actor, ids))


def test_the_card_says_what_for_and_sends_with_one_tap(client: FlaskClient, world: World) -> None:
    world.ordered(24)
    pages = Pages(client, world.buyer)
    shown = pages.get("today")
    assert "9 ctn short for SO-" in shown
    assert "Send to Quick" in shown
    (proposal,) = world.open()
    assert "9 ctn short for SO-" in pages.get("planning/proposals")
    assert "Quick" in pages.get(f"planning/proposals/{proposal.id}")
    assert "SO-" in pages.follow(pages.post("planning/orders", proposal=str(proposal.id)))
    assert "Ordered" in pages.get("planning/proposals", format="csv")
    pages.post("planning/orders", 422, proposal=str(proposal.id))


def test_posts_that_name_no_proposal(client: FlaskClient, world: World) -> None:
    pages = Pages(client, world.buyer)
    for path in ("planning/orders", "planning/dismissals"):
        pages.post(path, 404)
        for bad in ("", "me", str(new_id()), "🙂", "\x00"):
            pages.post(path, 404, proposal=bad)


def test_who_may_not_buy(client: FlaskClient, world: World) -> None:
    world.ordered(24)
    (proposal,) = world.open()
    for role, status in (("auditor", 200), ("sales", 404), ("warehouse", 404), ("accountant", 404)):
        pages = Pages(client, a_member(world.owner, role))
        pages.get("planning/proposals", status)
        pages.get(f"planning/proposals/{proposal.id}", status)
        pages.post("planning/orders", 404, proposal=str(proposal.id))
        pages.post("planning/runs", 404)
