"""Pages of the catalogue: the list of products, a new one, changing one, its barcodes, units and categories."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel import csvfile, show
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.paging import every
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.register import ALL_INTERNAL, roles
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit

from . import queries, verbs
from .forms import BarcodeForm, NamedForm, NewProductForm, ProductForm
from .models import Product

blueprint = Blueprint("catalog", __name__)
blueprints = (blueprint,)

WRITERS = roles("buyer")
HUNDRED = Decimal(100)
CHUNK = 500


@blueprint.get("/c/<company>/products")
@allow(ALL_INTERNAL)
def products() -> str | Response:
    """Products by pinyin, or those a search finds."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "products.csv")
    typed = request.args.get("q", "")[:80]
    if typed:
        rows, following = queries.find_products(g.actor, typed), None
    else:
        found = queries.products_of(g.actor).page(request.args.get("after"))
        rows, following = found.rows, found.next
    return page(
        "catalog/products.html",
        block="results",
        rows=rows,
        units=_unit_names(),
        typed=typed,
        may_add=g.actor.role in WRITERS,
        following=url_for("catalog.products", after=following) if following else None,
    )


def _heads() -> list[str]:
    return [
        *(_("Product code"), _("Name"), _("Name in the other language"), _("Category"), _("Unit"), _("List price")),
        *(_("VAT"), _("Reorder point"), _("Safety stock"), _("Barcodes")),
    ]


def _cells() -> Iterator[list[Any]]:
    units = _unit_names()
    groups = {group.id: display_name(group) for group in queries.categories(g.actor)}
    for found in every(lambda mark: queries.products_of(g.actor).page(mark, size=CHUNK)):
        codes = queries.barcodes_of(g.actor, [row.id for row in found.rows])
        for row in found.rows:
            yield [
                *(row.sku, row.name, row.name2, groups.get(row.category_id), units.get(row.unit_id), row.price),
                *(row.vat_rate, row.reorder_point, row.safety_stock),
                " ".join(barcode.code for barcode in codes.get(row.id, [])),
            ]


def _unit_names() -> dict[uuid.UUID, str]:
    return {unit.id: display_name(unit) for unit in queries.units(g.actor)}


@blueprint.get("/c/<company>/products/new")
@allow(WRITERS)
def new_product() -> str:
    """The form of a new product."""
    known = {"name": request.args.get("name", ""), "barcode": request.args.get("barcode", "")}
    return _new(_choices(NewProductForm(data=known | _usual())))


def _new(form: ProductForm) -> str:
    return page("catalog/new.html", form=form)


def _usual() -> dict[str, Any]:
    return {"vat_percent": Decimal(setting(g.actor, "catalog.vat_rate")) * HUNDRED, "price": Decimal(0)}


def _choices(form: Any) -> Any:
    form.unit_id.choices = [(str(unit.id), display_name(unit)) for unit in queries.units(g.actor)]
    form.category_id.choices = [
        ("", _("none")),
        *((str(group.id), display_name(group)) for group in queries.categories(g.actor)),
    ]
    return form


@blueprint.post("/c/<company>/products")
@allow(WRITERS)
def add_product() -> Any:
    """Add a product."""
    form = _choices(NewProductForm(request.form))

    def work(actor: Actor) -> Outcome:
        barcodes = (form.barcode.data,) if form.barcode.data else ()
        made = verbs.add_product(actor, _typed(form, barcodes))
        return Outcome(_home(made.id), N_("%(name)s is in the catalogue"), {"name": made.name}, {str(made.id): 1})

    return submit(form, work, lambda: _new(form))


def _typed(form: ProductForm, barcodes: tuple[str, ...] = ()) -> verbs.NewProduct:
    return verbs.NewProduct(
        name=form.name.data or "",
        name2=form.name2.data,
        sku=form.sku.data or "",
        unit_id=uuid.UUID(form.unit_id.data),
        category_id=uuid.UUID(form.category_id.data) if form.category_id.data else None,
        price=form.price.data or Decimal(0),
        vat_rate=(form.vat_percent.data or Decimal(0)) / HUNDRED,
        keeps_lots=form.keeps_lots.data,
        least_days=int(form.least_days.data or 0),
        reorder_point=form.reorder_point.data or Decimal(0),
        safety_stock=form.safety_stock.data or Decimal(0),
        barcodes=barcodes,
    )


def _home(product_id: uuid.UUID) -> str:
    return url_for("inventory.product", id=product_id)


@blueprint.get("/c/<company>/products/<uuid:id>/edit")
@allow(WRITERS)
def edit_product(id: uuid.UUID) -> str:
    """The form of a product's own data."""
    product = queries.products_of(g.actor).get(id)
    return _edit(product, _choices(ProductForm(data=_known(product))), product.version)


