"""What people call products, places, lots and moves: for the timeline, vouchers and `verify`."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from webapp.catalog import products_of
from webapp.inventory.models import Location, Lot, Move
from webapp.kernel.i18n import display_name
from webapp.kernel.wall import Actor

Names = dict[uuid.UUID, str]


def product_names(actor: Actor, ids: Sequence[uuid.UUID]) -> Names:
    """Each product's name in the reader's language."""
    return {key: display_name(product) for key, product in products_of(actor).many(ids).items()}


def location_codes(actor: Actor, ids: Sequence[uuid.UUID]) -> Names:
    """Each location's code."""
    rows = actor.session.execute(select(Location.id, Location.code).where(Location.id.in_(ids)))
    return {row.id: row.code for row in rows}


def lot_codes(actor: Actor, ids: Sequence[uuid.UUID]) -> Names:
    """Each lot's code."""
    return {row.id: row.code for row in actor.session.execute(select(Lot.id, Lot.code).where(Lot.id.in_(ids)))}


def move_names(actor: Actor, ids: Sequence[uuid.UUID]) -> Names:
    """What each single move moved."""
    rows = actor.session.execute(select(Move.id, Move.product_id).where(Move.id.in_(ids))).all()
    products = products_of(actor).many(row.product_id for row in rows)
    return {row.id: display_name(products[row.product_id]) for row in rows}


def moved_names(actor: Actor, document_ids: Sequence[uuid.UUID]) -> Names:
    """For documents that are nothing but their moves: what was moved, the first named and the others counted."""
    rows = actor.session.execute(
        select(Move.document_id, Move.product_id).where(Move.document_id.in_(document_ids)).order_by(Move.id)
    ).all()
    products = products_of(actor).many(row.product_id for row in rows)
    names: Names = {}
    for row in rows:
        names.setdefault(row.document_id, display_name(products[row.product_id]))
    return names
