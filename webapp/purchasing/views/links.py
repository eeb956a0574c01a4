"""The page of an order or shipment for whoever reads: the house's own, or the supplier's."""

import uuid

from flask import g, url_for


def _for_supplier() -> bool:
    actor = g.get("actor")
    return actor is not None and actor.role == "supplier"


def order_link(order_id: uuid.UUID) -> str:
    """An order's page."""
    return url_for("portal.order" if _for_supplier() else "purchasing.order", id=order_id)


def shipment_link(shipment_id: uuid.UUID) -> str:
    """A shipment's page."""
    return url_for("portal.shipment" if _for_supplier() else "purchasing.shipment", id=shipment_id)


def receipt_link(receipt_id: uuid.UUID) -> str:
    """A receipt's page."""
    return url_for("purchasing.receipt", id=receipt_id)
