"""Pages of stock: two scans move goods, every figure opens down to the scan, and cost stays with whom it concerns."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, moves_of, place, stock_at, wanted
from tests.support.pages import Pages
from tests.support.world import a_company, a_member, act
from webapp.catalog import add_barcode, products_of
from webapp.kernel import calendar
from webapp.kernel.wall import Actor

TODAY = calendar.today(None)
GTIN = "6901234567892"
COST = re.compile(r"(\d+) statements, (\d+) round trips")


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def cream(owner: Actor) -> UUID:
    product = a_product(owner, sku="CREAM").id
    act(owner, lambda actor: add_barcode(actor, products_of(actor).locked(product), GTIN))
    bring(owner, product, 16, "3601.60", lot="L2611A", expires_on=TODAY + timedelta(days=114))
    place(owner, "B-01-1")
    return product


@pytest.fixture
def keeper(client: FlaskClient, owner: Actor) -> Pages:
    return Pages(client, a_member(owner, "warehouse"))


def scanned(pages: Pages, code: str) -> dict[str, str]:
    """What the page after a scan of goods carries on: product, lot, source."""
    response = pages.client.get(f"/c/{pages.actor.company.slug}/scan", query_string={"code": code})
    assert response.status_code == 303
    return {key: values[0] for key, values in parse_qs(urlsplit(response.location).query).items()}


def moving(pages: Pages, of: str = GTIN, **fields: str) -> dict[str, str]:
    goods = scanned(pages, of)
    ids = {"product_id": goods["product"], "lot_id": goods["lot"], "from_id": goods["source"], "quantity": "1"}
    return ids | fields


def test_two_scans_move_it_and_one_tap_takes_it_back(keeper: Pages, owner: Actor, cream: UUID) -> None:
    half_done = keeper.get("stock/transfers/new", **scanned(keeper, GTIN))
    for words in ("Cream 1 L", "L2611A", "114 days left", "16 ctn are here", "Scan the shelf it goes to"):
        assert words in half_done
    answer = keeper.post("stock/transfers", **moving(keeper, code="b-01-1"))
    assert answer.headers["Op-Result"] == "applied"
    assert stock_at(owner, cream) == {"A-01-1": (15, 0), "B-01-1": (1, 0)}
    after = keeper.get("scan")
    assert "Take back 1 ctn" in after
    keeper.post(re.search(r"/c/[^\"]+/reversal", after)[0])
    assert stock_at(owner, cream) == {"A-01-1": (16, 0)}


def test_the_goods_scanned_again_are_one_more(keeper: Pages, owner: Actor, cream: UUID) -> None:
    answer = keeper.post("stock/transfers", **moving(keeper, quantity="6", code=GTIN))
    assert parse_qs(urlsplit(answer.location).query)["quantity"] == ["7"]
    assert stock_at(owner, cream) == {"A-01-1": (16, 0)}


def test_a_carton_of_twelve_is_twelve(keeper: Pages, owner: Actor, cream: UUID) -> None:
    act(owner, lambda actor: add_barcode(actor, products_of(actor).locked(cream), "CARTON", Decimal(12)))
    assert scanned(keeper, "CARTON")["quantity"] == "12"
    answer = keeper.post("stock/transfers", **moving(keeper, quantity="2", code="CARTON"))
    assert parse_qs(urlsplit(answer.location).query)["quantity"] == ["14"]


def test_over_http_it_costs_five_statements_and_two_round_trips(keeper: Pages, owner: Actor, cream: UUID) -> None:
    fields = moving(keeper, to_id=str(place(owner, "B-01-1")))
    cost = [COST.search(keeper.post("stock/transfers", **fields).headers["Server-Timing"]) for _ in range(2)]
    assert [int(cost[1][n]) - int(cost[0][n]) for n in (1, 2)] == [5, 2]  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quantity": "99", "code": "B-01-1"}, "Only 16 ctn are there"),
        ({"quantity": "0", "code": "B-01-1"}, "more than zero"),
        ({"quantity": "-1", "code": "B-01-1"}, "must not be less"),
        ({"quantity": "许多", "code": "B-01-1"}, "not a number"),
        ({"quantity": "", "code": "B-01-1"}, "Fill this in"),
        ({"code": "NOWHERE"}, "No location has the code NOWHERE"),
        ({"code": "A-01-1"}, "It lies there already"),
        ({"to_id": "not an id"}, "Choose one from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(keeper: Pages, cream: UUID, fields: dict[str, str], words: str) -> None:
    answer = keeper.post("stock/transfers", status=422, **moving(keeper, **fields))
    assert words in answer.text


@pytest.mark.parametrize("key", ["product_id", "lot_id", "from_id"])
@pytest.mark.parametrize("value", ["", "x", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_goods_that_are_not_there_are_not_found(keeper: Pages, cream: UUID, key: str, value: str) -> None:
    answer = keeper.client.post(
        f"/c/{keeper.actor.company.slug}/stock/transfers",
        data={
            **moving(keeper, code="B-01-1"),
            key: value,
            "as": str(keeper.actor.membership_id),
            "op_id": str(uuid4()),
            "csrf_token": keeper.token,
        },
    )
    assert answer.status_code in (404, 422)


def test_an_expired_lot_stops_the_scan(keeper: Pages, owner: Actor) -> None:
    old = a_product(owner, sku="OLD").id
    bring(owner, old, 5, "5.00", lot="L2605C", expires_on=TODAY - timedelta(days=4))
    place(owner, "B-01-1")
    assert "Move it to Q-01" in keeper.get("stock/transfers/new", **scanned(keeper, "L2605C"))
    answer = keeper.post("stock/transfers", status=422, **moving(keeper, "L2605C", code="B-01-1"))
    for words in ("This lot has expired", "4 days ago", "Move it to Q-01", "stops"):
        assert words in answer.text


@pytest.mark.parametrize(
    "code", ["(01)06901234567892(10)L2611A(17)270318", "010690123456789210L2611A", "l2611a", "cream"]
)
def test_a_code_is_known_however_it_is_read(keeper: Pages, cream: UUID, code: str) -> None:
    if code.islower():
        assert "Nothing here has the code" in keeper.get("scan", code=code)
    else:
        assert scanned(keeper, code)["product"] == str(cream)


def test_a_place_scanned_first_is_where_it_is_taken_from(keeper: Pages, owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 2, "2.00", to="C-01-1")
    assert "Tap what you take" in keeper.get("scan", code=GTIN)
    here = place(owner, "C-01-1")
    response = keeper.client.get(
        f"/c/{owner.company.slug}/scan",
        query_string={"code": GTIN, "from": str(here)},
        headers={"Accept-Language": "en"},
    )
    assert f"source={here}" in response.location


@pytest.mark.parametrize("role", ["sales", "warehouse"])
def test_cost_is_on_no_page_and_in_no_export_of_theirs(
    client: FlaskClient, owner: Actor, cream: UUID, role: str
) -> None:
    pages, move = Pages(client, a_member(owner, role)), moves_of(owner, cream)[0].id
    seen = [
        *(pages.get("stock"), pages.get("stock", format="csv"), pages.get("stock/moves", format="csv")),
        *(pages.get(f"products/{cream}"), pages.get(f"products/{cream}/moves", format="csv")),
        *(pages.get(f"stock/moves/{move}"), pages.get("products", format="csv")),
    ]
    assert not [page for page in seen if re.search(r"3,?601\.60|225\.10|Value", page)]


@pytest.mark.parametrize("role", ["buyer", "accountant", "auditor"])
def test_who_may_see_cost_sees_it(client: FlaskClient, owner: Actor, cream: UUID, role: str) -> None:
    pages = Pages(client, a_member(owner, role))
    assert "3,601.60" in pages.get("stock")
    assert "3601.60" in pages.get("stock", format="csv")
    assert "¥225.10 a ctn on average" in pages.get(f"products/{cream}")


def test_a_figure_opens_down_to_the_scan_and_its_voucher(client: FlaskClient, owner: Actor, cream: UUID) -> None:
    pages, move = Pages(client, a_member(owner, "accountant")), moves_of(owner, cream)[0]
    page = pages.get(f"stock/moves/{move.id}")
    for words in ("Opening stock", "Owner", "L2611A", "/books/vouchers/", str(move.op_id)[-12:]):
        assert words in page
    assert page.count("3,601.60") == 1
    assert pages.get("stock/scans", document=move.document_id).count("L2611A") == 2


def test_only_who_works_there_may_move(client: FlaskClient, owner: Actor, cream: UUID) -> None:
    pages = Pages(client, a_member(owner, "sales"))
    assert "Tap what you take" not in pages.get("scan", code=GTIN)
    pages.get("stock/transfers/new", status=404)
    pages.post("stock/transfers", status=404)


def test_another_companys_things_are_not_there(
    client: FlaskClient, session: Session, owner: Actor, cream: UUID
) -> None:
    move, shelf = moves_of(owner, cream)[0], place(owner, "A-01-1")
    stranger = Pages(client, a_company(session, "Elsewhere"))
    for path in (
        f"products/{cream}",
        f"stock/moves/{move.id}",
        f"stock/locations/{shelf}",
        f"stock/lots/{move.lot_id}",
    ):
        stranger.get(path, status=404)
    assert GTIN not in stranger.get("scan", code="CREAM")


def test_counting_books_the_difference(keeper: Pages, owner: Actor, cream: UUID) -> None:
    goods = scanned(keeper, GTIN)
    keys = {"product": cream, "lot": goods["lot"], "location": goods["source"]}
    assert "The books say 16 ctn" in keeper.get("stock/adjustments/new", **keys)
    fields = {"product_id": cream, "lot_id": goods["lot"], "location_id": goods["source"], "book": "16"}
    keeper.post("stock/adjustments", status=422, **fields, counted="16", reason="whim")
    keeper.post("stock/adjustments", **fields, counted="16", reason="count")
    keeper.post("stock/adjustments", **fields, counted="14", reason="count")
    assert stock_at(owner, cream) == {"A-01-1": (14, 0)}


def test_opening_stock_comes_in_by_its_form(client: FlaskClient, owner: Actor) -> None:
    rice, pages = a_product(owner, "泰国香米 25 kg", name2=None).id, Pages(client, owner)
    assert "Bring in opening stock" in pages.get(f"products/{rice}")
    fields = {"location_id": place(owner, "A-01-1"), "quantity": "86", "value": "11000", "day": TODAY.isoformat()}
    pages.post(f"products/{rice}/opening-stock", status=422, **fields | {"quantity": "0"})
    pages.post(f"products/{rice}/opening-stock", **fields)
    dated = a_product(owner, "鲜奶", keeps_lots=True).id
    assert "keeps lots" in pages.post(f"products/{dated}/opening-stock", status=422, **fields).text
    assert stock_at(owner, rice) == {"A-01-1": (86, 0)}


def test_a_shelf_is_added_and_shows_what_lies_there(keeper: Pages, owner: Actor, cream: UUID) -> None:
    warehouse = re.search(r'value="([0-9a-f-]{36})"[^>]*>Main warehouse', keeper.get("stock/locations/new"))
    assert warehouse
    fields = {"warehouse_id": warehouse[1], "kind": "stock"}
    assert "already" in keeper.post("stock/locations", status=422, code="a-01-1", **fields).text
    keeper.post("stock/locations", status=422, code="", **fields)
    assert "Nothing lies here" in keeper.follow(keeper.post("stock/locations", code="d-01-1", **fields))
    assert "Cream 1 L" in keeper.get(f"stock/locations/{place(owner, 'A-01-1')}")
    keeper.post("stock/warehouses", code="W9", name="冷库")
    assert "W9-RECV" in keeper.get("stock/locations")


def test_today_says_what_to_put_away_and_what_expires(keeper: Pages, owner: Actor, cream: UUID) -> None:
    bring(owner, cream, 3, "3.00", to="RECV", lot="NEW", expires_on=TODAY + timedelta(days=6))
    today = keeper.get("today")
    for words in ("Put it away", "Expires soon", "6 days left", "3 ctn"):
        assert words in today


def test_stock_is_found_by_initials_and_promised_stock_shows(keeper: Pages, owner: Actor, cream: UUID) -> None:
    wanted(owner, cream, 4)
    assert "16 on hand, 4 promised" in keeper.get("search", q="xny")
    found = keeper.part("stock", q="xny")
    assert "Cream 1 L" in found
    assert "<html" not in found
    assert ">12<" in found
    assert "No product found" in keeper.part("stock", q="zzz")
