"""The demo's suppliers, customers and products, from the tables in `data/demo/`."""

import csv
import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from stdnum import ean

from webapp.catalog import NewProduct, add_category, add_products, add_unit, units
from webapp.inventory import add_location, add_warehouse
from webapp.inventory.models import Warehouse
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, look
from webapp.partners import add_contact, add_partner, suppliers_of
from webapp.purchasing import Offer, add_supply

ROOM = 20
"""Credit limits are this much wider than the table's: nobody pays yet in the demo's history."""
DATA = Path(__file__).parent.parent / "data" / "demo"
UNITS = {"块": "block", "罐": "can", "板": "tray", "桶": "drum", "盒": "box"}
CATEGORIES = {
    "乳品": "Dairy",
    "粮食": "Grain",
    "干货": "Dried goods",
    "水产": "Seafood",
    "粮油": "Oils",
    "调味": "Seasonings",
    "果蔬": "Produce",
    "包材": "Packaging",
    "肉类": "Meat",
    "茶饮": "Tea",
    "糖类": "Sweeteners",
    "冷冻": "Frozen",
    "豆制品": "Bean products",
    "进口": "Imported",
    "饮料": "Beverages",
    "日化": "Hygiene",
}


@dataclass(slots=True, frozen=True)
class Good:
    """A product of the demo: `cost` and `price` with tax for one unit, `shelf_days` 0 where it keeps no lots."""

    id: uuid.UUID
    name: str
    supplier: str
    supplier_id: uuid.UUID
    cost: Decimal
    price: Decimal
    vat_rate: Decimal
    shelf_days: int


@dataclass(slots=True, frozen=True)
class Firm:
    """A customer or supplier of the demo."""

    id: uuid.UUID
    name: str
    lead_days: int


@dataclass(slots=True)
class Stocked:
    """What the demo trades in and with."""

    suppliers: dict[str, Firm]
    customers: list[Firm]
    goods: list[Good]
    warehouse_id: uuid.UUID
    shelves: list[uuid.UUID]

    def firms(self) -> dict[str, uuid.UUID]:
        """Every firm's key by its name."""
        return {firm.name: firm.id for firm in (*self.suppliers.values(), *self.customers)}


def bring_in(owner: Actor, at: datetime) -> Stocked:
    """Firms, products with barcodes and price lists, shelves and a second warehouse, all taken in `at`."""
    suppliers = {row["key"]: do(owner, lambda actor, r=row: _supplier(actor, r), at=at) for row in _rows("suppliers")}  # type: ignore[misc]
    customers = [do(owner, lambda actor, r=row: _customer(actor, r), at=at) for row in _rows("customers")]  # type: ignore[misc]
    goods = do(owner, lambda actor: _goods(actor, suppliers), at=at)
    warehouse_id = look(owner, lambda actor: actor.session.execute(select(Warehouse.id)).scalars().first())
    assert warehouse_id is not None
    shelves = do(owner, lambda actor: _shelves(actor, warehouse_id), at=at)
    return Stocked(suppliers, customers, goods, warehouse_id, shelves)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _supplier(actor: Actor, row: dict[str, str]) -> Firm:
    partner = add_partner(
        actor,
        row["name"],
        name2=row["name2"],
        is_supplier=True,
        phone=row["phone"],
        region=row["region"],
        lead_days=int(row["lead_days"]),
        payment_days=int(row["payment_days"]),
    )
    add_contact(actor, partner, row["contact"], phone=row["phone"], main=True)
    return Firm(partner.id, partner.name, partner.lead_days)


def _customer(actor: Actor, row: dict[str, str]) -> Firm:
    partner = add_partner(
        actor,
        row["name"],
        name2=row["name2"],
        is_customer=True,
        phone=row["phone"],
        region=row["region"],
        payment_days=int(row["terms"]),
        credit_limit=Decimal(row["limit"]) * ROOM,
    )
    add_contact(actor, partner, row["contact"], phone=row["phone"], main=True)
    return Firm(partner.id, partner.name, partner.lead_days)


def _goods(actor: Actor, suppliers: dict[str, Firm]) -> list[Good]:
    rows = _rows("products")
    unit_ids = {unit.name: unit.id for unit in units(actor)}
    unit_ids |= {name: add_unit(actor, name, name2).id for name, name2 in UNITS.items() if name not in unit_ids}
    categories = {name: add_category(actor, name, name2).id for name, name2 in CATEGORIES.items()}
    news = [
        NewProduct(
            name=row["name"],
            name2=row["name2"],
            sku=f"{10001 + n}",
            unit_id=unit_ids[row["unit"]],
            category_id=categories[row["category"]],
            price=Decimal(row["price"]),
            vat_rate=Decimal(row["vat_rate"]),
            keeps_lots=row["shelf_days"] != "0",
            least_days=int(row["shelf_days"]) // 10,
            reorder_point=Decimal(15),
            safety_stock=Decimal(5),
            barcodes=(gtin(list(suppliers).index(row["supplier"]), n),),
        )
        for n, row in enumerate(rows)
    ]
    goods = []
    for row, product in zip(rows, add_products(actor, news), strict=True):
        supplier = suppliers[row["supplier"]]
        offer = Offer(price=Decimal(row["cost"]), lead_days=supplier.lead_days, least=Decimal(10), multiple=Decimal(5))
        add_supply(actor, suppliers_of(actor).get(supplier.id), product.id, offer)
        goods.append(
            Good(
                product.id,
                product.name,
                row["supplier"],
                supplier.id,
                Decimal(row["cost"]),
                product.price,
                product.vat_rate,
                int(row["shelf_days"]),
            )
        )
    return goods


def gtin(supplier: int, item: int) -> str:
    """A GTIN-13 that looks real: China's prefix, the firm, the item, and the right check digit (GS1)."""
    stem = f"69{30 + supplier:02d}{417 + supplier * 7:04d}{1000 + item * 3:04d}"
    return stem + ean.calc_check_digit(stem)


def _shelves(actor: Actor, warehouse_id: uuid.UUID) -> list[uuid.UUID]:
    codes = [f"{row}-{bay:02d}-{level}" for row in "ABC" for bay in range(1, 5) for level in (1, 2)]
    shelves = [add_location(actor, warehouse_id, code).id for code in codes if code != "A-01-1"]
    cold = add_warehouse(actor, "COLD", "冷库", "Cold store")
    return [*shelves, *(add_location(actor, cold.id, f"K-{bay:02d}-1").id for bay in range(1, 7))]
