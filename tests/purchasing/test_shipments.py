"""Shipment notices: what is announced, arrives, is withdrawn."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.purchasing import (
    a_supplier_with_user,
    answered,
    differences,
    lines_of_order,
    notices,
    order_now,
    received_shipment,
    sent,
    shipment_now,
    shipped,
    soon,
)
from tests.support.world import a_company, a_member, act
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor
from webapp.purchasing import Packed, note_arrival, notify_shipment, orders_of, shipments_of, withdraw_shipment


class World:
    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.buyer, self.dock = a_member(self.owner, "buyer"), a_member(self.owner, "warehouse")
        self.supplier, self.user = a_supplier_with_user(self.owner)
        self.milk = a_product(self.owner, "Milk", keeps_lots=True)
        self.salt = a_product(self.owner, "Salt")
        self.id = sent(self.buyer, self.supplier, (self.milk, 60, 108), (self.salt, 20, 3))
        answered(self.user, self.id, None, None)
        self.lots = {0: ("L2611A", soon(self.owner, 100))}


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_a_notice_has_a_number_lots_and_expiry(world: World) -> None:
    shipment_id = shipped(world.user, world.id, (60, 20), world.lots)
    shipment, lines = shipment_now(world.owner, shipment_id), notices(world.owner, shipment_id)
    assert shipment.number.startswith("ASN-")
    assert [(line.quantity, line.lot_code) for line in lines] == [(60, "L2611A"), (20, "")]
    assert order_now(world.owner, world.id).state == "shipped"
    assert [line.shipped for line in lines_of_order(world.owner, world.id)] == [60, 20]


def test_two_lots_of_one_line(world: World) -> None:
    milk = lines_of_order(world.owner, world.id)[0].id

    def pack(actor: Actor) -> object:
        goods = [
            Packed(milk, Decimal(40), "L1", soon(actor, 90)),
            Packed(milk, Decimal(20), "L2", soon(actor, 120)),
        ]
        return notify_shipment(orders_of(actor).locked(world.id), goods, expected_on=soon(actor, 1), actor=actor).id

    shipment_id = act(world.user, pack)
    received_shipment(world.dock, shipment_id)  # type: ignore[arg-type]
    assert differences(world.owner) == []


@pytest.mark.parametrize(
    ("quantities", "code"),
    [((61, 0), "shipment.too_many"), ((0, 0), "shipment.empty"), ((-1, 0), "shipment.figures")],
)
def test_what_cannot_be_announced(world: World, quantities: tuple[int, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        shipped(world.user, world.id, quantities, world.lots)
    assert refused.value.code == code


def test_goods_kept_by_lot_are_announced_with_it(world: World) -> None:
    for lots, code in (({}, "shipment.lot"), ({0: ("L1", soon(world.owner, 0))}, "shipment.expired")):
        with pytest.raises(Refused) as refused:
            shipped(world.user, world.id, (60, 0), lots)
        assert refused.value.code == code


def test_what_is_on_its_way_is_not_announced_twice(world: World) -> None:
    shipped(world.user, world.id, (40, 0), world.lots)
    with pytest.raises(Refused) as refused:
        shipped(world.user, world.id, (21, 0), world.lots)
    assert (refused.value.code, refused.value.params["left"]) == ("shipment.too_many", "20")


def test_a_notice_is_withdrawn_before_it_arrives(world: World) -> None:
    shipment_id = shipped(world.user, world.id, (60, 20), world.lots)

    def withdraw(actor: Actor) -> None:
        order = orders_of(actor).locked(world.id)
        withdraw_shipment(shipments_of(actor).locked(shipment_id), order, actor=actor)

    act(world.user, withdraw)
    assert (shipment_now(world.owner, shipment_id).state, order_now(world.owner, world.id).state) == (
        "withdrawn",
        "accepted",
    )
    shipped(world.user, world.id, (60, 20), world.lots)
    with pytest.raises(Refused):
        act(world.user, withdraw)
    assert differences(world.owner) == []


def test_what_stands_at_the_dock_is_not_withdrawn(world: World) -> None:
    shipment_id = shipped(world.user, world.id, (60, 20), world.lots)
    act(world.dock, lambda actor: note_arrival(shipments_of(actor).locked(shipment_id), actor=actor))
    assert shipment_now(world.owner, shipment_id).state == "arrived"
    with pytest.raises(Refused):
        act(
            world.user,
            lambda actor: withdraw_shipment(
                shipments_of(actor).locked(shipment_id), orders_of(actor).locked(world.id), actor=actor
            ),
        )
    with pytest.raises(Refused):
        act(world.dock, lambda actor: note_arrival(shipments_of(actor).locked(shipment_id), actor=actor))


def test_it_cannot_arrive_before_it_leaves(world: World) -> None:
    line = lines_of_order(world.owner, world.id)[1].id

    def announce(actor: Actor) -> None:
        goods = [Packed(line, Decimal(1))]
        notify_shipment(orders_of(actor).locked(world.id), goods, expected_on=soon(actor, -1), actor=actor)

    with pytest.raises(Refused) as refused:
        act(world.user, announce)
    assert refused.value.code == "shipment.day"


def test_another_suppliers_order_is_not_found(world: World) -> None:
    _other, stranger = a_supplier_with_user(world.owner)
    shipment_id = shipped(world.user, world.id, (60, 20), world.lots)
    with pytest.raises(NotFound):
        shipped(stranger, world.id, (1, 1), world.lots)
    with pytest.raises(NotFound):
        act(stranger, lambda actor: shipments_of(actor).get(shipment_id))
