"""Labels of shipments, of the goods in them, and of purchase orders; the supplier prints the same ones."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from webapp.catalog import barcodes_of
from webapp.catalog.models import Product, Unit
from webapp.inventory.queries.labels import gtin_of, known, lot_words
from webapp.kernel import show
from webapp.kernel.i18n import N_, in_both, names
from webapp.kernel.labels.papers import Label
from webapp.kernel.labels.symbols import elements_of
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import PurchaseOrder, Shipment, ShipmentLine

from .orders import orders_of
from .shipments import shipments_of

ORDER, EXPECTED, WANTED = N_("Order"), N_("Expected"), N_("Wanted here on")


def shipment_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """Its number, whose it is, the order and the day; one for each parcel."""
    statement = (
        select(Shipment.id, Shipment.number, Shipment.expected_on, PurchaseOrder.number.label("order"), *_firm())
        .join(
            PurchaseOrder, (PurchaseOrder.company_id == Shipment.company_id) & (PurchaseOrder.id == Shipment.order_id)
        )
        .join(Partner, (Partner.company_id == Shipment.company_id) & (Partner.id == Shipment.partner_id))
        .where(Shipment.id.in_(ids), *shipments_of(actor).seen())
    )
    rows = {row.id: row for row in actor.session.execute(statement)}
    made = []
    for key in known(ids, rows):
        row = rows[key]
        way = f"{names(row)[0]} → {names(actor.company)[0]}"
        about = (way, f"{in_both(ORDER)} {row.order}", f"{in_both(EXPECTED)} {row.expected_on.isoformat()}")
        made.append(Label(row.number, about, "purchasing.shipment", key, parcels=True))
    return made


def goods_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """One for each line of these shipments: product, lot, last day, as a code that any scanner at the dock reads."""
    found = [shipments_of(actor).get(key).id for key in ids]
    statement = (
        select(ShipmentLine, Product, Unit)
        .join(Product, (Product.company_id == ShipmentLine.company_id) & (Product.id == ShipmentLine.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .where(ShipmentLine.shipment_id.in_(found))
        .order_by(ShipmentLine.shipment_id, ShipmentLine.line)
    )
    rows = actor.session.execute(statement).all()
    barcodes = barcodes_of(actor, [line.product_id for line, _product, _unit in rows])
    made = []
    for line, product, unit in rows:
        first, *second = names(product)
        gs1 = elements_of(gtin_of(barcodes.get(product.id, [])), line.lot_code or "", line.expires_on)
        many = f"{show.quantity(line.quantity)} {' '.join(names(unit))}"
        about = (*lot_words(line.lot_code or "", line.expires_on), many, *second, product.sku)
        made.append(Label(first, about, gs1=gs1, plain=product.sku))
    return made


def order_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """Its number, the supplier, the day it is wanted."""
    statement = (
        select(PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.wanted_on, *_firm())
        .join(Partner, (Partner.company_id == PurchaseOrder.company_id) & (Partner.id == PurchaseOrder.partner_id))
        .where(PurchaseOrder.id.in_(ids), *orders_of(actor).seen())
    )
    rows = {row.id: row for row in actor.session.execute(statement)}
    return [
        Label(
            rows[key].number,
            (*names(rows[key]), f"{in_both(WANTED)} {rows[key].wanted_on.isoformat()}"),
            "purchasing.order",
            key,
        )
        for key in known(ids, rows)
    ]


def _firm() -> tuple[object, ...]:
    return Partner.name, Partner.name2
