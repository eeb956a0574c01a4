"""Customers, suppliers, products and places, findable by what a person types."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from webapp.kernel.search import sort_key, terms_of
from webapp.kernel.types import new_id

from .names import Firm, Goods, firms, goods
from .seeding import Seeding

SHELVES = 100
"""Locations a warehouse."""
VAT = Decimal("0.13")


def masters(seeding: Seeding) -> None:
    """All that documents speak of; seed_customer, seed_supplier and seed_product count it from 0."""
    partners(seeding, "C", list(firms("C", seeding.size.customers)), "customer")
    partners(seeding, "S", list(firms("S", seeding.size.suppliers)), "supplier")
    places(seeding)
    products(seeding, list(goods(seeding.size.products)))
    seeding.measured("partner", "location", "product", "lot")
    offers(seeding)


def partners(seeding: Seeding, letter: str, known: Sequence[Firm], kind: str) -> None:
    ids = [new_id() for _ in known]
    reps = seeding.people.reps
    columns = typed(
        "id uuid, code text, name text, sort_key text, is_customer boolean, is_supplier boolean, supplier_state text, "
        "phone text, region text, payment_days integer, lead_days integer, days_late integer, owner_id uuid, "
        "version integer"
    )
    rows = [
        (
            *(key, firm.code, firm.name, sort_key(firm.name), letter == "C", letter == "S", "approved", firm.phone),
            *(firm.region, 30, 3, 0, reps[n % len(reps)] if letter == "C" else None, 1),
        )
        for n, (key, firm) in enumerate(zip(ids, known, strict=True))
    ]
    seeding.insert("partner", columns, rows)
    seeding.measured("partner")
    people = [(new_id(), key, firm.contact, firm.contact_phone, True) for key, firm in zip(ids, known, strict=True)]
    columns = {"id": "uuid", "partner_id": "uuid", "name": "text", "phone": "text", "main": "boolean"}
    seeding.insert("contact", columns, people)
    texts = [(firm.name, firm.code, firm.phone, firm.contact, firm.contact_phone) for firm in known]
    findable(seeding, kind, zip(ids, texts, strict=True))
    seeding.temporary(
        f"seed_{kind}",
        "SELECT row_number() OVER (ORDER BY code) - 1 AS n, id, owner_id AS rep, payment_days FROM partner "
        "WHERE company_id = %(company)s AND code LIKE %(letter)s",
        letter=f"{letter}-%",
    )


def typed(columns: str) -> dict[str, str]:
    """Each column with its type, from a list as SQL writes it."""
    return {name: kind for name, _, kind in (column.strip().partition(" ") for column in columns.split(","))}


def findable(seeding: Seeding, kind: str, known: Iterable[tuple[uuid.UUID, Sequence[str | None]]]) -> None:
    terms = [(term, kind, key) for key, texts in known for term in terms_of(texts)]
    seeding.insert("search_term", {"term": "text", "kind": "text", "id": "uuid"}, sorted(terms))


def places(seeding: Seeding) -> None:
    """A second warehouse, and shelves in both."""
    warehouse = new_id()
    seeding.insert("warehouse", {"id": "uuid", "code": "text", "name": "text"}, [(warehouse, "W2", "分仓")])
    main = seeding.connection.execute(
        "SELECT w.id, l.id FROM warehouse w JOIN location l ON l.company_id = w.company_id AND l.warehouse_id = w.id "
        "WHERE w.company_id = %s AND l.kind = 'receiving' ORDER BY w.code, l.code",
        [seeding.company],
    ).fetchone()
    assert main, "a company starts with a warehouse"
    rows = [
        (new_id(), house, f"{letter}-{n // 10:02d}-{n % 10}", "stock", False)
        for house, letter in ((main[0], "M"), (warehouse, "N"))
        for n in range(SHELVES)
    ]
    kinds = {"id": "uuid", "warehouse_id": "uuid", "code": "text", "kind": "text", "may_go_negative": "boolean"}
    seeding.insert("location", kinds, rows)
    findable(seeding, "inventory.location", [(row[0], (row[2],)) for row in rows])
    seeding.known |= {"main": main[0], "receiving": main[1]}


def products(seeding: Seeding, known: Sequence[Goods]) -> None:
    """Each with its barcode, its `no lot` row, and a lot with expiry where it keeps lots; and where it lies."""
    ids = [new_id() for _ in known]
    unit = seeding.connection.execute(
        "SELECT id FROM unit WHERE company_id = %s ORDER BY name LIMIT 1", [seeding.company]
    ).fetchone()
    assert unit, "a company starts with units"
    columns = typed(
        "id uuid, sku text, name text, name2 text, sort_key text, unit_id uuid, price numeric, vat_rate numeric, "
        "keeps_lots boolean, least_days integer, reorder_point numeric, safety_stock numeric, version integer"
    )
    rows = [
        (
            *(key, each.sku, each.name, each.name2, sort_key(each.name), unit[0], Decimal(each.price) / 100, VAT),
            *(each.keeps_lots, 0, Decimal(20), Decimal(10), 1),
        )
        for key, each in zip(ids, known, strict=True)
    ]
    seeding.insert("product", columns, rows)
    seeding.measured("product")
    codes = [(new_id(), key, each.gtin, Decimal(1)) for key, each in zip(ids, known, strict=True)]
    columns = {"id": "uuid", "product_id": "uuid", "code": "text", "factor": "numeric"}
    seeding.insert("barcode", columns, codes)
    texts = [(each.name, each.name2, each.sku, each.gtin) for each in known]
    findable(seeding, "catalog.product", zip(ids, texts, strict=True))
    lots = lots_of(seeding, ids, known)
    costs = [(key, Decimal(each.cost) / 100, lots[key]) for key, each in zip(ids, known, strict=True)]
    seeding.temporary("seed_product", PRODUCTS, **dict(zip(("ids", "costs", "lots"), zip_lists(costs), strict=True)))


def zip_lists(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


PRODUCTS = f"""
SELECT p.n - 1 AS n, p.id, p.cost, p.lot, product.price, product.vat_rate, home.id AS home,
  home.warehouse_id AS warehouse, away.id AS away
