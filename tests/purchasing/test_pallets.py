"""A pallet's number on a shipment notice: said by the supplier or in the house, scanned at the dock."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.purchasing import a_supplier_with_user, lines_of_order, sent, shipped, soon
from tests.support.world import a_company, a_member, act, look
from webapp.catalog import add_barcode, products_of
from webapp.kernel.scanning import sscc_of
from webapp.kernel.wall import Actor
from webapp.purchasing import add_pallets, orders_of, shipments_of, withdraw_shipment
from webapp.purchasing.models import Pallet, Shipment

PALLET, OTHER = "106141411234567897", "157035381410375177"
CARTON = "6901234567892"


class World:
    """Sixty of salt are ordered of one supplier, and forty of another."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.owner = client, a_company(session)
        self.buyer = a_member(self.owner, "buyer")
        self.supplier, self.user = a_supplier_with_user(self.owner, "Greenspring")
        self.rival, self.rivals_user = a_supplier_with_user(self.owner, "Zuoshi Rival")
        self.salt = a_product(self.owner, "Salt")
        self.order = sent(self.buyer, self.supplier, (self.salt, 60, 3))
        self.line = str(lines_of_order(self.owner, self.order)[0].id)

    def announce(self, pallets: str, status: int = 303) -> str:
        fields = {
            "expected_on": soon(self.owner, 1).isoformat(),
            "lines-0-line_id": self.line,
            "lines-0-quantity": "20",
        }
        pages = Pages(self.client, self.user)
        answer = pages.post(f"portal/orders/{self.order}/shipments", status, **fields, pallets=pallets)
        return pages.follow(answer) if status == 303 else answer.text

    def shipment(self) -> UUID:
        return look(self.owner, lambda actor: actor.session.scalars(select(Shipment.id).order_by(Shipment.id)).one())

    def pallets(self) -> list[str]:
        return look(self.owner, lambda actor: list(actor.session.scalars(select(Pallet.sscc).order_by(Pallet.sscc))))

    def rivals_shipment(self, *numbers: str) -> UUID:
        key = shipped(self.rivals_user, sent(self.buyer, self.rival, (self.salt, 40, 3)), (40,))
        act(
            self.rivals_user,
            lambda actor: add_pallets(shipments_of(actor).locked(key), numbers, actor=actor),
        )
        return key

    def scan(self, code: str, role: str = "warehouse") -> str:
        """Where a scan leads: the address, or the page that says what it is."""
        pages = Pages(self.client, a_member(self.owner, role))
        response = pages.client.get(f"/c/{self.owner.company.slug}/scan", query_string={"code": code})
        return response.location or response.text


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    return World(client, session)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (PALLET, PALLET),
        (" 1 0614141 123456789 7 ", PALLET),
        (f"00{PALLET}", PALLET),
        (f"(00) {PALLET}", PALLET),
        (f"]C100{PALLET}", PALLET),
        ("106141411234567890", ""),
        ("10614141123456789", ""),
        (CARTON, ""),
        ("pallet", ""),
        ("", ""),
    ],
)
def test_a_number_is_checked_by_its_last_digit(typed: str, number: str) -> None:
    assert sscc_of(typed) == number


def test_pallets_on_the_notice_are_found_by_a_scan_at_the_dock(world: World) -> None:
    shown = world.announce(f"{PALLET}\n(00){OTHER}\n00{PALLET}\n")
    assert world.pallets() == [PALLET, OTHER]
    assert PALLET in shown
    assert "2 pallets" in shown
    for code in (f"00{PALLET}", f"]C100{PALLET}", f"(00){OTHER}", OTHER):
        assert world.scan(code).endswith(f"/purchasing/shipments/{world.shipment()}/receipts/new"), code
    assert "ASN-" in Pages(world.client, world.buyer).get("search", q="567897")


@pytest.mark.parametrize("typed", ["106141411234567890", "12", f"{PALLET}\nsalt", "\n".join([PALLET, "0" * 17 + "1"])])
def test_a_wrong_number_is_refused_beside_its_field_and_nothing_is_lost(world: World, typed: str) -> None:
    shown = world.announce(typed, 422)
    assert "is no pallet’s number" in shown
    assert 'aria-invalid="true"' in shown
    assert typed.splitlines()[-1] in shown
    assert world.pallets() == []


def test_the_buyer_adds_what_the_supplier_left_out(world: World) -> None:
    world.announce("")
    pages = Pages(world.client, world.buyer)
    home = f"purchasing/shipments/{world.shipment()}"
    assert f"{home}/pallets/new" in pages.get(home)
    pages.get(f"{home}/pallets/new")
    pages.post(f"{home}/pallets", 422, pallets="9")
    assert PALLET in pages.follow(pages.post(f"{home}/pallets", pallets=PALLET))
    pages.post(f"{home}/pallets", pallets=f"{PALLET}, {OTHER}")
    assert world.pallets() == [PALLET, OTHER]
    assert PALLET in pages.get(f"{home}/print")


def test_two_notices_of_one_pallet_are_a_choice(world: World) -> None:
    world.announce(PALLET)
    world.rivals_shipment(PALLET)
    shown = world.scan(f"00{PALLET}")
    assert shown.count("Receive these goods") == 2


def test_a_label_that_names_the_goods_too_offers_both(world: World) -> None:
    act(world.owner, lambda actor: add_barcode(actor, products_of(actor).locked(world.salt.id), CARTON, 1))
    world.announce(PALLET)
    shown = world.scan(f"(00){PALLET}(02)0{CARTON}(37)20")
    assert "Receive these goods" in shown
    assert "Salt" in shown


def test_a_pallet_of_a_withdrawn_notice_is_none(world: World) -> None:
    world.announce(PALLET)
    key = world.shipment()

    def withdraw(actor: Actor) -> None:
        order = orders_of(actor).locked(world.order)
        withdraw_shipment(shipments_of(actor).locked(key), order, actor=actor)

    act(world.user, withdraw)
    assert f"No pallet here has the number {PALLET}" in world.scan(f"00{PALLET}")
    Pages(world.client, world.user).post(f"purchasing/shipments/{key}/pallets", 422, pallets=OTHER)


def test_a_supplier_names_and_sees_its_own_alone(world: World) -> None:
    theirs = world.rivals_shipment(OTHER)
    world.announce(PALLET)
    pages = Pages(world.client, world.user)
    pages.get(f"purchasing/shipments/{theirs}/pallets/new", 404)
    pages.post(f"purchasing/shipments/{theirs}/pallets", 404, pallets=PALLET)
    assert world.pallets() == [PALLET, OTHER]
    table = pages.get("offline/pack/shipments")
    assert PALLET in table
    assert OTHER not in table
