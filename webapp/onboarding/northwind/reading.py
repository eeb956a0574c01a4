"""Reading the Northwind files. Figures are exact; nothing is written."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

FILES = ("suppliers", "customers", "categories", "products", "employees", "orders", "order_details")


@dataclass(slots=True, frozen=True)
class Line:
    """A line of an order: `discount` is a share of one."""

    product: str
    quantity: Decimal
    price: Decimal
    discount: Decimal


@dataclass(slots=True, frozen=True)
class Order:
    """An order; its day is its delivery's and its posting's."""

    number: str
    customer: str
    employee: str
    day: date
    lines: tuple[Line, ...]


@dataclass(slots=True, frozen=True)
class Northwind:
    """All rows, each a mapping of its columns; orders by date."""

    suppliers: list[dict[str, str]]
    customers: list[dict[str, str]]
    categories: list[dict[str, str]]
    products: list[dict[str, str]]
    employees: list[dict[str, str]]
    orders: list[Order]


def read(folder: Path) -> Northwind:
    """The data in `folder`. Raises FileNotFoundError naming the file that is missing."""
    tables = {name: list(_rows(folder / f"{name}.csv")) for name in FILES}
    lines: dict[str, list[Line]] = {}
    for row in tables["order_details"]:
        line = Line(row["product_id"], Decimal(row["quantity"]), Decimal(row["unit_price"]), Decimal(row["discount"]))
        lines.setdefault(row["order_id"], []).append(line)
    orders = [
        Order(
            row["order_id"],
            row["customer_id"],
            row["employee_id"],
            date.fromisoformat(row["order_date"]),
            tuple(lines[row["order_id"]]),
        )
        for row in tables["orders"]
    ]
    return Northwind(
        tables["suppliers"],
        tables["customers"],
        tables["categories"],
        tables["products"],
        tables["employees"],
        sorted(orders, key=lambda order: (order.day, order.number)),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
