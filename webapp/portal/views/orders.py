"""A supplier's orders: those to do with, their history, an order's page."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel import csvfile
from webapp.kernel.i18n import _
from webapp.kernel.paging import every
from webapp.kernel.web import allow, attachment, page
from webapp.purchasing import history, lines_of, orders_of, shipments_of
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.queries.orders import LineView
from webapp.purchasing.states import ORDER

from .blueprint import SUPPLIERS, blueprint
from .words import entries, label, line_label, lines_words


@blueprint.get("/c/<company>/portal/orders")
@allow(SUPPLIERS)
def orders() -> str | Response:
    """All orders of this supplier, newest first."""
    if request.args.get("format") == "csv":
        heads = [_("Number"), _("State"), _("Ordered on"), _("Wanted here on"), _("Lines"), _("With VAT")]
        return attachment(csvfile.write(heads, _cells()), "orders.csv")
    found = orders_of(g.actor).page(request.args.get("after"))
    return page(
        "portal/orders.html",
        rows=[(row, label(row.state)) for row in found.rows],
        following=url_for("portal.orders", after=found.next) if found.next else None,
    )


def _cells() -> Iterator[list[Any]]:
    for found in every(lambda mark: orders_of(g.actor).page(mark, size=500)):
        for row in found.rows:
            yield [row.number, label(row.state).word, row.day, row.wanted_on, row.lines, row.total]


@blueprint.get("/c/<company>/portal/orders/<uuid:id>")
@allow(SUPPLIERS)
def order(id: uuid.UUID) -> str:
    """An order: to answer where lines wait for it, else as it stands."""
    found = orders_of(g.actor).get(id)
    lines = lines_of(g.actor, found)
    if waits(found, lines):
        from .answering import answer_page, fresh_answer

        return answer_page(found, lines, fresh_answer(lines))
    shipments = shipments_of(g.actor).of_order(found.id)
    return page(
        "portal/order.html",
        order=found,
        label=label(found.state),
        lines=[(view, line_label(view, g.actor)) for view in lines],
        count=lines_words(len(lines)),
        shipments=[(shipment, label(shipment.state)) for shipment in shipments],
        may_ship=may_ship(found, lines),
        happened=entries(history(g.actor, [found.id, *(shipment.id for shipment in shipments)]), g.actor),
    )


def waits(order: PurchaseOrder, lines: list[LineView]) -> bool:
    """Whether the order wants this supplier's answer."""
    allowed = order.state in ORDER.transitions["answer_order"].of
    return allowed and any(view.unanswered for view in lines)


def may_ship(order: PurchaseOrder, lines: list[LineView]) -> bool:
    """Whether anything is left to ship."""
    allowed = order.state in ORDER.transitions["notify_shipment"].of
    return allowed and any(view.left for view in lines)
