"""What a code means here: a place, a product, a lot; and whatever other packages say it means."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import and_, select
from stdnum import ean

from webapp.catalog import by_code, products_of, units
from webapp.catalog.models import Product
from webapp.inventory import gs1
from webapp.inventory.models import Location, Lot
from webapp.kernel import show
from webapp.kernel.calendar import today
from webapp.kernel.i18n import _, display_name
from webapp.kernel.labels import codes
from webapp.kernel.register import Found, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .availability import Available, availability

PRODUCT, LOCATION, LOT = "catalog.product", "inventory.location", "inventory.lot"
NAMED = """
SELECT id FROM location WHERE company_id = %(company)s AND code = %(code)s AND warehouse_id IS NOT NULL"""
LABELLED = """
SELECT id FROM location WHERE company_id = %(company)s AND id = %(id)s AND warehouse_id IS NOT NULL"""


@dataclass(slots=True, frozen=True)
class Goods:
    """A product, and its lot where the code names one."""

    product_id: uuid.UUID
    lot_id: uuid.UUID | None = None


def meanings(actor: Actor, code: str) -> list[Found]:
    """All that `code` means to this actor, each once, in the order of the floors.

    A GTIN or GS1 label that is known means that and nothing else.
    """
    found: dict[tuple[str, uuid.UUID], Found] = {}
    for meaning in registers.scans:
        if actor.role in meaning.roles:
            for one in meaning.read(actor, code):
                found.setdefault((one.kind, one.id), one)
            if found and meaning.name == "product" and (ean.is_valid(code) or gs1.read(code)):
                break
    return list(found.values()) or labelled(actor, code)


def labelled(actor: Actor, code: str) -> list[Found]:
    """What one of our own labels names, where nothing more is to be done with it here than to look at it."""
    label = codes.read(code)
    kind = registers.search.get(label.kind) if label else None
    return list(kind.rows(actor, [label.id])) if label and kind and actor.role in kind.roles else []


def location_named(actor: Actor, code: str) -> uuid.UUID | None:
    """The own location of that code, whatever its case, or of that label of ours."""
    label = codes.read(code)
    if label and label.kind != LOCATION:
        return None
    row = actor.db.one(
        LABELLED if label else NAMED,
        company=actor.company_id,
        id=label.id if label else None,
        code=code.strip().upper(),
    )
    return row.id if row else None


def read_location(actor: Actor, code: str) -> list[Found]:
    """The location of that code."""
    key = location_named(actor, code)
    return found_locations(actor, [key]) if key else []


def read_product(actor: Actor, code: str) -> list[Found]:
    """The product of that barcode or code; a GS1 label that names a lot we know means the lot."""
    label = gs1.read(code)
    products = [product for product, _barcode in by_code(actor, label.gtin if label else code)]
    if label and label.lot and products:
        lots = _lots(actor, label.lot, products[0].id)
        if lots:
            return found_lots(actor, lots)
    return [_found_product(product) for product in products]


def packed(actor: Actor, code: str, product_id: uuid.UUID) -> Decimal:
    """How many stock units of the product one scan of `code` stands for: the package's, else one."""
    label = gs1.read(code)
    known = by_code(actor, label.gtin if label else code)
    return next((barcode.factor for product, barcode in known if barcode and product.id == product_id), Decimal(1))


def read_lot(actor: Actor, code: str) -> list[Found]:
    """The lots of that code, of whichever product, or of that label of ours."""
    label = codes.read(code)
    if label:
        return found_lots(actor, [label.id]) if label.kind == LOT else []
    return found_lots(actor, _lots(actor, code.strip()))


def _lots(actor: Actor, code: str, product_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    if not code:
        return []
    statement = select(Lot.id).where(Lot.code == code)
    if product_id:
        statement = statement.where(Lot.product_id == product_id)
    return list(actor.session.scalars(statement.limit(20)))


def found_products(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    """Rows of products with what is free of them, in order."""
    products = products_of(actor).many(ids)
    stock = availability(actor, products, incoming=False)
    names = {unit.id: display_name(unit) for unit in units(actor)}
    return [_with_stock(products[key], stock[key], names) for key in ids if key in products]


def _with_stock(product: Product, stock: Available, names: dict[uuid.UUID, str]) -> Found:
    there, promised = show.quantity(stock.on_hand), show.quantity(stock.reserved)
    words = _("%(there)s on hand, %(promised)s promised", there=there, promised=promised)
    free = f"{show.quantity(stock.free)} {names.get(product.unit_id, '')}"
    return replace(_found_product(product), sub=f"{product.sku} · {words}", right=free)


def _found_product(product: Product) -> Found:
    href = url_for("inventory.product", id=product.id)
    return Found(PRODUCT, product.id, display_name(product), product.sku, href, "package")


def found_locations(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    """Rows of own locations, in order."""
    rows = actor.session.execute(
        select(Location.id, Location.code).where(Location.id.in_(ids), Location.warehouse_id.isnot(None))
    )
    codes = {row.id: row.code for row in rows}
    return [
        Found(LOCATION, key, codes[key], _("Location"), url_for("inventory.location", id=key), "map-pin")
        for key in ids
        if key in codes
    ]


def found_lots(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    """Rows of lots, in order."""
    rows = actor.session.execute(
        select(Lot.id, Lot.code, Lot.expires_on, Product.name, Product.name2)
        .join(Product, and_(Product.company_id == Lot.company_id, Product.id == Lot.product_id))
        .where(Lot.id.in_(ids), Lot.code != "")
    )
    lots = {row.id: row for row in rows}
    return [
        Found(
            LOT,
            key,
            display_name(lots[key]),
            " · ".join(
                filter(None, [_("Lot %(lot)s", lot=lots[key].code), show.day(lots[key].expires_on, today(actor))])
            ),
            url_for("inventory.lot", id=key),
            "layers",
        )
        for key in ids
        if key in lots
    ]


def goods_meant(actor: Actor, one: Found) -> Goods | None:
    """The goods a reading stands for, or None where it is something else."""
    if one.kind == PRODUCT:
        return Goods(one.id)
    if one.kind == LOT:
        product_id = actor.session.scalars(select(Lot.product_id).where(Lot.id == one.id)).one()
        return Goods(product_id, one.id)
    return None
