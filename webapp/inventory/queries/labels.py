"""Labels of locations, lots and products: what stands on each."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from webapp.catalog import barcodes_of, find_products, products_of
from webapp.catalog.models import Barcode, Product
from webapp.inventory.models import Location, Lot, Warehouse
from webapp.kernel import paging
from webapp.kernel.i18n import N_, _, display_name, in_both, names
from webapp.kernel.labels.papers import Label
from webapp.kernel.labels.symbols import elements_of
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import LabelGroup
from webapp.kernel.wall import Actor

from .ledger import KIND_WORDS

ALL = "all"
LOT, USE_BY = N_("Lot"), N_("Use by")


def location_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """The code, large; below it the warehouse and what the place is for."""
    statement = (
        select(Location.id, Location.code, Location.kind, Warehouse.name, Warehouse.name2)
        .join(Warehouse, and_(Warehouse.company_id == Location.company_id, Warehouse.id == Location.warehouse_id))
        .where(Location.id.in_(ids))
    )
    rows = {row.id: row for row in actor.session.execute(statement)}
    return [
        Label(rows[key].code, (*names(rows[key]), in_both(KIND_WORDS[rows[key].kind])), "inventory.location", key)
        for key in known(ids, rows)
    ]


def location_groups(actor: Actor) -> list[LabelGroup]:
    """Each warehouse, and all of them where there are several."""
    statement = (
        select(Warehouse.id, Warehouse.name, Warehouse.name2, func.count(Location.id).label("places"))
        .join(Location, and_(Location.company_id == Warehouse.company_id, Location.warehouse_id == Warehouse.id))
        .where(Location.archived_at.is_(None))
        .group_by(Warehouse.id, Warehouse.name, Warehouse.name2, Warehouse.code)
        .order_by(Warehouse.code)
    )
    found = [LabelGroup(str(row.id), display_name(row), row.places) for row in actor.session.execute(statement)]
    every = LabelGroup(ALL, _("All locations"), sum(group.count for group in found))
    return [*found, every] if len(found) > 1 else found


def locations_of_group(actor: Actor, group: str, limit: int) -> list[uuid.UUID]:
    """The locations of a warehouse, or all, by code. Raises NotFound for a warehouse that is not there."""
    statement = select(Location.id).where(Location.warehouse_id.isnot(None), Location.archived_at.is_(None))
    if group != ALL:
        try:
            statement = statement.where(Location.warehouse_id == uuid.UUID(group))
        except ValueError:
            raise NotFound from None
    found = list(actor.session.scalars(statement.order_by(Location.code).limit(limit)))
    if not found:
        raise NotFound
    return found


def product_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """Names in both scripts, code and barcode."""
    products, barcodes = products_of(actor).many(ids), barcodes_of(actor, ids)
    made = []
    for key in known(ids, products):
        product, gtin = products[key], gtin_of(barcodes.get(key, []))
        first, *second = names(product)
        made.append(
            Label(first, (*second, product.sku, *([gtin] if gtin else [])), "catalog.product", key, elements_of(gtin))
        )
    return made


def pick_products(actor: Actor, text: str, mark: str | None) -> paging.Page:
    """Products to choose from: what a search finds, else all by pinyin."""
    return paging.Page(find_products(actor, text), None) if text else products_of(actor).page(mark)


def lot_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """The product's names, the lot and its last day; as a GS1 code too, where the product has a GTIN."""
    statement = (
        select(Lot.id, Lot.code, Lot.expires_on, Lot.product_id, Product.name, Product.name2, Product.sku)
        .join(Product, and_(Product.company_id == Lot.company_id, Product.id == Lot.product_id))
        .where(Lot.id.in_(ids), Lot.code != "")
    )
    rows = {row.id: row for row in actor.session.execute(statement)}
    barcodes = barcodes_of(actor, [row.product_id for row in rows.values()])
    made = []
    for key in known(ids, rows):
        row = rows[key]
        first, *second = names(row)
        gs1 = elements_of(gtin_of(barcodes.get(row.product_id, [])), row.code, row.expires_on)
        about = (*lot_words(row.code, row.expires_on), *second, row.sku)
        made.append(Label(first, about, "inventory.lot", key, gs1))
    return made


def lot_words(lot: str, expires_on: date | None) -> list[str]:
    """“批次 Lot L1”, “有效期 Use by 2027-03-18”: what there is of it."""
    said = [(LOT, lot), (USE_BY, expires_on.isoformat() if expires_on else "")]
    return [f"{in_both(word)} {value}" for word, value in said if value]


def gtin_of(barcodes: Sequence[Barcode]) -> str:
    """The GTIN of one stock unit, where it has one."""
    return next((code.code for code in barcodes if code.factor == 1 and elements_of(code.code)), "")


def known(ids: Sequence[uuid.UUID], rows: Mapping[uuid.UUID, Any]) -> Sequence[uuid.UUID]:
    """`ids`, all of which must be among `rows`. Raises NotFound."""
    if not ids or set(ids) - set(rows):
        raise NotFound
    return ids
