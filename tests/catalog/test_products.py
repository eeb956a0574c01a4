"""Products: found by initials and codes, with the right check digits, edited by one person at a time."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.pages import Pages
from tests.support.world import a_company, a_member, act, look
from webapp.catalog import NewProduct, add_barcode, add_product, by_code, find_products, products_of, unit_named
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def buyer(client: FlaskClient, owner: Actor) -> Pages:
    return Pages(client, a_member(owner, "buyer"))


def found(owner: Actor, text: str) -> list[str]:
    return look(owner, lambda actor: [product.name for product in find_products(actor, text)])


def barcode(owner: Actor, product: object, code: str, factor: str = "1") -> None:
    key = product.id  # type: ignore[attr-defined]
    act(owner, lambda actor: add_barcode(actor, products_of(actor).locked(key), code, Decimal(factor)))


@pytest.mark.parametrize("text", ["xny", "稀奶油", "cream", "ream 1", "SKU", "6901234567892", "567892"])
def test_a_product_is_found_by_what_people_remember(owner: Actor, text: str) -> None:
    barcode(owner, a_product(owner), "6901234567892")
    assert found(owner, text) == ["稀奶油 1 L"]


@pytest.mark.parametrize("code", ["6901234567893", "12345678", "00012345678901", "123456789011"])
def test_a_wrong_check_digit_is_refused_with_the_right_one(owner: Actor, code: str) -> None:
    cream = a_product(owner)
    with pytest.raises(Refused) as refused:
        barcode(owner, cream, code)
    assert refused.value.code == "barcode.check_digit"
    barcode(owner, cream, refused.value.params["right"])


@pytest.mark.parametrize("code", ["A-1", "123", "1234567890", "自编01"])
def test_other_codes_are_the_companys_own(owner: Actor, code: str) -> None:
    cream = a_product(owner)
    barcode(owner, cream, code, "12")
    (known,) = look(owner, lambda actor: [(p.id, b.factor) for p, b in by_code(actor, code) if b])
    assert known == (cream.id, 12)


def test_a_gtin_is_the_same_with_and_without_zeros(owner: Actor) -> None:
    barcode(owner, a_product(owner), "036000291452")
    for code in ("036000291452", "0036000291452", "00036000291452"):
        assert look(owner, lambda actor, code=code: len(by_code(actor, code))) == 1


def test_one_code_means_one_product(owner: Actor) -> None:
    barcode(owner, a_product(owner), "6901234567892")
    with pytest.raises(Refused) as refused:
        barcode(owner, a_product(owner), "6901234567892")
    assert refused.value.code == "barcode.taken"


def test_a_product_without_a_code_gets_the_next_number(owner: Actor) -> None:
    made = act(owner, lambda actor: add_product(actor, NewProduct("米", unit_named(actor, "袋").id)).sku)
    assert re.fullmatch(r"P-\d{4}-0001", made)


def test_a_taken_code_and_no_name_are_refused(owner: Actor) -> None:
    a_product(owner, sku="X")
    for known in ({"sku": "X"}, {"name": " "}):
        with pytest.raises(Refused):
            a_product(owner, **known)


def test_another_companys_product_is_not_there(session: Session, owner: Actor) -> None:
    cream, stranger = a_product(owner), a_company(session, "Elsewhere")
    with pytest.raises(NotFound):
        look(stranger, lambda actor: products_of(actor).get(cream.id))
    assert found(stranger, "xny") == []


FORM = {"name": "酱油 500 ml", "price": "8.5", "vat_percent": "13"}


def unit(pages: Pages) -> str:
    chosen = re.search(r'value="([0-9a-f-]{36})">btl<', pages.get("products/new"))
    assert chosen
    return chosen[1]


def test_a_product_is_added_and_changed_by_its_form(buyer: Pages) -> None:
    page = buyer.follow(buyer.post("products", **FORM, unit_id=unit(buyer), barcode="6901234567892"))
    assert "¥8.50 a btl" in page
    edit = re.search(r"products/([0-9a-f-]{36})/edit", page)
    assert edit
    changed = FORM | {"unit_id": unit(buyer), "price": "9", "sku": "SOY", "base_version": "1"}
    assert "¥9.00 a btl" in buyer.follow(buyer.post(f"products/{edit[1]}", **changed))
    late = buyer.post(f"products/{edit[1]}", status=412, **changed | {"price": "7"})
    for words in ("Save mine over it", "Someone changed this product", "not saved yet"):
        assert words in late.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Fill this in"),
        ({"name": "好" * 101}, "At most 100 characters"),
        ({"name": "a\x00b"}, "cannot be shown"),
        ({"price": "-1"}, "must not be less"),
        ({"price": "abc"}, "not a number"),
        ({"price": "1e9"}, "not a number"),
        ({"price": "999999999999"}, "more than can be right"),
        ({"vat_percent": "100"}, "more than can be right"),
        ({"barcode": "6901234567893"}, "would be 6901234567892"),
        ({"unit_id": "00000000-0000-7000-8000-000000000000"}, "Not a valid choice"),
        ({"unit_id": ""}, ""),
        ({"least_days": "1.5"}, "At most 0 decimals"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(buyer: Pages, fields: dict[str, str], words: str) -> None:
    answer = buyer.post("products", status=422, **FORM | {"unit_id": unit(buyer)} | fields)
    assert words in answer.text
    assert "酱油" in answer.text or "name" in fields


def test_lists_export_and_say_what_they_will_show(client: FlaskClient, owner: Actor) -> None:
    pages = Pages(client, owner)
    assert "Add the first product" in pages.get("products")
    a_product(owner, "=1+1", name2=None)
    assert "'=1+1" in pages.get("products", format="csv")
    assert "No product found" in pages.part("products", q="nobody")


def test_units_and_categories_are_added_once(buyer: Pages) -> None:
    assert "already" in buyer.post("products/units", status=422, **{"unit-name": "箱"}).text
    buyer.post("products/units", **{"unit-name": "板", "unit-name2": "pallet"})
    buyer.post("products/categories", **{"category-name": "乳制品"})
    assert "pallet" in buyer.get("products/units")


def test_sales_may_look_and_not_change(client: FlaskClient, owner: Actor) -> None:
    cream, pages = a_product(owner), Pages(client, a_member(owner, "sales"))
    assert "Cream 1 L" in pages.get("products")
    pages.get("products/new", status=404)
    pages.post(f"products/{cream.id}", status=404, **FORM)
