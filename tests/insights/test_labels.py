"""The code on a label: whoever scans it, with any phone or in the app, comes to what it names; nobody else does."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, place, stock_at
from tests.support.pages import Pages
from tests.support.partners import a_supplier
from tests.support.purchasing import sent, shipped
from tests.support.world import a_company, a_member
from webapp.kernel import calendar
from webapp.kernel.labels import codes
from webapp.kernel.types import new_id

PRODUCT, LOT, LOCATION = "catalog.product", "inventory.lot", "inventory.location"
SHIPMENT, BOUGHT = "purchasing.shipment", "purchasing.order"


class Thing:
    """A company with a shelf, a lot of goods on it, and goods on their way."""

    def __init__(self, session: Session, name: str = "Fenghe Foods") -> None:
        self.owner = a_company(session, name)
        until = calendar.today(None) + timedelta(days=90)
        product = a_product(self.owner, keeps_lots=True)
        self.lot = bring(self.owner, product.id, 10, 100, lot="L1", expires_on=until)
        self.supplier = a_supplier(self.owner)
        self.supplier_user = a_member(self.owner, "supplier", self.supplier.id)
        self.order = sent(self.owner, self.supplier, (product, 6, 5))
        self.product = product.id
        self.shelf, self.other = place(self.owner, "A-01-1"), place(self.owner, "B-01-1")

    def goods_on_their_way(self) -> UUID:
        from tests.support.purchasing import answered

        answered(self.supplier_user, self.order, None)
        return shipped(self.supplier_user, self.order, [6], {0: ("L2", calendar.today(None) + timedelta(days=60))})

    @property
    def slug(self) -> str:
        return self.owner.company.slug

    def label(self, kind: str, key: UUID, host: str = "https://books.example.cn", slug: str = "") -> str:
        return f"{host}/c/{slug or self.slug}/q/{codes.short(kind, key)}"


@pytest.fixture
def firm(session: Session) -> Thing:
    return Thing(session)


def opened(pages: Pages, label: str) -> str:
    """Where a phone's camera ends that opens the label."""
    answer = pages.client.get(urlsplit(label).path)
    assert answer.status_code == 303
    return str(answer.location)


def test_a_phone_opens_what_the_label_names(client: FlaskClient, firm: Thing) -> None:
    owner, shipment = Pages(client, firm.owner), firm.goods_on_their_way()
    for kind, key, path in (
        (LOCATION, firm.shelf, f"stock/locations/{firm.shelf}"),
        (LOT, firm.lot, f"stock/lots/{firm.lot}"),
        (PRODUCT, firm.product, f"products/{firm.product}"),
        (SHIPMENT, shipment, f"purchasing/shipments/{shipment}"),
        (BOUGHT, firm.order, f"purchasing/orders/{firm.order}"),
    ):
        assert opened(owner, firm.label(kind, key)) == f"/c/{firm.slug}/{path}"
        owner.get(path)


def test_a_supplier_comes_to_their_own_pages(client: FlaskClient, firm: Thing) -> None:
    shipment = firm.goods_on_their_way()
    supplier = Pages(client, firm.supplier_user)
    assert opened(supplier, firm.label(SHIPMENT, shipment)).endswith(f"/portal/shipments/{shipment}")
    assert opened(supplier, firm.label(BOUGHT, firm.order)).endswith(f"/portal/orders/{firm.order}")
    for kind, key in ((LOCATION, firm.shelf), (LOT, firm.lot), (PRODUCT, firm.product)):
        supplier.get(urlsplit(firm.label(kind, key)).path, status=404)


def test_a_rival_and_a_stranger_come_to_nothing(client: FlaskClient, session: Session, firm: Thing) -> None:
    rival = Pages(client, a_member(firm.owner, "supplier", a_supplier(firm.owner, "Rival").id))
    rival.get(urlsplit(firm.label(BOUGHT, firm.order)).path, status=404)
    stranger = a_company(session, "Elsewhere")
    pages = Pages(client, stranger)
    for slug in (firm.slug, stranger.company.slug):
        pages.get(f"/c/{slug}/q/{codes.short(LOCATION, firm.shelf)}", status=404)
    for short in ("l", "zzz", codes.short(LOCATION, new_id()), codes.short(LOT, firm.shelf)):
        pages.get(f"q/{short}", status=404)


def test_the_dock_may_receive_what_it_may_not_read(client: FlaskClient, firm: Thing) -> None:
    firm.goods_on_their_way()
    keeper = Pages(client, a_member(firm.owner, "warehouse"))
    assert opened(keeper, firm.label(BOUGHT, firm.order)).endswith(f"/orders/{firm.order}/receipts/new")


def test_who_is_not_signed_in_signs_in_first_and_goes_on(client: FlaskClient, firm: Thing) -> None:
    path = urlsplit(firm.label(LOCATION, firm.shelf)).path
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, "/signin")
    with client.session_transaction() as cookies:
        assert cookies["next"] == path


@pytest.mark.parametrize("host", ["https://books.example.cn", "http://localhost:8000", ""])
@pytest.mark.parametrize("slug", ["", "as-it-was-called"])
def test_in_the_app_a_label_means_the_thing_whatever_its_address(
    client: FlaskClient, firm: Thing, host: str, slug: str
) -> None:
    keeper = Pages(client, a_member(firm.owner, "warehouse"))
    assert "Got it: A-01-1" in keeper.get("scan", code=firm.label(LOCATION, firm.shelf, host, slug))
    for kind, key in ((LOT, firm.lot), (PRODUCT, firm.product)):
        answer = client.get(f"/c/{firm.slug}/scan", query_string={"code": firm.label(kind, key, host, slug)})
        assert parse_qs(urlsplit(answer.location).query)["product"] == [str(firm.product)]
    shipment = firm.goods_on_their_way()
    answer = client.get(f"/c/{firm.slug}/scan", query_string={"code": firm.label(SHIPMENT, shipment, host, slug)})
    assert answer.location.endswith(f"/purchasing/shipments/{shipment}/receipts/new")


def test_another_companys_label_means_nothing_here_and_says_so(
    client: FlaskClient, session: Session, firm: Thing
) -> None:
    other = Thing(session, "Elsewhere")
    page = Pages(client, firm.owner).get("scan", code=other.label(LOCATION, other.shelf))
    assert "This label names nothing here" in page
    assert f"It was printed by {other.slug}" in page
    assert "Add it as a new product" not in page
    gone = Pages(client, firm.owner).get("scan", code=firm.label(LOT, new_id()))
    assert "What it names is gone" in gone


def test_goods_and_shelf_by_their_labels_are_a_move(client: FlaskClient, session: Session, firm: Thing) -> None:
    keeper = Pages(client, a_member(firm.owner, "warehouse"))
    goods = {"product_id": str(firm.product), "lot_id": str(firm.lot), "from_id": str(firm.shelf), "quantity": "2"}
    again = keeper.post("stock/transfers", **goods, code=firm.label(LOT, firm.lot))
    assert parse_qs(urlsplit(again.location).query)["quantity"] == ["3"]
    other = Thing(session, "Elsewhere")
    for wrong in (firm.label(BOUGHT, firm.order), other.label(LOCATION, other.shelf)):
        assert "This label names no location here" in keeper.post("stock/transfers", 422, **goods, code=wrong).text
    keeper.post("stock/transfers", **goods, code=firm.label(LOCATION, firm.other))
    assert stock_at(firm.owner, firm.product) == {"A-01-1": (8, 0), "B-01-1": (2, 0)}