def _known(product: Product) -> dict[str, Any]:
    names = ("name", "name2", "sku", "price", "keeps_lots", "reorder_point", "safety_stock")
    return {name: getattr(product, name) for name in names} | {
        "unit_id": str(product.unit_id),
        "category_id": str(product.category_id or ""),
        "vat_percent": product.vat_rate * HUNDRED,
        "least_days": Decimal(product.least_days),
    }


def _edit(product: Product, form: ProductForm, version: int, differences: list[dict[str, str]] | None = None) -> str:
    return page("catalog/edit.html", product=product, form=form, version=version, differences=differences)


@blueprint.post("/c/<company>/products/<uuid:id>")
@allow(WRITERS)
def change_product(id: uuid.UUID) -> Any:
    """Change a product."""
    queries.products_of(g.actor).get(id)
    form = _choices(ProductForm(request.form))

    def work(actor: Actor) -> Outcome:
        product = queries.products_of(actor).locked(id)
        verbs.edit_product(actor, product, _base_version(), _typed(form))
        return Outcome(_home(id), N_("Saved"), {}, {str(id): product.version})

    def again() -> str:
        product = queries.products_of(g.actor).get(id)
        if not isinstance(g.get("refused"), Stale):
            return _edit(product, form, _base_version())
        theirs = _choices(ProductForm(data=_known(product)))
        return _edit(product, form, product.version, _differences(form, theirs))

    return submit(form, work, again)


def _base_version() -> int:
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _differences(mine: ProductForm, theirs: ProductForm) -> list[dict[str, str]]:
    """The fields in which what was typed and what is saved differ."""
    return [
        {"label": field.label.text, "mine": _said(field), "theirs": _said(theirs[field.name])}
        for field in mine
        if _said(field) != _said(theirs[field.name])
    ]


def _said(field: Any) -> str:
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(field.data, ""))
    if isinstance(field.data, bool):
        return _("yes") if field.data else _("no")
    return show.quantity(field.data) if isinstance(field.data, Decimal) else str(field.data or "")


@blueprint.get("/c/<company>/products/<uuid:id>/barcodes/new")
@allow(WRITERS | roles("warehouse"))
def new_barcode(id: uuid.UUID) -> str:
    """The form of another barcode."""
    form = BarcodeForm(data={"factor": Decimal(1), "code": request.args.get("code", "")})
    return _barcode(queries.products_of(g.actor).get(id), form)


def _barcode(product: Product, form: BarcodeForm) -> str:
    codes = queries.barcodes_of(g.actor, [product.id]).get(product.id, [])
    unit = _unit_names().get(product.unit_id, "")
    return page("catalog/barcode.html", product=product, form=form, codes=codes, unit=unit)


@blueprint.post("/c/<company>/products/<uuid:id>/barcodes")
@allow(WRITERS | roles("warehouse"))
def add_barcode(id: uuid.UUID) -> Any:
    """Give a product another barcode."""
    product = queries.products_of(g.actor).get(id)
    form = BarcodeForm(request.form)

    def work(actor: Actor) -> Outcome:
        barcode = verbs.add_barcode(
            actor, queries.products_of(actor).locked(id), form.code.data or "", form.factor.data or Decimal(1)
        )
        return Outcome(_home(id), N_("%(barcode)s now means this product"), {"barcode": barcode.code})

    return submit(form, work, lambda: _barcode(queries.products_of(g.actor).get(product.id), form))


@blueprint.get("/c/<company>/products/units")
@allow(WRITERS)
def named() -> str:
    """Units and categories, with a form for another one of each."""
    return _named(NamedForm(prefix="unit-"), NamedForm(prefix="category-"))


def _named(unit: NamedForm, category: NamedForm) -> str:
    return page(
        "catalog/named.html",
        units=queries.units(g.actor),
        categories=queries.categories(g.actor),
        unit_form=unit,
        category_form=category,
    )


@blueprint.post("/c/<company>/products/units")
@allow(WRITERS)
def add_unit() -> Any:
    """Add a unit of measure."""
    form = NamedForm(request.form, prefix="unit-")

    def work(actor: Actor) -> Outcome:
        unit = verbs.add_unit(actor, form.name.data or "", form.name2.data)
        return Outcome(url_for("catalog.named"), N_("%(name)s is here now"), {"name": unit.name})

    return submit(form, work, lambda: _named(form, NamedForm(prefix="category-")))


@blueprint.post("/c/<company>/products/categories")
@allow(WRITERS)
def add_category() -> Any:
    """Add a group of products."""
    form = NamedForm(request.form, prefix="category-")

    def work(actor: Actor) -> Outcome:
        category = verbs.add_category(actor, form.name.data or "", form.name2.data)
        return Outcome(url_for("catalog.named"), N_("%(name)s is here now"), {"name": category.name})

    return submit(form, work, lambda: _named(NamedForm(prefix="unit-"), form))
