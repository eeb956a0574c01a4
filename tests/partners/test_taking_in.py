"""Taking in customers and suppliers, and changing what is known of them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, act, look
from webapp.kernel.models import TimelineEntry
from webapp.kernel.refusals import Refused, Stale, Warned
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import add_partner, customers_of, edit_partner, find_customers, partners_of
from webapp.partners.verbs import (
    add_address,
    add_contact,
    archive_partner,
    edit_contact,
    remove_contact,
    restore_partner,
)


def test_codes_count_on_by_kind(session: Session) -> None:
    owner = a_company(session)
    assert [a_customer(owner).code, a_customer(owner).code] == ["C-0001", "C-0002"]
    assert [a_supplier(owner).code, a_supplier(owner, is_customer=True).code] == ["S-0001", "C-0003"]
    assert a_customer(owner, code="ALFKI").code == "ALFKI"


def test_a_refused_one_takes_no_number(session: Session) -> None:
    owner = a_company(session)
    a_customer(owner, code="ALFKI")
    with pytest.raises(Refused) as refused:
        a_customer(owner, code="ALFKI")
    assert refused.value.field == "code"
    assert a_customer(owner).code == "C-0001"


@pytest.mark.parametrize(
    ("name", "known", "field"),
    [
        ("  ", {"is_customer": True}, "name"),
        ("Nobody", {}, "is_customer"),
        ("Generous", {"is_customer": True, "credit_limit": Decimal(-1)}, "credit_limit"),
    ],
)
def test_what_is_missing_or_absurd_is_refused(
    session: Session, name: str, known: dict[str, object], field: str
) -> None:
    owner = a_company(session)
    with pytest.raises(Refused) as refused:
        act(owner, lambda actor: add_partner(actor, name, **known))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_twin_asks_first_but_an_import_is_not_asked(session: Session) -> None:
    owner = a_company(session)
    a_customer(owner, "北京中兴")
    with pytest.raises(Warned) as asked:
        act(owner, lambda actor: add_partner(actor, "北京中兴", is_customer=True, accepted=frozenset()))
    assert asked.value.params == {"name": "北京中兴", "number": "C-0001"}
    yes = frozenset({"partner.twin"})
    act(owner, lambda actor: add_partner(actor, "北京中兴", is_customer=True, accepted=yes) and None)
    act(owner, lambda actor: add_partner(actor, "北京中兴", is_customer=True) and None)
    assert len(look(owner, lambda actor: find_customers(actor, "bjzx"))) == 3


def test_an_edit_is_found_by_its_new_words_only(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Old Street", phone="13857126012")

    def rename(actor: Actor) -> int:
        partner = customers_of(actor).locked(customer.id)
        return edit_partner(actor, partner, 1, name="New Street", phone="13900001111").version

    assert act(owner, rename) == 2
    assert look(owner, lambda actor: len(find_customers(actor, "old"))) == 0
    assert look(owner, lambda actor: len(find_customers(actor, "7126"))) == 0
    assert look(owner, lambda actor: len(find_customers(actor, "new st"))) == 1
    assert look(owner, lambda actor: len(find_customers(actor, "1111"))) == 1


def test_two_editors_of_one_form(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline")

    def change(name: str) -> Callable[[Actor], str]:
        return lambda actor: edit_partner(actor, customers_of(actor).locked(customer.id), 1, name=name).name

    assert act(owner, change("Shoreline Bistro")) == "Shoreline Bistro"
    with pytest.raises(Stale):
        act(owner, change("Shoreline Café"))


def test_saving_without_a_change_writes_nothing(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline")
    again = lambda actor: edit_partner(actor, customers_of(actor).locked(customer.id), 1, name="Shoreline").version  # noqa: E731
    assert act(owner, again) == 1
    assert codes(owner, customer.id) == ["partners.partner.added"]


def test_a_customer_becomes_a_supplier_too(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Both Ways")
    act(owner, lambda actor: edit_partner(actor, customers_of(actor).locked(customer.id), 1, is_supplier=True) and None)
    assert look(owner, lambda actor: partners_of(actor).get(customer.id).is_supplier)


def test_people_and_the_main_one(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline", contact="Li Wei", contact_phone="13857126012")

    def second(actor: Actor) -> None:
        partner = customers_of(actor).locked(customer.id)
        add_contact(actor, partner, "Chef Sun", phone="13900001111", main=True)

    act(owner, second)
    assert people(owner, customer.id) == [("Chef Sun", True), ("Li Wei", False)]

    def gone(actor: Actor) -> None:
        partner = customers_of(actor).locked(customer.id)
        remove_contact(actor, partner, customers_of(actor).contacts(customer.id)[0])

    act(owner, gone)
    assert people(owner, customer.id) == [("Li Wei", True)]
    assert look(owner, lambda actor: len(find_customers(actor, "sun"))) == 0


def test_two_editors_of_a_contact(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline", contact="Li Wei")

    def edit(actor: Actor) -> None:
        finder = customers_of(actor)
        contact = finder.contacts(customer.id)[0]
        edit_contact(
            *(actor, finder.locked(customer.id), contact, 2),
            name="Li Wei (purchasing)",
            title=None,
            phone=None,
            email=None,
            main=True,
        )

    act(owner, edit)
    with pytest.raises(Stale):
        act(owner, edit)


def test_the_newest_main_address_is_where_goods_go(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline", address="Pier 1")
    act(owner, lambda actor: add_address(actor, customers_of(actor).locked(customer.id), "Pier 2") and None)
    found = look(owner, lambda actor: [(a.text, a.main) for a in customers_of(actor).addresses(customer.id)])
    assert found == [("Pier 2", True), ("Pier 1", False)]


def test_archived_it_is_out_of_lists_and_search_until_it_is_brought_back(session: Session) -> None:
    owner = a_company(session)
    customer = a_customer(owner, "Shoreline")
    act(owner, lambda actor: archive_partner(actor, customers_of(actor).locked(customer.id)))
    assert look(owner, lambda actor: (customers_of(actor).page().rows, find_customers(actor, "shore"))) == ([], [])
    assert look(owner, lambda actor: customers_of(actor).get(customer.id).name) == "Shoreline"
    act(owner, lambda actor: restore_partner(actor, customers_of(actor).locked(customer.id)))
    assert look(owner, lambda actor: len(find_customers(actor, "shore"))) == 1


def test_a_phones_own_id_is_kept(session: Session) -> None:
    owner = a_company(session)
    own = new_id()
    assert act(owner, lambda actor: add_partner(actor, "From a phone", is_customer=True, id=own).id) == own


def codes(actor: Actor, document: object) -> list[str]:
    statement = select(TimelineEntry.code).where(TimelineEntry.document_id == document).order_by(TimelineEntry.id)
    return look(actor, lambda a: list(a.session.execute(statement).scalars()))


def people(actor: Actor, partner: object) -> list[tuple[str, bool]]:
    return look(actor, lambda a: [(c.name, c.main) for c in customers_of(a).contacts(partner)])  # type: ignore[arg-type]
