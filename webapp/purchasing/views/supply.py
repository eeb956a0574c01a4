"""A supplier's price list."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.catalog import products_of
from webapp.catalog.models import Product
from webapp.kernel import csvfile, search
from webapp.kernel.i18n import N_, _, both_names, display_name
from webapp.kernel.paging import every
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit
from webapp.partners import Partner, suppliers_of
from webapp.purchasing import verbs
from webapp.purchasing.forms import SupplyForm
from webapp.purchasing.models import Supply
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries import supplies_of
from webapp.purchasing.verbs import Offer

from .blueprint import BUYERS, READERS, blueprint

CHUNK = 500


@blueprint.get("/c/<company>/purchasing/suppliers/<uuid:id>/products")
@allow(READERS)
def supply(id: uuid.UUID) -> str | Response:
    """What a supplier offers, by product name."""
    supplier = suppliers_of(g.actor).get(id)
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells(id)), "price-list.csv")
    found = supplies_of(g.actor).page(id, request.args.get("after"))
    return page(
        "purchasing/supply.html",
        supplier=supplier,
        rows=found.rows,
        figure=shown_price,
        may_write=g.actor.role in BUYERS,
        following=url_for("purchasing.supply", id=id, after=found.next) if found.next else None,
    )


def _heads() -> list[str]:
    return [
        *(_("Product code"), _("Product"), _("Their code"), _("Price for one"), _("Unit"), _("Days until it is here")),
        *(_("Least quantity"), _("In steps of")),
    ]


def _cells(supplier_id: uuid.UUID) -> Iterator[list[Any]]:
    for found in every(lambda mark: supplies_of(g.actor).page(supplier_id, mark, size=CHUNK)):
        for row in found.rows:
            yield [
                *(row.sku, display_name(row), row.supplier_code, row.price, row.unit, row.lead_days),
                *(row.least, row.multiple),
            ]


@blueprint.get("/c/<company>/purchasing/suppliers/<uuid:id>/products/new")
@allow(BUYERS)
def new_supply(id: uuid.UUID) -> str:
    """Find a product, then say what the supplier asks for it."""
    supplier = suppliers_of(g.actor).get(id)
    chosen = request.args.get("product")
    if chosen:
        product = products_of(g.actor).get(_key(chosen))
        form = SupplyForm(data={"product_id": product.id, "lead_days": Decimal(supplier.lead_days)})
        return _form_page(form, supplier, product)
    typed = request.args.get("q", "")[:80]
    ids = [key for _kind, key in search.find(g.actor, typed, ["catalog.product"], 50)]
    products = products_of(g.actor).many(ids)
    rows = [products[key] for key in ids if key in products]
    return page("purchasing/choose_product.html", block="results", supplier=supplier, rows=rows, typed=typed)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None


def _form_page(form: SupplyForm, supplier: Partner, product: Product, known: Supply | None = None) -> str:
    return page("purchasing/edit_supply.html", form=form, supplier=supplier, product=product, known=known)


@blueprint.post("/c/<company>/purchasing/suppliers/<uuid:id>/products")
@allow(BUYERS)
def add_supply(id: uuid.UUID) -> Any:
    """Put a product on the list."""
    form, _found = SupplyForm(request.form), suppliers_of(g.actor).get(id)
    product = products_of(g.actor).get(form.product_id.data or uuid.UUID(int=0))

    def work(actor: Actor) -> Outcome:
        verbs.add_supply(actor, suppliers_of(actor).get(id), product.id, Offer(**form.terms()))
        return Outcome(_home(id), N_("%(name)s is on the list"), {"name": both_names(product)})

    return submit(form, work, lambda: _form_page(form, suppliers_of(g.actor).get(id), product))


def _home(supplier_id: uuid.UUID) -> str:
    return url_for("purchasing.supply", id=supplier_id)


def _offer(actor: Actor, supplier_id: uuid.UUID, product_id: uuid.UUID, *, lock: bool = False) -> Supply:
    return supplies_of(actor).of(suppliers_of(actor).get(supplier_id).id, product_id, lock=lock)


@blueprint.get("/c/<company>/purchasing/suppliers/<uuid:id>/products/<uuid:product_id>")
@allow(BUYERS)
def edit_supply(id: uuid.UUID, product_id: uuid.UUID) -> str:
    """An offer to change."""
    known = _offer(g.actor, id, product_id)
    form = SupplyForm(
        data={
            "product_id": product_id,
            "price": known.price,
            "lead_days": Decimal(known.lead_days),
            "least": known.least,
            "multiple": known.multiple,
            "supplier_code": known.supplier_code,
        }
    )
    return _form_page(form, suppliers_of(g.actor).get(id), products_of(g.actor).get(product_id), known)


@blueprint.post("/c/<company>/purchasing/suppliers/<uuid:id>/products/<uuid:product_id>")
@allow(BUYERS)
def change_supply(id: uuid.UUID, product_id: uuid.UUID) -> Any:
    """Change an offer, or take the product off the list."""
    form, _found = SupplyForm(request.form), _offer(g.actor, id, product_id)
    taken = request.form.get("removal") == "yes"

    def work(actor: Actor) -> Outcome:
        known = _offer(actor, id, product_id, lock=True)
        if taken:
            verbs.drop_supply(actor, known)
            return Outcome(_home(id), N_("The product is off the list"))
        verbs.edit_supply(actor, known, Offer(**form.terms()))
        return Outcome(_home(id), N_("Saved"))

    def again() -> str:
        product = products_of(g.actor).get(product_id)
        return _form_page(form, suppliers_of(g.actor).get(id), product, _offer(g.actor, id, product_id))

    return submit(None if taken else form, work, again)
