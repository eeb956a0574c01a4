"""The second wall: a supplier sees its own orders and shipments, and nothing else of anybody."""

from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.purchasing import a_supplier_with_user, an_offer, answered, received, sent, shipped, soon
from tests.support.sales import confirmed
from tests.support.world import a_company, a_member, act, look
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.planning import order_proposals
from webapp.planning.models import Proposal
from webapp.purchasing import Part

SECRETS = ("Zuoshi Rival", "Fumanlou", "SO-", "4321.09", "8765")
"""A rival's name, a customer's, the number of the sale an order was bought for, a rival's price, our stock."""


class World:
    """Two suppliers of one product; what a customer ordered was bought from ours."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer, self.rep = a_member(self.owner, "buyer"), a_member(self.owner, "sales")
        self.ours, self.user = a_supplier_with_user(self.owner, "Greenspring")
        self.rival, self.rivals_user = a_supplier_with_user(self.owner, "Zuoshi Rival")
        self.cream = a_product(self.owner, "Whipping cream", name2=None, vat_rate=Decimal(0))
        an_offer(self.owner, self.ours, self.cream, 198)
        an_offer(self.owner, self.rival, self.cream, "4321.09")
        confirmed(self.rep, a_customer(self.owner, "Fumanlou"), (self.cream, 24))
        self.bought = act(self.buyer, self._order)
        answered(self.user, self.bought, [Part(Decimal(20)), Part(Decimal(4), soon(self.owner, 9))])
        self.shipment = shipped(self.user, self.bought, (10,))
        received(self.buyer, sent(self.buyer, self.rival, (self.cream, 8765, 1)), 8765)
        self.rivals = sent(self.buyer, self.rival, (self.cream, 50, "4321.09"))
        self.open = sent(self.buyer, self.ours, (self.cream, 7, 198))
        self.rivals_shipment = shipped(self.rivals_user, self.rivals, (20,))

    def _order(self, actor: Actor) -> UUID:
        (proposal,) = actor.session.scalars(select(Proposal.id).where(Proposal.state == "open"))
        return order_proposals(actor, [proposal])[0].id


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def portal_rules(app: Flask, method: str) -> list[str]:
    """The portal's routes of a company, such as `portal/orders/<uuid:id>`, and a shipment's paper."""
    theirs = ("portal.", "purchasing.print_shipment")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(theirs)]
    inside = [rule for rule in rules if rule.rule.startswith("/c/") and method in (rule.methods or ())]
    return sorted(rule.rule.removeprefix("/c/<company>/") for rule in inside)


def filled(rule: str, order: UUID, shipment: UUID) -> str:
    return rule.replace("<uuid:id>", str(shipment if "/shipments/<" in rule else order))


def test_a_supplier_reads_nothing_of_anybody_else(app: Flask, client: FlaskClient, world: World) -> None:
    pages = Pages(client, world.user)
    read = 0
    for order in (world.bought, world.open):
        for rule in portal_rules(app, "GET"):
            if "<" in rule.replace("<uuid:id>", ""):
                continue
            answer = client.get(f"/c/{world.owner.company.slug}/{filled(rule, order, world.shipment)}")
            assert answer.status_code in (200, 404), rule
            read += answer.status_code == 200
            assert not [secret for secret in SECRETS if secret in answer.text], rule
    assert read >= 12
    assert "Whipping cream" in pages.get(f"portal/orders/{world.bought}")
    assert not [secret for secret in SECRETS if secret in pages.get("portal/orders", format="csv")]


def test_every_route_refuses_another_suppliers_ids(app: Flask, client: FlaskClient, world: World) -> None:
    pages = Pages(client, world.user)
    tried = 0
    for order, shipment in ((world.rivals, world.rivals_shipment), (new_id(), new_id())):
        for method in ("GET", "POST"):
            for rule in portal_rules(app, method):
                if "<uuid:id>" in rule:
                    path = filled(rule, order, shipment)
                    pages.get(path, 404) if method == "GET" else pages.post(path, 404)
                    tried += 1
    assert tried >= 16


def test_the_houses_pages_are_not_there_for_a_supplier(app: Flask, client: FlaskClient, world: World) -> None:
    pages = Pages(client, world.user)
    for path in (
        "purchasing/orders",
        f"purchasing/orders/{world.bought}",
        f"purchasing/shipments/{world.shipment}",
        "purchasing/receipts",
        "planning/proposals",
        f"purchasing/suppliers/{world.ours.id}/products",
    ):
        pages.get(path, 404)


def test_the_house_reads_what_a_supplier_may_not(client: FlaskClient, world: World) -> None:
    shown = Pages(client, world.buyer).get(f"purchasing/orders/{world.bought}")
    assert "SO-" in shown, "the buyer sees what the order was bought for"


def test_a_draft_is_nobodys_outside(client: FlaskClient, world: World) -> None:
    from tests.support.purchasing import a_draft

    draft = a_draft(world.buyer, world.ours, (world.cream, 3, 198))
    Pages(client, world.user).get(f"portal/orders/{draft}", 404)


def test_a_customers_user_sees_no_suppliers_pages(client: FlaskClient, world: World) -> None:
    guest = a_member(world.owner, "customer", a_customer(world.owner).id)
    pages = Pages(client, guest)
    assert pages.get("portal")
    for path in ("portal/orders", f"portal/orders/{world.bought}", f"portal/shipments/{world.shipment}"):
        pages.get(path, 404)


def test_what_waits_for_a_supplier_is_on_its_today(client: FlaskClient, world: World) -> None:
    shown = Pages(client, world.user).get("portal")
    numbers = look(world.owner, lambda actor: _numbers(actor, world))
    assert f"/portal/orders/{world.open}" in shown
    assert numbers[world.rivals] not in shown


def _numbers(actor: Actor, world: World) -> dict[UUID, str]:
    from webapp.purchasing import orders_of

    return orders_of(actor).numbers([world.open, world.rivals])
