"""The pages of the books: a figure opens down to its voucher; only who keeps or reads books is let in."""

from datetime import date

import flask
import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.support.finance import a_voucher, take_back
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look, sign_in
from webapp.finance import posting_day
from webapp.finance.verbs import close_period
from webapp.kernel import calendar
from webapp.kernel.register import Found, registers
from webapp.kernel.types import new_id

JANUARY = date(2025, 1, 1)
SOLD = {"net": "100.00", "vat": "13.00", "gross": "113.00", "cost": "71.30"}


@pytest.fixture
def owner(session):
    return a_company(session)


def enter(client, actor):
    flask.g.pop("_login_user", None)  # the session's fixture holds one context open over all requests of a test
    sign_in(client, actor)


def open_page(client, actor, path, **query):
    enter(client, actor)
    return client.get(f"/c/{actor.company.slug}/books/{path}", query_string=query)


def send(client, actor, path, **fields):
    enter(client, actor)
    with client.session_transaction() as cookies:
        cookies["csrf_token"] = "a test's"
    token = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token").dumps("a test's")
    form = {"op_id": str(new_id()), "as": str(actor.membership_id), "csrf_token": token, **fields}
    return client.post(f"/c/{actor.company.slug}/books/{path}", data=form)


def test_the_trial_balance_says_first_that_it_balances(client, owner):
    a_voucher(owner, "sales.delivered", SOLD, partner_id=a_customer(owner).id)
    page = open_page(client, a_member(owner, "accountant"), "trial-balance").text
    assert page.index("Debits equal credits:") < page.index("Accounts receivable")
    assert "¥184.30 on each side" in page
    assert f"/c/{owner.company.slug}/books/accounts/1122?month={calendar.today(owner):%Y-%m}" in page


def test_an_account_opens_to_its_vouchers(client, owner):
    customer = a_customer(owner, "Harbour Foods")
    voucher = a_voucher(owner, "sales.delivered", SOLD, partner_id=customer.id)
    take_back(owner, a_voucher(owner, "sales.delivered", SOLD, partner_id=customer.id))
    page = open_page(client, owner, "accounts/1122").text
    assert f"/books/vouchers/{voucher}?account=1122" in page
    assert "Reversed: Goods delivered" in page
    assert "226.00" in page  # what it stood at in between


def test_a_ledger_goes_on_where_the_page_ended(client, owner):
    many = [{"cost": f"{n}.00"} for n in range(1, 61)]
    a_voucher(owner, "inventory.opening", *many)
    first = open_page(client, owner, "accounts/1405").text
    links = [part.split('"')[0] for part in first.split('href="') if "after=" in part.split('"')[0]]
    assert links
    second = client.get(links[0].replace("&amp;", "&")).text
    assert "Brought forward" in second
    assert "1,275.00" in second  # 1 + … + 50, brought forward
    assert "1,830.00" in second  # and all of it at the end


def test_a_voucher_shows_every_level_back_up(client, owner):
    customer = a_customer(owner, "Harbour Foods")
    voucher = a_voucher(owner, "sales.delivered", SOLD, partner_id=customer.id)
    page = open_page(client, a_member(owner, "auditor"), f"vouchers/{voucher}", account="5001").text
    assert "/books/accounts/5001?month=" in page
    assert "Customer or supplier" in page  # the document of these tests
    assert "V-0001" in page
    assert "Reverse this voucher" not in page


def test_a_voucher_opens_down_to_the_scans(client, owner, monkeypatch):
    customer = a_customer(owner)
    voucher = a_voucher(owner, "sales.delivered", SOLD, partner_id=customer.id)
    somewhere = f"/c/{owner.company.slug}/books/periods"
    scans = Found("move", customer.id, "40 scans", "10:42 to 11:04", somewhere, "scan-barcode")
    monkeypatch.setitem(registers.origins, "partner", [lambda _actor, _document_id: [scans]])
    page = open_page(client, owner, f"vouchers/{voucher}").text
    assert page.count(f'href="{somewhere}"') == 2  # on the thread, and where it comes from


def test_a_voucher_prints(client, owner):
    voucher = a_voucher(owner, "sales.delivered", SOLD, partner_id=a_customer(owner).id)
    assert "Accounting voucher" in open_page(client, owner, f"vouchers/{voucher}/print").text


