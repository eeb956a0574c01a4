"""The books for others: beancount's own checker accepts them, and commands say how they are used."""

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.support.finance import a_voucher, take_back
from tests.support.partners import a_customer
from tests.support.world import a_company, look
from webapp.finance.beancount import beancount_text
from webapp.finance.queries import trial_balance

pytestmark = pytest.mark.ledger
CHECKER = Path(sys.executable).parent / "bean-check"


@pytest.fixture
def owner(session):
    """Books over three months, a year's end among them, with red vouchers and an account that has sub-accounts."""
    owner = a_company(session, '丰禾 "Foods"')
    customer = a_customer(owner).id
    sold = {"net": "100.00", "vat": "13.00", "gross": "113.00", "cost": "71.35"}
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28)):
        a_voucher(owner, "inventory.opening", {"cost": "1000.00"}, {"cost": "0.01"}, on=day)
        voucher = a_voucher(owner, "sales.delivered", sold, on=day, partner_id=customer)
    take_back(owner, voucher)
    return owner


def test_bean_check_accepts_the_books(owner, tmp_path):
    path = tmp_path / "books.beancount"
    path.write_text("\n".join(look(owner, lambda actor: list(beancount_text(actor)))) + "\n")
    done = subprocess.run([CHECKER, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert path.read_text().count(" balance Assets:1405 ") == 4


def test_bean_check_would_see_a_wrong_balance(owner, tmp_path):
    path = tmp_path / "books.beancount"
    text = "\n".join(look(owner, lambda actor: list(beancount_text(actor)))) + "\n"
    path.write_text(text.replace(" ~ 0.00 CNY", "1 ~ 0.00 CNY", 1))
    assert subprocess.run([CHECKER, path], capture_output=True, check=False).returncode != 0


def test_the_export_is_a_command(app, owner, tmp_path):
    path = tmp_path / "books.beancount"
    run = app.test_cli_runner().invoke
    done = run(args=["books", "export", "--company", owner.company.slug, "--out", str(path)])
    assert done.exit_code == 0, done.output
    assert subprocess.run([CHECKER, path], capture_output=True, check=False).returncode == 0


def test_the_trial_balance_is_a_command(app, owner):
    run = app.test_cli_runner().invoke
    done = run(args=["books", "trial-balance", "--company", owner.company.slug, "--month", "2026-02"])
    rows = list(csv.DictReader(done.output.lstrip("\ufeff").splitlines()))
    assert rows[-1]["closing_debit"] == rows[-1]["closing_credit"]
    assert look(owner, lambda actor: trial_balance(actor, date(2026, 2, 1))).balances
    assert next(row for row in rows if row["account"] == "1405")["opening"] == "1857.32"


@pytest.mark.parametrize("command", ["export", "trial-balance", "seal"])
def test_every_command_shows_an_example(app, command):
    done = app.test_cli_runner().invoke(args=["books", command, "--help"])
    assert "Example:" in done.output
    assert f"flask --app wsgi books {command}" in done.output


def test_an_unknown_company_is_named(app):
    done = app.test_cli_runner().invoke(args=["books", "export", "--company", "nobody"])
    assert done.exit_code == 1
    assert "nobody" in done.output
