"""Customers and suppliers are found by what people remember of them."""

from sqlalchemy.orm import Session

from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, a_member, look
from webapp.kernel.wall import Actor
from webapp.partners import customers_of, find_customers, find_suppliers, suppliers_of


def names(actor: Actor, typed: str) -> list[str]:
    return look(actor, lambda a: [partner.name for partner in find_customers(a, typed)])


def test_by_pinyin_initials(session: Session) -> None:
    owner = a_company(session)
    a_customer(owner, "北京中兴")
    a_customer(owner, "上海老街坊")
    assert names(owner, "bjzx") == ["北京中兴"]
    assert names(owner, "ljf") == ["上海老街坊"]
    assert names(owner, "zhongxing") == ["北京中兴"]
    assert names(owner, "中兴") == ["北京中兴"]


def test_by_part_of_a_phone_number(session: Session) -> None:
    owner = a_company(session)
    a_customer(owner, "Shoreline Bistro", phone="0571-8888 6666", contact="Li Wei", contact_phone="13857126012")
    assert names(owner, "7126") == ["Shoreline Bistro"]
    assert names(owner, "8888 66") == ["Shoreline Bistro"]
    assert names(owner, "li wei") == ["Shoreline Bistro"]
    assert names(owner, "999") == []


def test_by_either_language_and_code(session: Session) -> None:
    owner = a_company(session)
    partner = a_customer(owner, "海岸线西餐厅", name2="Shoreline Bistro")
    assert partner.code == "C-0001"
    for typed in ("hax", "shore", "c0001", "C-0001"):
        assert names(owner, typed) == ["海岸线西餐厅"], typed


def test_a_supplier_is_no_customer(session: Session) -> None:
    owner = a_company(session)
    supplier = a_supplier(owner, "Golden Mill")
    assert supplier.code == "S-0001"
    assert names(owner, "golden") == []
    assert look(owner, lambda a: [partner.id for partner in find_suppliers(a, "mill")]) == [supplier.id]


def test_who_is_both_is_found_as_both(session: Session) -> None:
    owner = a_company(session)
    both = a_customer(owner, "Both Ways", is_supplier=True)
    assert names(owner, "both") == ["Both Ways"]
    assert look(owner, lambda a: [partner.id for partner in find_suppliers(a, "both")]) == [both.id]


def test_a_portal_user_sees_their_own_partner_only(session: Session) -> None:
    owner = a_company(session)
    mine, rival = a_supplier(owner, "Mine Foods"), a_supplier(owner, "Rival Foods")
    supplier = a_member(owner, "supplier", mine.id)
    assert look(supplier, lambda a: [partner.id for partner in find_suppliers(a, "foods")]) == [mine.id]
    assert look(supplier, lambda a: list(suppliers_of(a).many([mine.id, rival.id]))) == [mine.id]
    assert look(supplier, lambda a: [row.id for row in suppliers_of(a).page().rows]) == [mine.id]
    assert look(supplier, lambda a: customers_of(a).page().rows) == []


def test_another_company_is_another_world(session: Session) -> None:
    ours, theirs = a_company(session), a_company(session)
    a_customer(theirs, "北京中兴")
    assert names(ours, "bjzx") == []


def test_lists_go_by_pinyin_page_by_page(session: Session) -> None:
    owner = a_company(session)
    for name in ("中兴", "Apple", "北京", "上海", "重庆"):
        a_customer(owner, name)

    def all_pages(actor: Actor) -> list[str]:
        mark, seen = None, []
        while True:
            page = customers_of(actor).page(mark, size=2)
            seen += [row.name for row in page.rows]
            if not (mark := page.next):
                return seen

    assert look(owner, all_pages) == ["Apple", "北京", "上海", "中兴", "重庆"] or look(owner, all_pages)[0] == "Apple"
