"""Lists that are scanned off without a network: what is picked and what is received."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.catalog import a_product
from tests.support.flows import CARTON, CREAM, FLOUR, Floor, Scanner, offline_page
from tests.support.inventory import bring
from tests.support.outbox import READ, asked
from tests.support.partners import a_customer, a_supplier
from tests.support.purchasing import a_supplier_with_user, sent, shipped, today
from tests.support.sales import confirmed, delivery_now, plan, timeline_of
from tests.support.world import a_member, act
from webapp.purchasing import add_pallets, shipments_of

from .phone import either_way

pytestmark = pytest.mark.thread
Phone = Callable[..., Page]


@either_way
def test_picking_goes_on_without_a_network(scanner: Scanner, floor: Floor) -> None:
    rep = a_member(floor.owner, "sales")
    order = confirmed(
        rep, a_customer(floor.owner, "Coast"), (floor.products["Cream"], 15), (floor.products["Flour"], 3)
    )
    floor.owner.session.expunge_all()
    delivery = plan(floor.keeper, order)
    page = offline_page(scanner, f"sales/deliveries/{delivery}/picking")
    scanner.shows("picking")
    said = page.locator("[data-scan-said]")
    scanner.scan(CREAM)
    expect(said).to_contain_text("+1")
    scanner.scan(CARTON)
    figure = page.locator("main.sheet .box [data-put=picked]")
    expect(figure).to_have_text("13")
    head = page.locator("main.sheet .sheet-head")
    scanner.scan(CARTON)
    expect(head).to_contain_text("Only 2")
    scanner.press("back")
    scanner.scan("MILK")
    expect(head).to_contain_text("not on the list")
    scanner.press("back")
    scanner.press("less")
    expect(figure).to_have_text("12")
    for _n in range(3):
        scanner.scan(FLOUR)
    expect(figure).to_have_text("3")
    scanner.scan(FLOUR)
    expect(head).to_contain_text("All 3")
    scanner.press("back")
    page.reload()
    scanner.shows("picking")
    expect(figure.or_(page.locator("main.sheet .row-right")).first).to_be_visible()
    scanner.on()
    picked = {line.product.name: line.picked for line in delivery_now(floor.owner, delivery).lines}
    assert picked == {"Cream": 12, "Flour": 3}


def test_what_keeps_too_short_a_time_asks_on_the_phone(
    scanner: Scanner, floor: Floor, picture: Callable[[Page, str], Path]
) -> None:
    """Before it waits: the yes goes with the pick, the server remembers it, and it is not asked again."""
    product = a_product(floor.owner, "Yoghurt", name2=None, keeps_lots=True, least_days=30, barcodes=("YOGHURT",))
    bring(floor.owner, product.id, 5, 50, lot="NEAR", expires_on=today(floor.owner) + timedelta(days=6))
    order = confirmed(a_member(floor.owner, "sales"), a_customer(floor.owner, "Coast"), (product, 3))
    floor.owner.session.expunge_all()
    delivery = plan(floor.keeper, order)
    page = offline_page(scanner, f"sales/deliveries/{delivery}/picking")
    scanner.shows("picking")
    scanner.scan("YOGHURT")
    scanner.shows("asks")
    expect(page.locator("body.asks[data-feedback=asks]")).to_be_visible()
    expect(page.locator("main.sheet .sheet-head")).to_contain_text("at least 30 days")
    picture(page, "short-dated")
    scanner.press("back")
    assert asked(page, READ) == []
    scanner.scan("YOGHURT")
    scanner.press("really")
    scanner.shows("picking")
    figure = page.locator("main.sheet .box [data-put=picked]")
    expect(figure).to_have_text("1")
    scanner.scan("YOGHURT")
    expect(figure).to_have_text("2")
    scanner.on()
    assert [line.picked for line in delivery_now(floor.owner, delivery).lines] == [2]
    assert timeline_of(floor.owner, delivery).count("sales.delivery.short_life") == 1
    page.reload()
    expect(page.locator("[data-pick-lines] [data-least]")).to_have_attribute("data-least", "0")


def test_what_is_received_is_counted_without_a_network(scanner: Scanner, floor: Floor) -> None:
    buyer = a_member(floor.owner, "buyer")
    order = sent(buyer, a_supplier(floor.owner), (floor.products["Cream"], 24, "90"), (floor.products["Flour"], 2, "9"))
    page = offline_page(scanner, f"purchasing/orders/{order}/receipts/new")
    for code in (CARTON, CREAM, FLOUR):
        scanner.scan(code)
    expect(page.locator(".between .fig").first).to_contain_text("13")
    scanner.scan("MILK")
    expect(page.locator("main.sheet .sheet-head")).to_contain_text("not on this list")
    scanner.press("back")
    expect(page.locator(".between .fig").first).to_contain_text("13")
    expect(page.locator(".tray .fig")).to_contain_text("14")
    before = floor.held(floor.cream)
    page.locator(".tray button[data-queue]").click()
    page.wait_for_url(lambda url: "receipts/new" not in url)
    scanner.on()
    assert floor.held(floor.cream) == before + 13


def test_a_pallet_opens_the_receiving_of_its_shipment(phone: Phone, floor: Floor) -> None:
    supplier, user = a_supplier_with_user(floor.owner)
    order = sent(a_member(floor.owner, "buyer"), supplier, (floor.products["Cream"], 24, "90"))
    shipment = shipped(user, order, (24,))
    act(user, lambda actor: add_pallets(shipments_of(actor).locked(shipment), ["106141411234567897"], actor=actor))
    scanner = Scanner(phone("en"), floor, floor.keeper)
    for network in (True, False):
        scanner.open()
        if not network:
            scanner.off()
        scanner.scan("]C100106141411234567897")
        scanner.page.wait_for_url(f"**/purchasing/shipments/{shipment}/receipts/new")
        expect(
            scanner.page.get_by_role("heading", name="ASN-").or_(scanner.page.get_by_text("Cream")).first
        ).to_be_visible()
