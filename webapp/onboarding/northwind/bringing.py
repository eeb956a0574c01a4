"""Bringing Northwind's firms, products and people in."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from webapp.catalog import NewProduct, add_category, add_products, unit_named
from webapp.inventory.models import Warehouse
from webapp.kernel.money import to_cents
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, look, member
from webapp.partners import add_address, add_contact, add_partner, suppliers_of
from webapp.purchasing import Offer, add_supply

from .reading import Northwind

COST = Decimal("0.70")
"""What goods are bought at, as a share of the list price: the source does not say."""


@dataclass(slots=True)
class Brought:
    """What was brought in, by the source's keys."""

    suppliers: dict[str, uuid.UUID]
    customers: dict[str, uuid.UUID]
    products: dict[str, uuid.UUID]
    supplier_of: dict[str, str]
    costs: dict[str, Decimal]
    reps: dict[str, Actor]
    warehouse_id: uuid.UUID


def bring_in(owner: Actor, data: Northwind) -> Brought:
    """Suppliers, customers, products with their price lists, and employees as sales reps."""
    suppliers = {row["supplier_id"]: _firm(owner, row, is_supplier=True) for row in data.suppliers}
    customers = {row["customer_id"]: _firm(owner, row, is_customer=True) for row in data.customers}
    products = do(owner, lambda actor: _products(actor, data))
    supplier_of = {row["product_id"]: row["supplier_id"] for row in data.products}
    costs = {row["product_id"]: to_cents(Decimal(row["unit_price"]) * COST) for row in data.products}
    do(owner, lambda actor: _price_lists(actor, suppliers, products, supplier_of, costs))
    reps = {row["employee_id"]: _employee(owner, row) for row in data.employees}
    warehouse_id = look(owner, lambda actor: actor.session.execute(select(Warehouse.id)).scalars().first())
    assert warehouse_id is not None
    return Brought(suppliers, customers, products, supplier_of, costs, reps, warehouse_id)


def _firm(owner: Actor, row: dict[str, str], *, is_supplier: bool = False, is_customer: bool = False) -> uuid.UUID:
    def take_in(actor: Actor) -> uuid.UUID:
        partner = add_partner(
            actor,
            row["company_name"],
            is_supplier=is_supplier,
            is_customer=is_customer,
            code=row.get("customer_id"),
            phone=row["phone"] or None,
            region=row["country"] or None,
        )
        add_contact(actor, partner, row["contact_name"], title=row["contact_title"] or None, main=True)
        add_address(
            actor,
            partner,
            row["address"].replace("\\n", ", "),
            city=row["city"] or None,
            postal_code=row["postal_code"] or None,
            country=row["country"] or None,
        )
        return partner.id

    return do(owner, take_in)


def _products(actor: Actor, data: Northwind) -> dict[str, uuid.UUID]:
    unit = unit_named(actor, "件")
    categories = {row["category_id"]: add_category(actor, row["category_name"]).id for row in data.categories}
    made = add_products(
        actor,
        [
            NewProduct(
                name=row["product_name"],
                unit_id=unit.id,
                sku=f"NW-{int(row['product_id']):03d}",
                category_id=categories[row["category_id"]],
                price=Decimal(row["unit_price"]),
                vat_rate=Decimal(0),
                reorder_point=Decimal(row["reorder_level"]),
            )
            for row in data.products
        ],
    )
    return {row["product_id"]: product.id for row, product in zip(data.products, made, strict=True)}


def _price_lists(
    actor: Actor,
    suppliers: dict[str, uuid.UUID],
    products: dict[str, uuid.UUID],
    supplier_of: dict[str, str],
    costs: dict[str, Decimal],
) -> None:
    for key, product_id in products.items():
        supplier = suppliers_of(actor).get(suppliers[supplier_of[key]])
        add_supply(actor, supplier, product_id, Offer(price=costs[key], lead_days=0))


def _employee(owner: Actor, row: dict[str, str]) -> Actor:
    name = f"{row['first_name']} {row['last_name']}"
    login = f"{row['first_name']}.{row['last_name']}@{owner.company.slug}.example"
    return member(owner, login, name, "sales", locale="en", staff_number=row["employee_id"])
