"""Northwind by command: real orders through the verbs, equal to the answer key to the cent."""

import csv
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.world import a_company
from webapp.kernel.money import to_cents
from webapp.kernel.types import new_id
from webapp.onboarding import northwind

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "northwind"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the project")


def revenue(app: Flask, company: str, by: str) -> dict[str, Decimal]:
    """What the report command prints."""
    printed = app.test_cli_runner().invoke(
        args=["report", "revenue", "--by", by, "--company", company, "--format", "csv"]
    )
    assert printed.exit_code == 0, printed.output
    rows = csv.DictReader(io.StringIO(printed.output.lstrip("\ufeff")))
    return {row["key"]: Decimal(row["revenue"]) for row in rows}


def test_a_quarter_of_orders_gives_the_revenue_of_their_lines(app: Flask, session: Session) -> None:
    owner = a_company(session, f"Northwind {new_id()}", taxpayer="none", currency="USD")
    data = northwind.read(DATA)
    first = northwind.Northwind(
        data.suppliers, data.customers, data.categories, data.products, data.employees, data.orders[:40]
    )
    done = list(northwind.run(owner, first))
    assert len(done) == 40
    names = {row["product_id"]: row["product_name"] for row in data.products}
    expected: Counter[str] = Counter()
    for order in done:
        for line in order.lines:
            expected[names[line.product]] += to_cents(line.price * line.quantity * (1 - line.discount))  # type: ignore[assignment]
    assert revenue(app, owner.company.slug, "product") == dict(expected)
    verified = app.test_cli_runner().invoke(args=["verify", "--company", owner.company.slug])
    assert verified.exit_code == 0, verified.output


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_all_orders_equal_the_answer_key(app: Flask, tmp_path: Path) -> None:
    name = f"Northwind {new_id()}"
    run = app.test_cli_runner()
    done = run.invoke(args=["import", "northwind", str(DATA), "--company", name])
    assert done.exit_code == 0, done.output
    assert "830 orders" in done.output
    key = json.loads((DATA / "answer_key.json").read_text())
    for by in ("product", "customer", "employee", "month"):
        expected = {name: Decimal(amount) for name, amount in key[f"revenue_by_{by}"].items()}
        assert revenue(app, name, by) == expected, by
    books = tmp_path / "books.beancount"
    exported = run.invoke(args=["books", "export", "--format", "beancount", "--company", name, "--out", str(books)])
    assert exported.exit_code == 0, exported.output
    from beancount.loader import load_file

    _entries, errors, _options = load_file(str(books))
    assert not errors
