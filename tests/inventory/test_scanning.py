"""What a scan means here: one product by every code of it, what its label says besides, and photos of codes."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from zxingcpp import BarcodeFormat as Format

from tests.kernel.scanning.test_pictures import drawn, png
from tests.support.catalog import a_product
from tests.support.inventory import bring, place
from tests.support.pages import Pages
from tests.support.world import a_company, a_member, act, look
from webapp.catalog import add_barcode, products_of
from webapp.inventory.queries import scanning
from webapp.kernel.settings import set_setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

Means = Callable[[str], list[tuple[str, str]]]
EACH, CARTON, UPC = "6901234567892", "16901234567899", "042100005264"


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def tea(owner: Actor) -> UUID:
    made = a_product(owner, name="绿茶", sku="TEA")
    for code, factor in ((EACH, 1), (CARTON, 24), (UPC, 1)):
        act(owner, lambda a, c=code, f=factor: add_barcode(a, products_of(a).locked(made.id), c, Decimal(f)))
    bring(owner, made.id, 100, "1000", lot="L26")
    return made.id


@pytest.fixture
def keeper(client: FlaskClient, owner: Actor) -> Pages:
    return Pages(client, a_member(owner, "warehouse"))


@pytest.fixture
def means(app: Flask, owner: Actor) -> Means:
    """What a code means to the owner: kind and name of each thing."""

    def asked(code: str) -> list[tuple[str, str]]:
        with app.test_request_context():
            g.company_slug = owner.company.slug
            found = look(owner, lambda actor: scanning.meanings(actor, code))
            return [(one.kind, one.name) for one in found]

    return asked


def photo(pages: Pages, *data: bytes, status: int, **fields: str) -> TestResponse:
    form = {"op_id": str(new_id()), "as": str(pages.actor.membership_id), "csrf_token": pages.token, **fields}
    files = {"photo": (BytesIO(data[0]), "photo.png")} if data else {}
    address = f"/c/{pages.actor.company.slug}/scan/photos"
    response = pages.client.post(address, data=form | files, headers={"Accept-Language": pages.language})
    response.request.environ["wsgi.input"].close()
    assert response.status_code == status, response.text[:2000]
    return response


@pytest.mark.parametrize(
    ("code", "units"),
    [
        *((EACH, 1), ("0" + EACH, 1), ("]E0" + EACH, 1), ("(01)0" + EACH, 1), ("]C1010" + EACH, 1), ("TEA", 1)),
        *((CARTON, 24), ("]I1" + CARTON, 24), ("01" + CARTON, 24)),
        *(("04252614", 1), ("]E004252614", 1), ("0" + UPC, 1), ("00" + UPC, 1)),
        *((f"(02)0{EACH}(37)12", 12), (f"(02){CARTON}(37)3", 72), (f"]e0010{EACH}3012", 12)),
    ],
)
def test_every_code_of_a_product_means_it_and_how_many(
    means: Means, owner: Actor, tea: UUID, code: str, units: int
) -> None:
    assert [kind for kind, _name in means(code)] == [scanning.PRODUCT]
    assert look(owner, lambda actor: scanning.packed(actor, code, tea)) == units


def test_a_label_by_weight_is_so_many_kilograms(owner: Actor) -> None:
    ham = a_product(owner, name="火腿", unit="公斤").id
    act(owner, lambda actor: add_barcode(actor, products_of(actor).locked(ham), EACH))
    assert look(owner, lambda actor: scanning.packed(actor, f"010{EACH}3103001250", ham)) == Decimal("1.250")


@pytest.mark.parametrize("code", [f"(01)0{EACH}(10)L26", f"]d2010{EACH}10L26\x1d17270318", f"010{EACH}10L26"])
def test_a_label_means_its_lot(means: Means, tea: UUID, code: str) -> None:
    assert [kind for kind, _name in means(code)] == [scanning.LOT]


def test_a_lot_that_is_not_ended_is_the_one_we_know_or_no_lot_at_all(means: Means, tea: UUID) -> None:
    assert [kind for kind, _name in means(f"010{EACH}10L2617270318")] == [scanning.LOT]
    assert [kind for kind, _name in means(f"010{EACH}10M2617270318")] == [scanning.PRODUCT]


def test_what_is_a_gtin_and_a_lot_here_is_asked(means: Means, owner: Actor, tea: UUID, keeper: Pages) -> None:
    act(owner, lambda actor: add_barcode(actor, products_of(actor).locked(tea), "10614141000415"))
    assert len(means("10614141000415")) == 1
    bring(owner, a_product(owner, name="米").id, 1, "1", lot="614141000415")
    assert {kind for kind, _name in means("10614141000415")} == {scanning.PRODUCT, scanning.LOT}
    assert "This means several things here" in keeper.get("scan", code="10614141000415")


def test_the_companys_own_sign_ends_a_lot(owner: Actor, tea: UUID, keeper: Pages) -> None:
    code = f"010{EACH}10L26~21X7"
    assert "is no value for (10)" in keeper.get("scan", code=code)
    act(owner, lambda actor: set_setting(actor, "scan.fnc1", "~"))
    keeper.get("scan", code=code, status=303)


def test_a_location_is_known_by_its_gln(means: Means, owner: Actor) -> None:
    place(owner, EACH)
    assert means(f"414{EACH}") == [(scanning.LOCATION, EACH)]
    assert means(f"(410){EACH}") == [(scanning.LOCATION, EACH)]
    assert means("]C0RECV") == [(scanning.LOCATION, "RECV")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("6901234567890", "it would be 6901234567892"),
        (f"010{EACH}17271301", "271301 after (17) is no date"),
        ("9780441014989", "No product here has the GTIN 9780441014989"),
        ("00106141411234567897", "No pallet here has the number 106141411234567897"),
        ("4144006381333931", "No location here has the GLN 4006381333931"),
        ("no such", "Nothing here has the code no such"),
        ("A\x00B", "signs in it that no code has"),
    ],
)
def test_what_means_nothing_says_why(keeper: Pages, code: str, words: str) -> None:
    assert words in keeper.get("scan", code=code)


def test_the_owner_sets_the_sign(client: FlaskClient, owner: Actor) -> None:
    page = Pages(client, owner).get("company")
    assert "Sign your scanners send" in page
    assert 'name="policy-scan-fnc1"' in page


def test_one_code_on_a_photo_is_as_if_scanned(keeper: Pages, owner: Actor, tea: UUID) -> None:
    assert "Read a photo" in keeper.get("scan")
    answer = photo(keeper, png(drawn(Format.DataMatrix, f"(01)0{EACH}(10)L26", options="gs1")), status=303)
    assert parse_qs(urlsplit(answer.location).query)["code"] == [f"(01)0{EACH}(10)L26"]
    here = place(owner, "A-01-1")
    answer = photo(keeper, png(drawn(Format.EAN13, EACH)), status=303, **{"from": str(here)})
    assert parse_qs(urlsplit(answer.location).query) == {"code": [EACH], "from": [str(here)]}


def test_several_codes_on_a_photo_are_offered(keeper: Pages, tea: UUID) -> None:
    shelf = Image.new("L", (700, 600), 255)
    for at, text in enumerate((EACH, "4006381333931")):
        shelf.paste(drawn(Format.EAN13, text), (60, 20 + 300 * at))
    page = photo(keeper, png(shelf), status=200).text
    for words in ("2 codes on the photo", "Cream 1 L", "4006381333931", "Nothing here has this code", f"code={EACH}"):
        assert words in page


def test_a_photo_of_nothing_says_what_to_do(keeper: Pages) -> None:
    assert "No code was found" in photo(keeper, png(Image.new("L", (300, 300), 200)), status=422).text
    assert "This is no picture" in photo(keeper, b"no", status=422).text
    assert "This is no picture" in photo(keeper, status=422).text


def test_a_big_photo_is_taken_and_a_huge_one_is_not(keeper: Pages) -> None:
    big = png(drawn(Format.EAN13, EACH)) + bytes(5 * 1024 * 1024)
    photo(keeper, big, status=303)
    photo(keeper, bytes(14 * 1024 * 1024), status=413)