@pytest.mark.parametrize("path", ["trial-balance", "vouchers", "periods", "accounts/1405"])
@pytest.mark.parametrize("role", ["sales", "buyer", "warehouse"])
def test_the_books_are_not_there_for_others(client, owner, role, path):
    assert open_page(client, a_member(owner, role), path).status_code == 404


@pytest.mark.parametrize("path", ["trial-balance", "vouchers", "periods", "accounts/1405", "periods/2025-01"])
@pytest.mark.parametrize("role", ["owner", "manager", "accountant", "auditor"])
def test_readers_see_the_books(client, owner, role, path):
    act(owner, lambda actor: posting_day(actor, JANUARY))
    actor = owner if role == "owner" else a_member(owner, role)
    assert open_page(client, actor, path).status_code == 200


@pytest.mark.parametrize("path", ["trial-balance", "vouchers", "accounts/1405", "periods"])
def test_every_list_exports_csv(client, owner, path):
    a_voucher(owner)
    done = open_page(client, owner, path, format="csv")
    assert done.mimetype == "text/csv"
    assert len(done.text.splitlines()) >= 2


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("trial-balance", {"month": "2026-13"}),
        ("trial-balance", {"month": "now"}),
        ("vouchers", {"month": "2026-1"}),
        ("vouchers", {"after": "zzz"}),
        ("accounts/9999", {}),
        ("accounts/1405", {"after": "WyIxIl0"}),
        ("vouchers/00000000-0000-0000-0000-000000000000", {}),
        ("periods/1890-01", {}),
        ("periods/2019-07", {}),
    ],
)
def test_what_is_not_there_is_not_found(client, owner, path, query):
    assert open_page(client, owner, path, **query).status_code == 404


def test_another_companys_voucher_is_not_found(client, session, owner):
    theirs = a_voucher(a_company(session))
    assert open_page(client, owner, f"vouchers/{theirs}").status_code == 404


def test_a_month_is_closed_and_opened_again(client, owner):
    a_voucher(owner, on=JANUARY)
    accountant = a_member(owner, "accountant")
    assert "Close this month" in open_page(client, accountant, "periods/2025-01").text
    done = send(client, accountant, "periods/2025-01/closure")
    assert (done.status_code, done.headers["Op-Result"]) == (303, "applied")
    assert send(client, accountant, "periods/2025-01/closure").status_code == 422
    assert send(client, accountant, "periods/2025-01/reopening", reason="late bill").status_code == 404
    missing = send(client, owner, "periods/2025-01/reopening", reason="")
    assert missing.status_code == 422
    assert "Fill this in." in missing.text
    assert send(client, owner, "periods/2025-01/reopening", reason="late bill").status_code == 303


def test_a_month_that_cannot_be_closed_says_what_is_in_the_way(client, owner):
    a_voucher(owner, on=JANUARY)
    a_voucher(owner, on=date(2025, 2, 3))
    refused = send(client, owner, "periods/2025-02/closure")
    assert refused.status_code == 422
    assert "2025-01 is still open. Close it first." in refused.text


def test_a_voucher_of_a_document_is_not_reversed_by_hand(client, owner):
    voucher = a_voucher(owner)
    refused = send(client, owner, f"vouchers/{voucher}/reversal")
    assert refused.status_code == 422
    assert "belongs to its document" in refused.text


def test_a_voucher_without_a_document_is_reversed_once(client, owner):
    voucher = a_voucher(owner, "tax.income", {"amount": "25.00"})
    assert "Reverse this voucher" in open_page(client, owner, f"vouchers/{voucher}").text
    assert send(client, owner, f"vouchers/{voucher}/reversal").status_code == 303
    again = send(client, owner, f"vouchers/{voucher}/reversal")
    assert again.status_code == 422
    assert "reversed already" in again.text
    assert "Takes this one back" in open_page(client, owner, f"vouchers/{voucher}").text


def test_the_accountants_today_says_how_the_books_stand(app, owner):
    a_voucher(owner, on=JANUARY)
    a_voucher(owner)
    accountant = a_member(owner, "accountant")
    with app.test_request_context():
        flask.g.actor = accountant
        cards = look(accountant, lambda actor: [card for source in registers.cards for card in source.cards(actor)])
    ours = [card for card in cards if card.key.startswith("finance.")]
    assert [card.state for card in ours] == ["Not closed yet", "Debits equal credits"]
    assert ours[1].reason == "1 voucher today"
    act(owner, lambda actor: close_period(actor, JANUARY))
