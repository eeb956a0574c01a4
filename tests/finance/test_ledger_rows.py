"""What the database itself refuses, whoever asks: the application's code is not what the books rest on."""

import psycopg
import pytest
from psycopg import errors

from tests.support.finance import a_voucher
from tests.support.world import a_company
from webapp.kernel.postgres import for_libpq
from webapp.kernel.types import new_id

pytestmark = pytest.mark.ledger
VOUCHER = """
INSERT INTO voucher (company_id, id, month, number, day, event, kind, document_id, lines, params)
VALUES (%(company)s, %(id)s, date_trunc('month', now())::date, %(number)s, now()::date, 'test', 'test', %(id)s,
        %(lines)s, '{}')"""
LINE = """
INSERT INTO voucher_line (company_id, voucher_id, line, lines, month, number, account, debit, credit)
SELECT company_id, id, %(line)s, lines, month, number, %(account)s, %(debit)s, %(credit)s
FROM voucher WHERE company_id = %(company)s AND id = %(id)s"""


@pytest.fixture
def books(session, database):
    """The books of a new company with one voucher in them, before the owner of the database: policies hold even it."""
    owner = a_company(session)
    voucher = a_voucher(owner)
    with psycopg.connect(for_libpq(database)) as connection:
        connection.execute("SELECT set_config('app.company', %s, true)", [str(owner.company_id)])
        yield connection, owner.company_id, voucher
        connection.rollback()


def write(connection, company, *lines, says=2, number=2):
    key = new_id()
    connection.execute(VOUCHER, {"company": company, "id": key, "number": number, "lines": says})
    for n, (account, debit, credit) in enumerate(lines, 1):
        known = {"company": company, "id": key, "line": n, "account": account, "debit": debit, "credit": credit}
        connection.execute(LINE, known)
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_balances_is_taken(books):
    connection, company, _ = books
    write(connection, company, ("1001", 5, 0), ("3001", 0, 5))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="no lines"),
        pytest.param([("1001", 5, 0)], id="one line"),
        pytest.param([("1001", 5, 0), ("3001", 0, "4.99")], id="a cent short"),
        pytest.param([("1001", 5, 0), ("3001", 0, 5), ("1001", 1, 0)], id="more than it says"),
        pytest.param([("1001", 5, 5), ("3001", 0, 5)], id="both sides at once"),
        pytest.param([("1001", 0, 0), ("3001", 0, 0)], id="nothing"),
        pytest.param([("9999", 5, 0), ("3001", 0, 5)], id="no such account"),
    ],
)
def test_what_does_not_balance_does_not_exist(books, lines):
    connection, company, _ = books
    with pytest.raises(psycopg.IntegrityError):
        write(connection, company, *lines)


def test_a_line_is_not_added_to_a_voucher_that_stands(books):
    connection, company, voucher = books
    known = {"company": company, "id": voucher, "account": "1001", "debit": 1, "credit": 0}
    for line in (1, 2, 3):
        with pytest.raises(psycopg.IntegrityError), connection.transaction():
            connection.execute(LINE, known | {"line": line})


@pytest.mark.parametrize("table", ["voucher", "voucher_line", "open_item", "seal", "seal_row"])
@pytest.mark.parametrize("change", ["UPDATE {} SET company_id = company_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_ledger_rows_are_never_changed(books, table, change):
    connection, company, _ = books
    connection.execute("INSERT INTO seal VALUES (%s, 1, '', '')", [company])
    connection.execute("INSERT INTO seal_row SELECT company_id, id, 1 FROM voucher WHERE company_id = %s", [company])
    connection.execute(
        """INSERT INTO partner (company_id, id, code, name, sort_key, is_customer, is_supplier, supplier_state,
                                payment_days, lead_days, days_late, version)
           VALUES (%(company)s, %(id)s, 'C', 'C', 'c', true, false, 'approved', 30, 3, 0, 1)""",
        {"company": company, "id": company},
    )
    connection.execute(
        """INSERT INTO open_item SELECT company_id, id, 'customer', company_id, id, kind, document_id, day, day, 1
           FROM voucher WHERE company_id = %s""",
        [company],
    )
    with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
        connection.execute(change.format(table))


def test_a_number_is_given_once(books):
    connection, company, _ = books
    with pytest.raises(errors.UniqueViolation):
        write(connection, company, ("1001", 5, 0), ("3001", 0, 5), number=1)


def test_nothing_posts_into_a_closed_month(books):
    connection, company, _ = books
    connection.execute("UPDATE period SET state = 'closed' WHERE company_id = %s", [company])
    with pytest.raises(psycopg.IntegrityError, match="closed month"):
        write(connection, company, ("1001", 5, 0), ("3001", 0, 5))
