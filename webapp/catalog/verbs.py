"""What can be done with products: add, edit, give a barcode; and their units and categories."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from stdnum import ean

from webapp.kernel import calendar, numbering, search, timeline
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.scanning import upc_e
from webapp.kernel.settings import setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .models import Barcode, Category, Product, Unit

KIND = "catalog.product"
GTIN_LENGTHS = (8, 12, 13, 14)


@dataclass(slots=True, frozen=True)
class NewProduct:
    """What is known of a product when it is added. `sku` is taken from the counter where it is empty.

    `vat_rate` is a share of one; the company's usual rate where it is None.
    """

    name: str
    unit_id: uuid.UUID
    sku: str = ""
    name2: str | None = None
    category_id: uuid.UUID | None = None
    price: Decimal = Decimal(0)
    vat_rate: Decimal | None = None
    keeps_lots: bool = False
    least_days: int = 0
    reorder_point: Decimal = Decimal(0)
    safety_stock: Decimal = Decimal(0)
    barcodes: tuple[str, ...] = ()
    id: uuid.UUID | None = None


def add_product(actor: Actor, new: NewProduct) -> Product:
    """Add a product, findable by its names, code and barcodes.

    Refused where the name is empty, the code is taken, or a barcode's check digit is wrong.
    """
    return add_products(actor, [new])[0]


def add_products(actor: Actor, news: Sequence[NewProduct]) -> list[Product]:
    """Add many products at once, as an import does. Refused as `add_product`."""
    products = [_product(actor, new) for new in news]
    actor.session.add_all(products)
    actor.session.flush()  # a taken code is refused here, before barcodes point at the product
    for product, new in zip(products, news, strict=True):
        actor.session.add_all(_barcode(actor, product.id, code, Decimal(1)) for code in new.barcodes)
        timeline.record(actor, "catalog.product.added", KIND, product.id, name=both_names(product))
    actor.session.flush()  # a taken barcode is refused here
    search.add(
        actor,
        KIND,
        [(p.id, (p.name, p.name2, p.sku, *new.barcodes)) for p, new in zip(products, news, strict=True)],
    )
    return products


def _product(actor: Actor, new: NewProduct) -> Product:
    if not new.name.strip():
        raise Refused("product.name", N_("Give the product a name."), field="name")
    sku = new.sku.strip() or numbering.take(actor, "P", calendar.today(actor))
    usual = Decimal(setting(actor, "catalog.vat_rate"))
    return Product(
        id=new.id or new_id(),
        company_id=actor.company_id,
        sku=sku,
        name=new.name.strip(),
        name2=new.name2 or None,
        sort_key=search.sort_key(new.name.strip()),
        unit_id=new.unit_id,
        category_id=new.category_id,
        price=new.price,
        vat_rate=usual if new.vat_rate is None else new.vat_rate,
        keeps_lots=new.keeps_lots,
        least_days=new.least_days,
        reorder_point=new.reorder_point,
        safety_stock=new.safety_stock,
        version=1,
    )


def edit_product(actor: Actor, product: Product, base_version: int, changed: NewProduct) -> Product:
    """Change what is known of a product. Its barcodes stay; see `add_barcode`.

    `product` must be locked. Stale where someone changed it since `base_version`; Refused as `add_product`.
    """
    if product.version != base_version:
        raise Stale("stale", N_("Someone changed this product since you opened it. Both versions are below."))
    if changed.vat_rate is None:
        changed = replace(changed, vat_rate=product.vat_rate)
    fresh = _product(actor, replace(changed, id=product.id, sku=changed.sku or product.sku))
    for column in EDITED:
        setattr(product, column, getattr(fresh, column))
    product.version += 1
    timeline.record(actor, "catalog.product.edited", KIND, product.id, name=both_names(product))
    _find_again(actor, product)
    return product


EDITED = (
    *("sku", "name", "name2", "sort_key", "unit_id", "category_id", "price", "vat_rate"),
    *("keeps_lots", "least_days", "reorder_point", "safety_stock"),
)


def add_barcode(actor: Actor, product: Product, code: str, factor: Decimal = Decimal(1)) -> Barcode:
    """Give a product a code that is printed on it or on a package of `factor` stock units.

    A code of 8, 12, 13 or 14 digits is a GTIN and must have the right check digit (GS1), UPC-E is kept as the UPC it is
    short for; any other is the company's own. Refused for a wrong check digit and for a code another product has.
    """
    barcode = _barcode(actor, product.id, code, factor)
    actor.session.add(barcode)
    timeline.record(actor, "catalog.barcode.added", KIND, product.id, barcode=barcode.code)
    _find_again(actor, product)
    return barcode


def _barcode(actor: Actor, product_id: uuid.UUID, code: str, factor: Decimal) -> Barcode:
    code = code.strip()
    if not code:
        raise Refused("barcode.empty", N_("Scan or type the code."), field="code")
    if not ean.is_valid(code):
        code = upc_e(code) or code
    if len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit() and not ean.is_valid(code):
        right = code[:-1] + ean.calc_check_digit(code[:-1])
        raise Refused(
            "barcode.check_digit",
            N_("The last digit of %(typed)s is wrong: with these digits it would be %(right)s. Scan it again."),
            field="code",
            typed=code,
            right=right,
        )
    return Barcode(id=new_id(), company_id=actor.company_id, product_id=product_id, code=code, factor=factor)


def _find_again(actor: Actor, product: Product) -> None:
    codes = actor.db.ask(
        "SELECT code FROM barcode WHERE company_id = %(company)s AND product_id = %(product)s",
        company=actor.company_id,
        product=product.id,
    )
    texts = (product.name, product.name2, product.sku, *(row.code for row in codes))
    search.index(actor, KIND, [(product.id, texts)])


def add_unit(actor: Actor, name: str, name2: str | None = None) -> Unit:
    """Add a unit of measure. Refused where the name is empty or taken."""
    unit = Unit(id=new_id(), company_id=actor.company_id, name=_named(name), name2=name2 or None)
    actor.session.add(unit)
    actor.session.flush()  # a taken name is refused here, beside its field
    return unit


def add_category(actor: Actor, name: str, name2: str | None = None) -> Category:
    """Add a group of products. Refused where the name is empty or taken."""
    category = Category(id=new_id(), company_id=actor.company_id, name=_named(name), name2=name2 or None)
    actor.session.add(category)
    actor.session.flush()  # a taken name is refused here, beside its field
    return category


def _named(name: str) -> str:
    if not name.strip():
        raise Refused("name", N_("Give it a name."), field="name")
    return name.strip()
