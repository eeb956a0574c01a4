"""Labels to print: the PDF's pages have the paper's size, hold what was chosen, and their codes read back."""

import re
import struct
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image, ImageOps
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, place
from tests.support.pages import Pages
from tests.support.partners import a_customer, a_supplier
from tests.support.purchasing import a_supplier_with_user, answered, sent, shipped
from tests.support.sales import drafted
from tests.support.world import a_company, a_member, act
from webapp.catalog import add_barcode, products_of
from webapp.kernel import calendar
from webapp.kernel.labels import codes, printing, symbols
from webapp.kernel.labels.papers import PAPERS, arrange
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

GTIN = "6901234567892"
UNTIL = calendar.today(None) + timedelta(days=90)
A4, ROLL = (595, 842), (142, 85)
"""In points of 1/72 inch."""


class Firm:
    def __init__(self, session: Session, client: FlaskClient, name: str = "Fenghe Foods") -> None:
        self.owner, self.client = a_company(session, name), client
        product = a_product(self.owner, "稀奶油 1 L", name2="Cream 1 L", keeps_lots=True)
        act(self.owner, lambda actor: add_barcode(actor, products_of(actor).locked(product.id), GTIN))
        self.product = product.id
        self.lot = bring(self.owner, product.id, 10, 100, lot="L2611A", expires_on=UNTIL)
        self.shelf = place(self.owner, "A-01-1")
        self.supplier, self.user = a_supplier_with_user(self.owner, "绿源乳品")
        self.bought = sent(self.owner, self.supplier, (product, 6, 5))
        answered(self.user, self.bought, None)
        self.shipment = shipped(self.user, self.bought, [6], {0: ("L2", UNTIL)})
        self.sold = drafted(a_member(self.owner, "sales"), a_customer(self.owner), (product, 2))

    def pdf(self, actor: Actor | None = None, status: int = 200, **query: object) -> bytes:
        Pages(self.client, actor or self.owner)
        answer = self.client.get(f"/c/{self.owner.company.slug}/labels.pdf", query_string=query)
        assert answer.status_code == status, answer.text[:2000]
        return answer.data


@pytest.fixture
def firm(session: Session, client: FlaskClient) -> Firm:
    return Firm(session, client)


