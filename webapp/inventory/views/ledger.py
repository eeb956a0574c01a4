"""The stock ledger: all moves, a document's, and the one scan that caused a figure."""

import uuid
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.inventory import queries
from webapp.inventory.queries import ledger
from webapp.kernel import csvfile
from webapp.kernel.i18n import _, display_name
from webapp.kernel.paging import every
from webapp.kernel.register import registers, roles
from webapp.kernel.web import allow, attachment, page

from .blueprint import MOVERS, READERS, asked_id, blueprint

BOOKS = roles("accountant", "auditor")
CHUNK = 1000
MOST_IN_CSV = 50_000


@blueprint.get("/c/<company>/stock/moves")
@allow(READERS)
def moves() -> str | Response:
    """All moves, newest first."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "moves.csv")
    found = ledger.all_moves(g.actor, request.args.get("after"))
    following = url_for("inventory.moves", after=found.next) if found.next else None
    return page(
        "inventory/moves.html", rows=found.rows, following=following, csv=url_for("inventory.moves", format="csv")
    )


def _heads() -> list[str]:
    heads = [
        *(_("Day"), _("Done at"), _("Arrived"), _("Product code"), _("Product"), _("Lot"), _("From"), _("To")),
        *(_("Quantity"), _("Unit"), _("By"), _("Kind")),
    ]
    return [*heads, _("Value")] if queries.may_see_cost(g.actor) else heads


def _cells() -> Iterator[list[Any]]:
    cost = queries.may_see_cost(g.actor)
    for found in islice(every(lambda mark: ledger.all_moves(g.actor, mark, size=CHUNK)), MOST_IN_CSV // CHUNK):
        for row in found.rows:
            cells = [
                *(row.day, row.done_at, row.received_at, row.sku, display_name(row), row.lot),
                *(ledger.place_words(row.source_kind, row.source), ledger.place_words(row.target_kind, row.target)),
                *(row.quantity, row.unit_name, row.by, _kind_words(row.kind)),
            ]
            yield [*cells, row.value] if cost else cells


def _kind_words(kind: str) -> str:
    document = registers.documents.get(kind)
    return _(document.title) if document else kind


@blueprint.get("/c/<company>/stock/scans")
@allow(READERS)
def moved() -> str | Response:
    """The moves of a document: its scans. One alone is shown as itself; of no document in particular, all."""
    if "document" not in request.args:
        return redirect(url_for("inventory.moves"), 303)
    document_id = asked_id("document")
    found = ledger.moves_of_document(g.actor, document_id, request.args.get("after"))
    if len(found.rows) == 1 and not request.args.get("after"):
        return move_page(found.rows[0].id)
    following = url_for("inventory.moved", document=document_id, after=found.next) if found.next else None
    return page("inventory/moved.html", rows=found.rows, following=following, document=_document(found.rows[0]))


@blueprint.get("/c/<company>/stock/moves/<uuid:id>")
@allow(READERS)
def one_move(id: uuid.UUID) -> str:
    """One move: who, when done and when it arrived, by which operation, from where to where, what it was worth."""
    return move_page(id)


def move_page(move_id: uuid.UUID) -> str:
    """The page of a move."""
    row = ledger.get_move(g.actor, move_id)
    undone = ledger.reversal_of(g.actor, move_id)
    may_undo = row.kind == "inventory.transfer" and not undone and not row.reverses_id and g.actor.role in MOVERS
    return page(
        "inventory/move_page.html",
        row=row,
        value=ledger.value_shown(g.actor, row.value),
        undone=undone,
        may_undo=may_undo,
        document=_document(row),
        vouchers=_vouchers(row.document_id),
    )


def _vouchers(document_id: uuid.UUID) -> list[dict[str, Any]]:
    """The vouchers of the document, for who may read the books."""
    kind = registers.documents.get("voucher")
    if g.actor.role not in BOOKS or kind is None or kind.link is None or kind.identify is None:
        return []
    ids = ledger.vouchers_of(g.actor, document_id)
    names = kind.identify(g.actor, ids) if ids else {}
    return [{"name": names.get(key, ""), "href": kind.link(key), "sub": _(kind.title)} for key in ids]


def _document(row: Any) -> dict[str, Any]:
    """The document a move comes from: what it is, what people call it, its page."""
    kind = registers.documents.get(row.kind)
    if kind is None:
        return {"title": row.kind, "name": "", "href": None, "icon": "file-text", "own": True}
    names = kind.identify(g.actor, [row.document_id]) if kind.identify else {}
    own = row.kind.startswith("inventory.")
    href = kind.link(row.document_id) if kind.link and not own else None
    return {
        "title": _(kind.title),
        "name": names.get(row.document_id, ""),
        "href": href,
        "icon": kind.icon,
        "own": own,
        "id": row.document_id,
    }