FROM unnest(%(ids)s::uuid[], %(costs)s::numeric[], %(lots)s::uuid[]) WITH ORDINALITY AS p(id, cost, lot, n)
JOIN product ON product.company_id = %(company)s AND product.id = p.id
JOIN (SELECT row_number() OVER (ORDER BY code) - 1 AS n, id, warehouse_id FROM location
      WHERE company_id = %(company)s AND code ~ '^[MN]-') home ON home.n = p.n %% {2 * SHELVES}
JOIN (SELECT row_number() OVER (ORDER BY code) - 1 AS n, id FROM location
      WHERE company_id = %(company)s AND code ~ '^[MN]-') away ON away.n = (p.n + 7) %% {2 * SHELVES}"""


def lots_of(seeding: Seeding, ids: Sequence[uuid.UUID], known: Sequence[Goods]) -> dict[uuid.UUID, uuid.UUID]:
    """The lot whose goods move, by product; the lot of goods without one has its product's id."""
    plain = {key: key for key in ids}
    named = {key: new_id() for key, each in zip(ids, known, strict=True) if each.keeps_lots}
    rows = [(lot, key, "", None) for key, lot in plain.items()]
    for n, (key, lot) in enumerate(named.items()):
        rows.append((lot, key, f"L{n:05d}", seeding.today + timedelta(days=60 + n % 400)))
    seeding.insert("lot", {"id": "uuid", "product_id": "uuid", "code": "text", "expires_on": "date"}, rows)
    findable(seeding, "inventory.lot", [(row[0], (row[2],)) for row in rows if row[2]])
    return plain | named


def offers(seeding: Seeding) -> None:
    """Every product has one supplier, every third a second."""
    seeding.run(
        """
        INSERT INTO supply (company_id, id, product_id, partner_id, price, lead_days, least, multiple)
        SELECT %(company)s, gen_random_uuid(), p.id, s.id, p.cost, 3 + k, 10, 5
        FROM seed_product p CROSS JOIN generate_series(0, 1) AS k
        JOIN seed_supplier s ON s.n = (p.n + k * 3) %% %(suppliers)s WHERE k = 0 OR p.n %% 3 = 0""",
        suppliers=seeding.size.suppliers,
    )