def streams(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Each stream's dictionary with its bytes as they lie there."""
    return re.findall(rb"<<((?:(?!endobj).)*?)>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)


def boxes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page, in points."""
    text = pdf + b"".join(zlib.decompressobj().decompress(body) for head, body in streams(pdf) if b"/ObjStm" in head)
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", text)
    return [(round(float(width)), round(float(height))) for width, height in found]


def drawn(pdf: bytes) -> list[tuple[str, str]]:
    """What the codes in it say when they are read: (symbology, text). Pictures lie in a PDF as in a PNG."""
    found = []
    for head, body in streams(pdf):
        if b"/Image" in head:
            width, height = (int(re.search(rb"/%s (\d+)" % side, head)[1]) for side in (b"Width", b"Height"))  # type: ignore[index]
            chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + body, b"IEND")
            png = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
            picture = Image.open(BytesIO(b"\x89PNG\r\n\x1a\n" + png)).convert("L")
            picture = picture.resize((width * 4, height * 4), Image.Resampling.NEAREST)
            framed = ImageOps.expand(picture, 40, 255)
            found += [(one.symbology_identifier, one.text) for one in zxingcpp.read_barcodes(framed)]
    return found


@pytest.mark.parametrize(("paper", "size"), [("a4-24", A4), ("a4-8", A4), ("roll", ROLL)])
def test_the_pages_have_the_papers_size(firm: Firm, paper: str, size: tuple[int, int]) -> None:
    places = PAPERS[paper].places
    pdf = firm.pdf(of="shipment", id=firm.shipment, n=places + 1, paper=paper)
    assert boxes(pdf) == [size, size] if places > 1 else [size] * 2


def test_a_used_sheet_begins_where_labels_are_left(firm: Firm) -> None:
    assert len(boxes(firm.pdf(of="shipment", id=firm.shipment, n=22, start=3))) == 1
    assert len(boxes(firm.pdf(of="shipment", id=firm.shipment, n=23, start=3))) == 2
    assert [place for place, _label in next(arrange("abc", PAPERS["a4-24"], 23))] == [22, 23]


def test_no_two_places_of_a_paper_overlap_and_none_leaves_it() -> None:
    for paper in PAPERS.values():
        across = paper.margin[0] + paper.columns * paper.label[0] + (paper.columns - 1) * paper.gap[0]
        down = paper.margin[1] + paper.rows * paper.label[1] + (paper.rows - 1) * paper.gap[1]
        assert across <= paper.page[0]
        assert down <= paper.page[1]
        assert paper.css().count(".place-") == paper.places


def test_codes_read_back_as_the_address_of_the_thing(firm: Firm) -> None:
    for of, kind, key in (
        ("location", "inventory.location", firm.shelf),
        ("lot", "inventory.lot", firm.lot),
        ("product", "catalog.product", firm.product),
        ("shipment", "purchasing.shipment", firm.shipment),
        ("purchase", "purchasing.order", firm.bought),
        ("sale", "sales.order", firm.sold),
    ):
        ((symbology, text),) = drawn(firm.pdf(of=of, id=key, paper="roll"))
        assert symbology.startswith("]Q"), of
        code = codes.read(text)
        assert code
        assert (code.kind, code.id, code.company) == (kind, key, firm.owner.company.slug)


@pytest.mark.parametrize(("paper", "symbology"), [("roll", "]d2"), ("a4-8", "]C1")])
def test_goods_on_their_way_bear_what_any_scanner_reads(firm: Firm, paper: str, symbology: str) -> None:
    said = f"(01)0{GTIN}(17){UNTIL:%y%m%d}(10)"
    assert drawn(firm.pdf(firm.user, of="goods", id=firm.shipment, paper=paper)) == [(symbology, said + "L2")]
    assert drawn(firm.pdf(of="lot", id=firm.lot, paper=paper, code="gs1")) == [(symbology, said + "L2611A")]


def test_what_has_no_gtin_bears_its_own_code() -> None:
    assert not symbols.elements_of("CREAM-1", "L1", UNTIL)
    assert symbols.elements_of(GTIN, "批次", UNTIL) == f"(01)0{GTIN}(17){UNTIL:%y%m%d}"
    assert symbols.plain("SKU-1", PAPERS["roll"]).text == "SKU-1"
    assert symbols.plain("稀奶油", PAPERS["roll"]).square


def test_the_page_says_how_many_and_in_both_languages_what_stands_on_them(firm: Firm) -> None:
    shown = Pages(firm.client, firm.owner).get("labels", of="lot", id=firm.lot)
    for words in ("1 label on 1 sheet", "批次 Lot L2611A", f"Use by {UNTIL.isoformat()}", "GS1: GTIN"):
        assert words in re.sub(r"<[^>]+>", "", shown), words
    groups = Pages(firm.client, firm.owner).get("labels")
    link = re.search(r"/labels\?of=location&amp;group=([0-9a-f-]{36})", groups)
    assert link
    assert "labels on 1 sheet" in Pages(firm.client, firm.owner).get("labels", of="location", group=link[1])
    assert len(drawn(firm.pdf(of="location", group=link[1]))) >= 3
    assert str(firm.product) in Pages(firm.client, firm.owner).get("labels/choice", q="Cream")


def test_too_many_none_and_nonsense_are_said(firm: Firm) -> None:
    assert b"At most 500 labels go into one PDF; these are 501" in firm.pdf(None, 422, of="lot", id=firm.lot, n=501)
    assert b"Nothing to print yet" in firm.pdf(None, 422, of="lot", id=firm.lot, n=0)
    for wrong in ({"paper": "papyrus"}, {"start": "0"}, {"start": "x"}, {"each": "-1"}, {"code": "runes"}):
        firm.pdf(None, 422, of="lot", id=firm.lot, **wrong)
    for of, key in (("lot", new_id()), ("lot", "x"), ("dragon", firm.lot), ("lot", "")):
        firm.pdf(None, 404, of=of, id=key)
    firm.pdf(None, 404, of="location", group=new_id())


def test_nobody_prints_what_is_not_theirs(firm: Firm, session: Session, client: FlaskClient) -> None:
    rival = a_member(firm.owner, "supplier", a_supplier(firm.owner, "Rival").id)
    for of in ("shipment", "goods"):
        firm.pdf(rival, 404, of=of, id=firm.shipment)
        assert firm.pdf(firm.user, of=of, id=firm.shipment).startswith(b"%PDF")
    firm.pdf(rival, 404, of="purchase", id=firm.bought)
    for of, key in (("lot", firm.lot), ("location", firm.shelf), ("product", firm.product), ("sale", firm.sold)):
        firm.pdf(firm.user, 404, of=of, id=key)
    other = Firm(session, client, "Elsewhere")
    for of, key in (
        *(("lot", firm.lot), ("location", firm.shelf), ("product", firm.product), ("sale", firm.sold)),
        *(("shipment", firm.shipment), ("goods", firm.shipment), ("purchase", firm.bought)),
    ):
        other.pdf(None, 404, of=of, id=key)


@pytest.mark.parametrize(("what", "packages"), [("pango", printing.PANGO), ("font", printing.CHINESE)])
def test_what_the_machine_lacks_is_named(firm: Firm, monkeypatch: pytest.MonkeyPatch, what: str, packages: str) -> None:
    monkeypatch.setattr(printing, "lacking", lambda: printing.Lacks(packages, what))
    assert packages.encode() in firm.pdf(None, 422, of="lot", id=firm.lot)
    assert packages in Pages(firm.client, firm.owner).get("labels", of="lot", id=firm.lot)


def test_nothing_is_fetched_from_anywhere(tmp_path: Path) -> None:
    outside = tmp_path / "secret.png"
    Image.new("RGB", (7, 7)).save(outside)
    for address in (outside.as_uri(), "http://127.0.0.1:9/x.png", "//example.com/x.png"):
        assert b"/Image" not in printing.pdf(f'<p>Label</p><img src="{address}">', "")


def test_five_hundred_go_into_one(firm: Firm) -> None:
    """How long it takes: `bin/bench labels`."""
    assert len(boxes(firm.pdf(of="shipment", id=firm.shipment, n=500))) == 21
