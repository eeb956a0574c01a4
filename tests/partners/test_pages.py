"""The pages of customers and suppliers, as a person meets them."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, a_member, look
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import customers_of, find_customers

NEW = {"name": "杭州江南春餐饮管理有限公司", "payment_days": "30", "lead_days": "3"}
BAD = {
    "name": ["", " ", "长" * 101, "\x00", "a\u202eb"],
    "tax_number": ["91330106MA2H3X7Q0", "911100006000373411", "🙂" * 9],
    "phone": ["138 5712 60", "call me", "1" * 12],
    "contact_phone": ["138 5712 60"],
    "email": ["nobody", "a@b", "a b@c.d"],
    "payment_days": ["", "-1", "366", "1.5", "soon", "1e3", "٣"],
    "credit_limit": ["-1", "0.001", "99999999999", "NaN"],
    "tags": ["a,b,c,d,e,f,g,h,i", "x" * 21],
    "owner_id": ["01890a5d-ac96-774b-bcce-b302099a8057", "me"],
    "note": ["x" * 2001],
    "address": ["x" * 301],
    "contact_name": ["x" * 61],
}


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def pages(client: FlaskClient, owner: Actor) -> Pages:
    return Pages(client, a_member(owner, "sales"))


def test_a_new_customer_with_whom_one_speaks_to(pages: Pages, owner: Actor) -> None:
    answer = pages.post(
        "customers",
        **NEW,
        tax_number="91110000600037341l",
        contact_name="李薇",
        contact_phone="138 5712 6012",
        address="西湖区天目山路 588 号",
        tags="A 级，要冷链",
        owner_id=str(pages.actor.user.id),
    )
    shown = pages.follow(answer)
    for words in ("杭州江南春餐饮管理有限公司", "李薇", "13857126012", "天目山路", "A 级", "要冷链"):
        assert words in shown
    assert look(owner, lambda actor: [found.code for found in find_customers(actor, "6012")]) == ["C-0001"]


def test_the_words_of_the_picture(client: FlaskClient, owner: Actor) -> None:
    pages = Pages(client, owner, "zh-CN")
    said = pages.post("customers", 422, **NEW, tax_number="91330106MA2H3X7Q0", contact_phone="138 5712 60").text
    assert "现在是 17 位，应为 18 位。照营业执照再数一遍。" in said
    assert "手机号少 2 位。" in said
    assert "2 处" in said
    assert 'value="138 5712 60"' in said


@pytest.mark.parametrize(("field", "typed"), [(field, typed) for field, typeds in BAD.items() for typed in typeds])
def test_bad_input_is_shown_again_as_typed_and_writes_nothing(
    pages: Pages, owner: Actor, field: str, typed: str
) -> None:
    said = pages.post("customers", 422, **(NEW | {field: typed}))
    assert 'role="alert"' in said.text
    assert "field-error" in said.text or field == "owner_id"
    assert look(owner, lambda actor: customers_of(actor).page().rows) == []


def test_emoji_and_both_scripts_are_names(pages: Pages) -> None:
    assert "海岸线 Bistro 🍜" in pages.follow(pages.post("customers", **(NEW | {"name": "海岸线 Bistro 🍜"})))


def test_enter_pressed_twice_makes_one(pages: Pages, owner: Actor) -> None:
    op = new_id()
    first, second = (pages.post("customers", op_id=op, **NEW) for _time in range(2))
    assert first.location == second.location
    assert (first.headers["Op-Result"], second.headers["Op-Result"]) == ("applied", "replayed")
    assert len(look(owner, lambda actor: customers_of(actor).page().rows)) == 1


def test_a_twin_is_asked_about_and_yes_is_heard(pages: Pages) -> None:
    pages.post("customers", **NEW)
    asked = pages.post("customers", 422, **NEW).text
    assert "is already here as C-0001" in asked
    assert 'value="partner.twin"' in asked
    pages.post("customers", **NEW, accept="partner.twin")


def test_two_editors_the_second_sees_both(pages: Pages, owner: Actor) -> None:
    customer = a_customer(owner, "Shoreline", phone="13857126012")
    form = {"name": "Shoreline", "payment_days": "30", "base_version": "1"}
    pages.post(f"customers/{customer.id}", **(form | {"phone": "13900001111"}))
    stale = pages.post(f"customers/{customer.id}", 412, **(form | {"phone": "13622223333"}))
    assert stale.headers["Op-Result"] == "conflict"
    assert "13900001111" in stale.text
    assert "13622223333" in stale.text
    assert 'name="base_version" value="2"' in stale.text
    pages.post(f"customers/{customer.id}", **(form | {"phone": "13622223333", "base_version": "2"}))
    assert "13622223333" in pages.get(f"customers/{customer.id}")


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "٣"])
def test_a_version_that_is_none_is_stale(pages: Pages, owner: Actor, version: str) -> None:
    customer = a_customer(owner)
    pages.post(f"customers/{customer.id}", 412, name="New", payment_days="30", base_version=version)


def test_people_and_addresses_come_change_and_go(pages: Pages, owner: Actor) -> None:
    customer = a_customer(owner, "Shoreline")
    home = f"partners/{customer.id}"
    pages.post(f"{home}/contacts", 422, name="", phone="138")
    pages.post(f"{home}/contacts", name="Li Wei", phone="13857126012", title="purchasing")
    pages.post(f"{home}/addresses", text="Pier 1", city="Hangzhou", main="y")
    contact = look(owner, lambda actor: customers_of(actor).contacts(customer.id)[0].id)
    address = look(owner, lambda actor: customers_of(actor).addresses(customer.id)[0].id)
    assert "Li Wei" in pages.get(f"{home}/contacts/{contact}")
    pages.post(f"{home}/contacts/{contact}", 412, name="Li Wei Min", base_version="1")
    pages.post(f"{home}/contacts/{contact}", name="Li Wei Min", base_version="3")
    pages.post(f"{home}/addresses/{address}", 422, text="", base_version="4")
    pages.post(f"{home}/addresses/{address}", text="Pier 2", base_version="4")
    shown = pages.get(f"customers/{customer.id}")
    assert "Li Wei Min" in shown
    assert "Pier 2" in shown
    pages.post(f"{home}/contacts/{contact}", removal="yes")
    pages.post(f"{home}/addresses/{address}", removal="yes")
    pages.get("today")
    assert "Li Wei Min" not in pages.get(f"customers/{customer.id}")
    pages.get(f"{home}/contacts/{new_id()}", 404)


@pytest.mark.parametrize(("what", "first", "second"), [("contacts", "name", "phone"), ("addresses", "text", "city")])
def test_an_edit_of_what_somebody_removed_meanwhile_is_not_lost(
    pages: Pages, owner: Actor, what: str, first: str, second: str
) -> None:
    """The phone is told by whom and when; a yes puts it back as typed, and taking it off twice is taking it off."""
    customer = a_customer(owner, "Shoreline")
    pages.post(f"partners/{customer.id}/{what}", **{first: "Pier 1", second: "13857126012"})
    part = look(owner, lambda actor: getattr(customers_of(actor), what)(customer.id)[0].id)
    there = f"partners/{customer.id}/{what}/{part}"
    pages.post(there, removal="yes")
    assert pages.queued(there, removal="yes")["result"] == "applied"
    typed = {first: "Pier 2", second: "13900000000", "base_version": "2"}
    asked = pages.queued(there, 422, **typed)
    assert asked["message"].startswith("Sales took ")
    assert "Pier 1" in asked["message"]
    kept = pages.get(there)
    assert "Sales took it off the list" in kept
    assert f'/{there}" ' in kept
    assert "Pier 2" in pages.post(there, 422, **typed).text
    assert pages.queued(there, accept=asked["accept"], **typed)["result"] == "applied"

    def rows(actor: Actor) -> list[tuple[object, ...]]:
        found = getattr(customers_of(actor), what)(customer.id)
        return [(row.id, getattr(row, first), getattr(row, second)) for row in found]

    assert look(owner, rows) == [(part, "Pier 2", "13900000000")]
    pages.queued(f"partners/{customer.id}/{what}/{new_id()}", 404, **typed)


def test_lists_search_export_and_pages(pages: Pages, owner: Actor) -> None:
    for n in range(52):
        a_customer(owner, f"Customer {n:02}", phone="=1+1" if n == 1 else None)
    first = pages.get("customers")
    assert "Customer 49" in first
    assert "Customer 50" not in first
    assert "after=" in first
    assert "Customer 07" in pages.part("customers", q="mer 07")
    assert "<html" not in pages.part("customers", q="mer 07")
    assert "Nobody found" in pages.get("customers", q="zzz")
    assert "Customer 51" in pages.get("customers", format="csv")
    assert "'=1+1" in pages.get("customers", format="csv")
    pages.get("customers", 404, after="nonsense")
    pages.get("customers", 404, after="WyJhIiwgIlx1MDAwMCJd")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_an_empty_list_offers_the_first_step(client: FlaskClient, owner: Actor, language: str) -> None:
    pages = Pages(client, owner, language)
    assert "customers/new" in pages.get("customers")
    assert "suppliers/new" in pages.get("suppliers")


def test_who_sees_and_who_changes_what(client: FlaskClient, owner: Actor) -> None:
    customer, supplier = a_customer(owner), a_supplier(owner)
    both = {"sales": (200, 404), "buyer": (404, 200), "accountant": (200, 200), "warehouse": (200, 200)}
    for role, (customers, suppliers) in both.items():
        pages = Pages(client, a_member(owner, role))
        pages.get("customers", customers)
        pages.get(f"suppliers/{supplier.id}", suppliers)
        changes = 200 if role in ("sales", "accountant") else 404
        pages.get(f"customers/{customer.id}/edit", changes)
    auditor = Pages(client, a_member(owner, "auditor"))
    auditor.get(f"suppliers/{supplier.id}")
    auditor.post("customers", 404, **NEW)
    sales = Pages(client, a_member(owner, "sales"))
    sales.get(f"partners/{supplier.id}/contacts/new", 404)
    sales.post(f"customers/{customer.id}/archival", 404)
    sales.post(f"suppliers/{customer.id}", 404, name="x")


def test_archived_by_the_owner_and_brought_back(client: FlaskClient, owner: Actor) -> None:
    customer, pages = a_customer(owner, "Shoreline"), Pages(client, owner)
    pages.post(f"customers/{customer.id}/archival")
    pages.get("today")
    assert "Shoreline" not in pages.get("customers")
    assert "Shoreline" in pages.get("customers", archived=1)
    pages.post(f"customers/{customer.id}/archival", back="yes")
    assert "Shoreline" in pages.get("customers")


def test_another_companys_customer_is_not_there(client: FlaskClient, session: Session, owner: Actor) -> None:
    stranger = a_customer(a_company(session), "Elsewhere")
    pages = Pages(client, owner)
    for path in (f"customers/{stranger.id}", f"customers/{stranger.id}/edit", f"partners/{stranger.id}/contacts/new"):
        pages.get(path, 404)
    pages.post(f"customers/{stranger.id}", 404, name="Mine now", payment_days="1", base_version="1")


def test_a_partners_link_leads_to_its_page(client: FlaskClient, owner: Actor) -> None:
    customer, supplier = a_customer(owner, "A customer here"), a_supplier(owner, "A supplier here")

    def leads(partner: UUID) -> str:
        pages = Pages(client, owner)
        return client.get(f"/c/{owner.company.slug}/partners/{partner}").location or pages.get("today")

    assert leads(customer.id).endswith(f"/customers/{customer.id}")
    assert leads(supplier.id).endswith(f"/suppliers/{supplier.id}")
