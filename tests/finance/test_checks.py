"""What `verify` says of the books when something is wrong with them: the fault is named, with its figures."""

import psycopg
import pytest

from tests.support.finance import a_voucher, differences, money
from tests.support.partners import a_customer
from tests.support.world import a_company
from webapp.kernel.postgres import for_libpq
from webapp.kernel.types import new_id

pytestmark = pytest.mark.ledger
SOLD = {"net": "100.00", "vat": "13.00", "gross": "113.00", "cost": "60.00"}


@pytest.fixture
def owner(session):
    owner = a_company(session)
    customer = a_customer(owner).id
    for _ in range(3):
        a_voucher(owner, "sales.delivered", SOLD, partner_id=customer)
    assert differences(owner) == []
    return owner


@pytest.fixture
def tamper(database, owner):
    """Change rows of the owner's company as the database's owner would, past every trigger."""

    def change(statement):
        with psycopg.connect(for_libpq(database)) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement, {"company": owner.company_id})

    return change


def test_a_kept_balance_that_drifted(owner, tamper):
    tamper("UPDATE account_balance SET debit = debit + 1 WHERE company_id = %(company)s AND account = '5401'")
    [found] = differences(owner)
    assert "5401: kept 181.00 / 0.00, lines 180.00 / 0.00" in found


def test_a_line_that_went_missing(owner, tamper):
    tamper("DELETE FROM voucher_line WHERE company_id = %(company)s AND number = 2 AND account = '5001'")
    found = differences(owner)
    assert any("记-0002 differs by 100.00 over 4 of 5 lines" in words for words in found)
    assert any("5001: kept" in words for words in found)


def test_a_voucher_that_went_missing(owner, tamper):
    for table in ("voucher_line", "voucher"):
        tamper(f"DELETE FROM {table} WHERE company_id = %(company)s AND number = 2")
    assert any("2 vouchers numbered 1 to 3, counter at 3" in words for words in differences(owner))


def test_a_number_that_was_taken_and_not_used(owner, tamper):
    tamper("UPDATE counter SET last = last + 1 WHERE company_id = %(company)s AND kind = 'voucher'")
    [found] = differences(owner)
    assert "3 vouchers numbered 1 to 3, counter at 4" in found


def test_a_voucher_whose_document_is_not_there(owner):
    nowhere = new_id()
    a_voucher(owner, document_id=nowhere)
    [found] = differences(owner)
    assert found.endswith(f"记-0004 comes from a partner that is not there: {nowhere}")


def test_a_kind_of_document_that_nobody_can_open(owner):
    a_voucher(owner, kind="dream")
    assert differences(owner) == ["1 documents of the kind “dream”, which nobody can open"]


def test_an_open_item_that_is_not_in_the_books(owner, tamper):
    tamper("UPDATE open_item SET amount = amount + 5 WHERE company_id = %(company)s AND due_on = day")
    owed = money("113.00") * 3
    assert differences(owner) == [f"open customer items are {owed + 15}, the accounts 1122 and 2203 say {owed}"]


def test_verify_says_so_and_fails(app, owner, tamper):
    check, run = "account balances are the sum of their lines", app.test_cli_runner().invoke
    done = run(args=["verify", "--company", owner.company.slug])
    assert f"{check}: ok" in done.output
    assert "the hash chain is whole: ok (3 not sealed" in done.output
    tamper("UPDATE account_balance SET debit = debit + 1 WHERE company_id = %(company)s AND account = '5401'")
    done = run(args=["verify", "--company", owner.company.slug])
    assert done.exit_code == 1
    assert f"{check}: DIFFERENT" in done.output
