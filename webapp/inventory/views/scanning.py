"""Scan knows what it scanned here, and offers what one does with that."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.inventory import queries
from webapp.inventory.queries import scanning
from webapp.inventory.queries.scanning import Goods
from webapp.kernel import calendar
from webapp.kernel.labels import codes
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import Found
from webapp.kernel.web import allow, page

from .blueprint import MOVERS, READERS, blueprint

ONE = Decimal(1)
UNDO_FOR = timedelta(minutes=2)


@blueprint.get("/c/<company>/scan")
@allow(READERS)
def scan() -> str | Response:
    """The field for a code; what the last one meant; what was moved just now."""
    code = request.args.get("code", "").strip(" \t\r\n")[: codes.MOST]
    source = source_of(request.args.get("from"))
    if not code:
        return _page(code, source)
    found = scanning.meanings(g.actor, code)
    if len(found) != 1:
        return _page(code, source, found=found)
    return _meant(found[0], code, source)


def source_of(text: str | None) -> Found | None:
    """The place scanned before, from which goods are to be taken."""
    try:
        found = scanning.found_locations(g.actor, [uuid.UUID(text)]) if text else []
    except ValueError:
        raise NotFound from None
    return found[0] if found else None


def _meant(one: Found, code: str, source: Found | None) -> str | Response:
    goods = scanning.goods_meant(g.actor, one)
    if goods:
        return _goods(one, goods, code, source)
    if one.kind == scanning.LOCATION:
        return _page(code, one, found=[one], goods=queries.goods_at(g.actor, one.id).rows)
    return redirect(one.href, 303)


def _goods(one: Found, goods: Goods, code: str, source: Found | None) -> str | Response:
    """Where the goods lie. One place only, or the place scanned before: the move is half done."""
    rows = queries.places_of(g.actor, goods.product_id, goods.lot_id)
    here = [row for row in rows if source and row.location_id == source.id]
    choice = here or rows
    packed = scanning.packed(g.actor, code, goods.product_id)
    if len(choice) == 1 and g.actor.role in MOVERS:
        return redirect(_move_link(choice[0], packed), 303)
    return _page(code, source, found=[one], goods=choice, packed=packed)


def _move_link(row: Any, quantity: Decimal) -> str:
    """The page on which goods of this lot at this place are moved, beginning with what one scan stands for."""
    return url_for(
        "inventory.new_transfer",
        product=row.product_id,
        lot=row.lot_id,
        source=row.location_id,
        quantity=f"{quantity.normalize():f}",
    )


def _page(
    code: str, source: Found | None, *, found: list[Found] | None = None, goods: Any = (), packed: Decimal = ONE
) -> str:
    moved = queries.my_latest_transfers(g.actor) if g.actor.role in MOVERS and not code else []
    fresh = bool(moved) and moved[0].received_at > calendar.now() - UNDO_FOR
    return page(
        "inventory/scan.html",
        code=code,
        label=codes.read(code),
        unknown="" if found or not code else scanning.unknown(g.actor, code),
        own=scanning.own_code(g.actor, code),
        source=source,
        found=found,
        goods=goods,
        moved=moved,
        undo=moved[0] if fresh else None,
        may_move=g.actor.role in MOVERS,
        move_link=lambda row: _move_link(row, packed),
    )
