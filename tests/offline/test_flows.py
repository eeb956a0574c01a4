"""At the shelf with the phone's own catalogue: what is done without a network is in the books when there is one."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.support.flows import CARTON, CREAM, FLOUR, MILK, Floor, Scanner, moved
from tests.support.inventory import place
from tests.support.world import act
from webapp.inventory.verbs import transfer

from .phone import either_way

pytestmark = pytest.mark.thread


@either_way
def test_two_scans_are_a_move_without_a_network(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    scanner.scan(CREAM)
    scanner.shows("hold")
    scanner.scan("B-01-1")
    moved(scanner, "B-01-1")
    scanner.shows("start")
    assert floor.there_is(floor.cream, "B-01-1") == 0
    scanner.on()
    assert floor.there_is(floor.cream, "B-01-1") == 1
    assert floor.there_is(floor.cream, "A-01-1") == 29


def test_one_kept_page_moves_twice(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    for _turn in range(2):
        scanner.scan(CREAM)
        scanner.shows("hold")
        scanner.scan("B-01-1")
        moved(scanner, "B-01-1")
        scanner.shows("start")
    scanner.on()
    assert floor.there_is(floor.cream, "B-01-1") == 2
    assert floor.count("move") == 4 + 2  # four openings


def test_a_run_of_scans_counts_up_and_a_carton_is_its_pieces(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    for code, said in ((CREAM, "1"), (CREAM, "2"), (CARTON, "14"), (CREAM, "15")):
        scanner.scan(code)
        expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value(said)
    scanner.scan("B-01-1")
    moved(scanner, "B-01-1")
    scanner.on()
    assert floor.there_is(floor.cream, "B-01-1") == 15


def test_what_was_moved_is_seen_at_once_and_stays_when_it_is_confirmed(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    scanner.scan(CARTON)
    scanner.shows("hold")
    scanner.scan("B-01-1")
    scanner.shows("start")
    scanner.choose("look")
    scanner.scan(CREAM)
    scanner.shows("look")
    rows = scanner.page.locator("main.sheet ul.rows .row")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("B-01-1")
    expect(rows.nth(1)).to_contain_text("not yet confirmed")
    expect(rows.nth(1)).to_contain_text("12")
    expect(rows.nth(0)).to_contain_text("18")
    scanner.on()
    scanner.scan(CREAM)
    expect(rows.nth(1)).not_to_contain_text("not yet confirmed")
    expect(rows.nth(1)).to_contain_text("12")
    assert floor.there_is(floor.cream, "B-01-1") == 12


@either_way
def test_ten_seconds_to_take_it_back(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    scanner.scan(CREAM)
    scanner.shows("hold")
    scanner.scan("B-01-1")
    scanner.press("undo")
    expect(scanner.page.locator("[data-scan-said]")).to_contain_text("Taken back")
    scanner.scan(CREAM)
    scanner.shows("hold")
    expect(scanner.page.locator("main.sheet .scan-help")).to_contain_text("30")
    scanner.on()
    assert floor.there_is(floor.cream, "A-01-1") == 30
    assert floor.count("move") == 4 + 2  # four openings; there and back


def test_undo_is_gone_after_ten_seconds(scanner: Scanner) -> None:
    scanner.off()
    scanner.scan(CREAM)
    scanner.shows("hold")
    scanner.scan("B-01-1")
    button = scanner.page.locator("main.sheet [data-flow-do=undo]")
    expect(button).to_be_visible()
    expect(button).to_be_hidden(timeout=12_000)


def test_with_a_network_the_phone_offers_what_is_there(scanner: Scanner, floor: Floor) -> None:
    for _turn in range(3):
        scanner.scan(CARTON)
    scanner.shows("asks")
    scanner.press("less")
    expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value("30")


def test_a_refusal_at_once_stops_and_the_figures_go_back(scanner: Scanner, floor: Floor) -> None:
    goods = {"product_id": floor.cream, "lot_id": floor.lot, "from_id": floor.here, "to_id": floor.there}
    act(floor.keeper, lambda actor: transfer(actor, quantity=Decimal(30), **goods))
    scanner.scan(CREAM)
    scanner.shows("hold")
    scanner.scan("C-01-1")
    scanner.shows("stops")
    expect(scanner.page.locator("main.sheet .sheet-head")).to_contain_text("Only 0")
    assert floor.there_is(floor.cream, "C-01-1") == 0
    scanner.press("back")
    scanner.choose("look")
    scanner.scan(CREAM)
    expect(scanner.page.locator("main.sheet ul.rows")).not_to_contain_text("C-01-1")


def test_what_stops_says_why_and_where_to(scanner: Scanner, floor: Floor) -> None:
    place(floor.owner, "Q-01")
    scanner.off()
    head = scanner.page.locator("main.sheet .sheet-head")
    scanner.scan(CREAM)
    scanner.shows("hold")
    scanner.scan("A-01-1")
    expect(head).to_contain_text("already")
    expect(scanner.page.locator("body.stops[data-feedback=stops]")).to_be_visible()
    scanner.press("back")
    scanner.scan(FLOUR)
    expect(head).to_contain_text("something else")
    scanner.press("back")
    expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value("1")
    scanner.scan("99999")
    expect(head).to_contain_text("Nothing on this phone has the code 99999")
    scanner.press("back")
    scanner.press("start")
    scanner.scan(MILK)
    expect(head).to_contain_text("This lot has expired")
    expect(head).to_contain_text("days ago")


def test_several_places_are_chosen_by_tap_or_by_the_shelf(scanner: Scanner, floor: Floor) -> None:
    scanner.off()
    scanner.scan(FLOUR)
    scanner.shows("list")
    scanner.scan("C-01-1")
    scanner.shows("hold")
    scanner.scan("B-01-1")
    moved(scanner, "B-01-1")
    scanner.scan("C-01-1")
    scanner.shows("list")
    scanner.scan(FLOUR)
    scanner.shows("hold")
    scanner.scan("B-01-1")
    moved(scanner, "B-01-1")
    scanner.on()
    assert floor.there_is(floor.flour, "B-01-1") == 2
    assert floor.there_is(floor.flour, "C-01-1") == 5


@either_way
def test_a_shelf_is_counted(scanner: Scanner, floor: Floor) -> None:
    scanner.choose("count")
    scanner.off()
    scanner.scan("A-01-1")
    scanner.shows("shelf")
    for code in (CARTON, CARTON, CREAM):
        scanner.scan(code)
    expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value("25")
    scanner.scan(FLOUR)
    expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value("1")
    scanner.page.locator("[data-flow-quantity] input").fill("6")
    scanner.press("book")
    scanner.shows("shelf")
    expect(scanner.page.locator("main.sheet ul.rows")).to_contain_text("25")
    scanner.on()
    assert floor.there_is(floor.cream, "A-01-1") == 25
    assert floor.there_is(floor.flour, "A-01-1") == 6
    assert floor.count("stock_count") == 2


def test_ten_seconds_to_take_a_count_back(scanner: Scanner, floor: Floor) -> None:
    scanner.choose("count")
    scanner.off()
    scanner.scan("A-01-1")
    scanner.scan(CARTON)
    scanner.shows("counting")
    scanner.scan(FLOUR)
    button = scanner.page.locator("main.sheet [data-flow-do=undo]")
    expect(button).to_contain_text("Take back the count of 12")
    scanner.press("undo")
    expect(scanner.page.locator("[data-scan-said]")).to_contain_text("Taken back")
    expect(scanner.page.locator("[data-flow-quantity] input")).to_have_value("1")
    scanner.press("book")
    scanner.shows("shelf")
    expect(button).to_contain_text("Take back the count of 1")
    expect(scanner.page.locator("main.sheet ul.rows")).to_contain_text("30")
    assert floor.count("stock_count") == 0
    scanner.on()
    assert floor.count("stock_count") == 2
    assert floor.count("count_undone") == 1
    assert floor.there_is(floor.cream, "A-01-1") == 30
    assert floor.there_is(floor.flour, "A-01-1") == 1


def test_a_count_is_taken_back_with_a_network(scanner: Scanner, floor: Floor) -> None:
    scanner.choose("count")
    scanner.scan("A-01-1")
    scanner.scan(CARTON)
    scanner.press("book")
    scanner.shows("shelf")
    scanner.press("undo")
    expect(scanner.page.locator("[data-scan-said]")).to_contain_text("Taken back")
    scanner.on()
    assert floor.there_is(floor.cream, "A-01-1") == 30
    assert (floor.count("stock_count"), floor.count("count_undone")) == (1, 1)
