"""What a code means here: a place, a product, a lot; and whatever other packages say it means."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import and_, select

from webapp.catalog import Scanned, bare, heard, products_of, scanned, units
from webapp.catalog.models import Product
from webapp.inventory.models import Location, Lot
from webapp.kernel import show
from webapp.kernel.calendar import today
from webapp.kernel.i18n import _, display_name
from webapp.kernel.labels import codes
from webapp.kernel.register import Found, registers
from webapp.kernel.scanning import why_words
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

    A GTIN or GS1 label that is known means that and nothing else, but for a pallet's: its shipment may wait. Where a
    code can be read in several ways, what each of them means is there, for a person to choose.
    """
    only, code = heard(actor, code).only, bare(actor, code)
    found: dict[tuple[str, uuid.UUID], Found] = {}
    for meaning in registers.scans if code else ():
        if actor.role in meaning.roles:
            for one in meaning.read(actor, code):
                found.setdefault((one.kind, one.id), one)
            if found and meaning.name == "product" and only and only.product and not only.sscc:
                break
    return list(found.values()) or labelled(actor, code)


def unknown(actor: Actor, code: str) -> str:
    """What a code says that means nothing here, or why it says nothing; empty for a code like any other."""
    said = heard(actor, code)
    only = said.only
    if only is None or only.kind == "plain":
        return why_words(said)
    if only.product:
        return _("No product here has the GTIN %(gtin)s", gtin=only.product.removeprefix("0"))
    if only.sscc:
        return _("No pallet here has the number %(sscc)s. Scan the goods on it.", sscc=only.sscc)
    if gln := only.place or only.ship_to:
        return _("No location here has the GLN %(gln)s as its code", gln=gln)
    return ""


def own_code(actor: Actor, code: str) -> str:
    """What a new product would carry of this code: its GTIN, or the code itself; nothing where it cannot be read."""
    said = heard(actor, code)
    if said.why:
        return ""
    product = said.only.product if said.only else ""
    return product.removeprefix("0") or bare(actor, code)


def labelled(actor: Actor, code: str) -> list[Found]:
    """What one of our own labels names, where nothing more is to be done with it here than to look at it."""
    label = codes.read(code)
    kind = registers.search.get(label.kind) if label else None
    return list(kind.rows(actor, [label.id])) if label and kind and actor.role in kind.roles else []


def location_named(actor: Actor, code: str) -> uuid.UUID | None:
    """The own location of that code, whatever its case, of that label of ours, or with that GLN (GS1) as its code."""
    only, code = heard(actor, code).only, bare(actor, code)
    label = codes.read(code)
    if not code or (label and label.kind != LOCATION):
        return None
    gln = only and (only.place or only.ship_to)
    row = actor.db.one(
        LABELLED if label else NAMED,
        company=actor.company_id,
        id=label.id if label else None,
        code=(gln or code).strip().upper(),
    )
    return row.id if row else None


def read_location(actor: Actor, code: str) -> list[Found]:
    """The location of that code."""
    key = location_named(actor, code)
    return found_locations(actor, [key]) if key else []


def read_product(actor: Actor, code: str) -> list[Found]:
    """The product of that barcode or code; a GS1 label that names a lot we know means the lot."""
    found = scanned(actor, code)
    lots = [lot for one in found for lot in _lots(actor, one.reading.lot, one.product.id)]
    if lots:
        return found_lots(actor, lots)
    return [_found_product(product) for product in {one.product.id: one.product for one in found}.values()]


def packed(actor: Actor, code: str, product_id: uuid.UUID) -> Decimal:
    """How many stock units of the product one scan of `code` stands for: what the label says, the package's, or one."""
    known = [one for one in scanned(actor, code) if one.product.id == product_id]
    return _agreed(actor, known) or Decimal(1)


def _agreed(actor: Actor, known: Sequence[Scanned]) -> Decimal | None:
    """What all readings of a code come to; None where they differ: then a person counts."""
    units = {one.units(actor) for one in known}
    return units.pop() if len(units) == 1 else None


def read_lot(actor: Actor, code: str) -> list[Found]:
    """The lots of that code, of whichever product, or of that label of ours."""
    label = codes.read(code)
    if label:
        return found_lots(actor, [label.id]) if label.kind == LOT else []
    said = [one.lot for one in heard(actor, code).readings if one.lot and not one.product]
    return found_lots(actor, [lot for each in dict.fromkeys([*said, bare(actor, code)]) for lot in _lots(actor, each)])


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
