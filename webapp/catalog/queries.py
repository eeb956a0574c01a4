"""What can be asked of products."""

import uuid
from collections.abc import Iterable

from sqlalchemy import or_, select

from webapp.kernel import paging, search
from webapp.kernel.labels import codes
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .models import Barcode, Category, Product, Unit

COLUMNS = (
    *(Product.id, Product.sku, Product.name, Product.name2, Product.sort_key, Product.category_id, Product.unit_id),
    *(Product.price, Product.vat_rate, Product.reorder_point, Product.safety_stock, Product.keeps_lots),
)
"""What a list shows and a CSV holds."""


class Products:
    """The products an actor may see: all of the company's for its own people, none for portal users."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get(self, product_id: uuid.UUID) -> Product:
        """The product. Raises NotFound."""
        return self._one(product_id, lock=False)

    def locked(self, product_id: uuid.UUID) -> Product:
        """The product, held until commit. Raises NotFound."""
        return self._one(product_id, lock=True)

    def _one(self, product_id: uuid.UUID, *, lock: bool) -> Product:
        statement = select(Product).where(Product.id == product_id)
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        product = None if self.actor.is_portal else self.actor.session.scalars(statement).one_or_none()
        if product is None:
            raise NotFound
        return product

    def page(self, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
        """A page by pinyin; rows have COLUMNS."""
        statement = select(*COLUMNS).where(Product.archived_at.is_(None))
        keys = [Product.sort_key, Product.id]
        return paging.page(self.actor.session, statement, keys, mark, descending=False, size=size)

    def many(self, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Product]:
        """Those of `product_ids` that are there, by id, in one query."""
        wanted = list(set(product_ids))
        if self.actor.is_portal or not wanted:
            return {}
        found = self.actor.session.scalars(select(Product).where(Product.id.in_(wanted)))
        return {product.id: product for product in found}


def products_of(actor: Actor) -> Products:
    """The finder of products."""
    return Products(actor)


def find_products(actor: Actor, text: str, limit: int = paging.PAGE) -> list[Product]:
    """The products a name, its initials, a code or a barcode finds, nearest first."""
    ids = [key for _kind, key in search.find(actor, text, ["catalog.product"], limit)]
    products = products_of(actor).many(ids)
    return [products[key] for key in ids if key in products]


def barcodes_of(actor: Actor, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Barcode]]:
    """The barcodes of each product, in one query."""
    found: dict[uuid.UUID, list[Barcode]] = {}
    statement = select(Barcode).where(Barcode.product_id.in_(list(product_ids))).order_by(Barcode.factor, Barcode.code)
    for barcode in actor.session.scalars(statement):
        found.setdefault(barcode.product_id, []).append(barcode)
    return found


def by_code(actor: Actor, code: str) -> list[tuple[Product, Barcode | None]]:
    """The products that carry `code` as barcode or have it as their own code (sku).

    A GTIN is the same with and without leading zeros (GS1), so a 12-digit scan finds what was kept with 13. Our own
    label of a product means that product.
    """
    label = codes.read(code)
    if label:
        ids = [label.id] if label.kind == "catalog.product" else []
        return [(product, None) for product in products_of(actor).many(ids).values() if not product.archived_at]
    code = code.strip()
    same = {code}
    if code.isascii() and code.isdigit() and 8 <= len(code) <= 14:
        bare = code.lstrip("0")
        same |= {bare.zfill(length) for length in (8, 12, 13, 14) if len(bare) <= length}
    carrying = select(Barcode.product_id).where(Barcode.code.in_(sorted(same)))
    ids = list(actor.session.scalars(carrying.union(select(Product.id).where(Product.sku == code))))
    if not ids:
        return []
    of_product = (Barcode.company_id == Product.company_id) & (Barcode.product_id == Product.id)
    found = actor.session.execute(
        select(Product, Barcode)
        .outerjoin(Barcode, of_product & Barcode.code.in_(sorted(same)))
        .where(Product.id.in_(ids), Product.archived_at.is_(None))
        .order_by(Product.sort_key, Product.id)
    )
    return [(product, barcode) for product, barcode in found]


def units(actor: Actor) -> list[Unit]:
    """All units, by name."""
    return list(actor.session.scalars(select(Unit).order_by(Unit.name)))


def unit_named(actor: Actor, name: str) -> Unit:
    """The unit of that name, in either language. Raises NotFound."""
    unit = actor.session.scalars(select(Unit).where(or_(Unit.name == name, Unit.name2 == name)).limit(1)).first()
    if unit is None:
        raise NotFound
    return unit


def categories(actor: Actor) -> list[Category]:
    """All categories, by name."""
    return list(actor.session.scalars(select(Category).order_by(Category.name)))
