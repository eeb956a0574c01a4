"""The stock list, a product with its stock, a lot."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.catalog import barcodes_of, products_of
from webapp.inventory import queries
from webapp.inventory.queries import ledger
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import _, display_name
from webapp.kernel.paging import every
from webapp.kernel.web import allow, attachment, page

from .blueprint import COUNTERS, MOVERS, OPENERS, READERS, blueprint

CHUNK = 500
FEW = 8


@blueprint.get("/c/<company>/stock")
@allow(READERS)
def stock() -> str | Response:
    """What is on hand, promised and free, by product; its value for who may see cost."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "stock.csv")
    typed = request.args.get("q", "")[:80]
    if typed:
        rows, following = queries.find_stock(g.actor, typed), None
    else:
        found = queries.stock_page(g.actor, request.args.get("after"))
        rows, following = found.rows, found.next
    return page(
        "inventory/stock.html",
        block="results",
        rows=rows,
        typed=typed,
        may_see_cost=queries.may_see_cost(g.actor),
        may_open=g.actor.role in OPENERS,
        following=url_for("inventory.stock", after=following) if following else None,
    )


def _heads() -> list[str]:
    heads = [_("Product code"), _("Name"), _("Unit"), _("On hand"), _("Promised"), _("Blocked"), _("Free")]
    return [*heads, _("Value")] if queries.may_see_cost(g.actor) else heads


def _cells() -> Iterator[list[Any]]:
    cost = queries.may_see_cost(g.actor)
    for found in every(lambda mark: queries.stock_page(g.actor, mark, size=CHUNK)):
        for row in found.rows:
            stock = row.stock
            cells = [row.sku, row.name, row.unit, stock.on_hand, stock.reserved, stock.blocked, stock.free]
            yield [*cells, row.value] if cost else cells


@blueprint.get("/c/<company>/products/<uuid:id>")
@allow(READERS)
def product(id: uuid.UUID) -> str:
    """A product: what is free and why, where it lies, what is coming, its barcodes, its latest moves."""
    found = products_of(g.actor).get(id)
    return page(
        "inventory/product.html",
        product=found,
        about=queries.describe(g.actor, found),
        stock=queries.availability(g.actor, [id], incoming=False)[id],
        places=queries.places_of(g.actor, id),
        coming=queries.coming_of(g.actor, [id]),
        barcodes=barcodes_of(g.actor, [id]).get(id, []),
        moves=ledger.moves_of_product(g.actor, id, size=FEW),
        today=calendar.today(g.actor),
        may_edit=g.actor.role in ("owner", "manager", "buyer"),
        may_count=g.actor.role in COUNTERS,
        may_move=g.actor.role in MOVERS,
        may_open=g.actor.role in OPENERS,
    )


@blueprint.get("/c/<company>/products/<uuid:id>/moves")
@allow(READERS)
def product_moves(id: uuid.UUID) -> str | Response:
    """A product's ledger, newest first."""
    found = products_of(g.actor).get(id)
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_move_heads(), _move_cells(id)), f"moves-{found.sku}.csv")
    rows = ledger.moves_of_product(g.actor, id, request.args.get("after"))
    return page(
        "inventory/moves.html",
        rows=rows.rows,
        product=found,
        following=url_for("inventory.product_moves", id=id, after=rows.next) if rows.next else None,
        csv=url_for("inventory.product_moves", id=id, format="csv"),
    )


def _move_heads() -> list[str]:
    heads = [_("Day"), _("Done at"), _("Lot"), _("From"), _("To"), _("Quantity"), _("By")]
    return [*heads, _("Value")] if queries.may_see_cost(g.actor) else heads


def _move_cells(product_id: uuid.UUID) -> Iterator[list[Any]]:
    cost = queries.may_see_cost(g.actor)
    for found in every(lambda mark: ledger.moves_of_product(g.actor, product_id, mark, size=CHUNK)):
        for row in found.rows:
            source, target = (
                ledger.place_words(row.source_kind, row.source),
                ledger.place_words(row.target_kind, row.target),
            )
            cells = [row.day, row.done_at, row.lot, source, target, row.quantity, row.by]
            yield [*cells, row.value] if cost else cells


@blueprint.get("/c/<company>/stock/lots")
@allow(READERS)
def lots() -> str | Response:
    """Goods in lots, the first to expire first."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_lot_heads(), _lot_cells()), "lots.csv")
    found = queries.lots_by_expiry(g.actor, request.args.get("after"))
    following = url_for("inventory.lots", after=found.next) if found.next else None
    return page("inventory/lots.html", rows=found.rows, following=following, today=calendar.today(g.actor))


def _lot_heads() -> list[str]:
    return [_("Expires on"), _("Lot"), _("Product code"), _("Name"), _("Location"), _("Quantity"), _("Unit")]


def _lot_cells() -> Iterator[list[Any]]:
    for found in every(lambda mark: queries.lots_by_expiry(g.actor, mark, size=CHUNK)):
        for row in found.rows:
            unit = queries.unit_name(row)
            yield [row.expires_on, row.lot, row.sku, display_name(row), row.code, row.quantity, unit]


@blueprint.get("/c/<company>/stock/lots/<uuid:id>")
@allow(READERS)
def lot(id: uuid.UUID) -> str:
    """A lot: until when it is good, where it lies, where it came from and went."""
    found = queries.get_lot(g.actor, id)
    owner = products_of(g.actor).get(found.product_id)
    rows = ledger.moves_of_product(g.actor, owner.id, request.args.get("after"), lot_id=id)
    return page(
        "inventory/lot.html",
        lot=found,
        product=owner,
        name=display_name(owner),
        unit=queries.unit_of(g.actor, owner.unit_id),
        places=queries.places_of(g.actor, owner.id, id),
        moves=rows,
        following=url_for("inventory.lot", id=id, after=rows.next) if rows.next else None,
        today=calendar.today(g.actor),
        may_move=g.actor.role in MOVERS,
    )
