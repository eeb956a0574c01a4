"""The list of orders, an order's page, and the paper."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.identity import tracking_token
from webapp.identity.tokens import address
from webapp.kernel import csvfile
from webapp.kernel.i18n import _
from webapp.kernel.paging import every
from webapp.kernel.web import allow, attachment, page
from webapp.partners import partners_of
from webapp.sales.queries import Order, orders_of, promises_of
from webapp.sales.queries.around import Around, around
from webapp.sales.queries.lists import ORDER_FILTERS, order_page
from webapp.sales.states import ORDER, READERS, SELLERS

from .blueprint import blueprint, sees

BESIDE = 20
CHUNK = 500


@blueprint.get("/c/<company>/sales/orders")
@allow(READERS)
def orders() -> str | Response:
    """Orders, newest first: of a state, or what a search finds."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "orders.csv")
    return page("sales/orders.html", block="results", **listed(request.args.get("after")))


def listed(mark: str | None = None, size: int = 50) -> dict[str, Any]:
    """What the list shows; also beside an order on a wide screen."""
    tag, typed = request.args.get("state", ""), request.args.get("q", "")[:80]
    found = order_page(g.actor, tag=tag, q=typed, mark=mark, size=size)
    following = url_for("sales.orders", state=tag or None, q=typed or None, after=found.next) if found.next else None
    return {
        "rows": found.rows,
        "following": following,
        "tag": tag if tag in ORDER_FILTERS else "",
        "typed": typed,
        "may_add": g.actor.role in SELLERS,
        **sees(),
    }


def _heads() -> list[str]:
    heads = [
        _("Order"),
        _("Customer"),
        _("State"),
        _("Date"),
        _("Wanted on"),
        _("Number of lines"),
        _("Number elsewhere"),
    ]
    return [*heads, _("Net"), _("VAT amount"), _("Total")] if sees()["sees_amounts"] else heads


def _cells() -> Iterator[list[Any]]:
    tag, typed = request.args.get("state", ""), request.args.get("q", "")[:80]
    for found in every(lambda mark: order_page(g.actor, tag=tag, q=typed, mark=mark, size=CHUNK)):
        for row in found.rows:
            cells = [row.number, row.name, _(ORDER.words[row.state]), row.day, row.wanted_on, row.lines, row.source]
            yield [*cells, row.net, row.vat, row.gross] if sees()["sees_amounts"] else cells


@blueprint.get("/c/<company>/sales/orders/<uuid:order_id>")
@allow(READERS)
def order(order_id: uuid.UUID) -> str:
    """An order: its thread, its lines and how they come, what happened, and the one next thing to do."""
    return order_shown(order_id)


def order_shown(order_id: uuid.UUID) -> str:
    """The page of an order, for the views that come back to it."""
    found = orders_of(g.actor).get(order_id)
    standing = around(g.actor, found)
    waits = found.state in ("confirmed", "picking", "partly_shipped")
    return page(
        "sales/order.html",
        order=found,
        around=standing,
        promises=promises_of(g.actor, found) if waits else {},
        allowed={transition.verb: transition for transition in ORDER.allowed(found.state, g.actor.role)},
        next_step=next_step(found, standing),
        tracking=tracking_address(found),
        arrived=_arrived(order_id),
        **listed(size=BESIDE),
    )


def next_step(found: Order, standing: Around) -> str | None:
    """The one verb the page offers first to whoever reads it, if there is one."""
    allowed = {transition.verb for transition in ORDER.allowed(found.state, g.actor.role)}
    if "confirm" in allowed:
        return "confirm"
    if "plan" in allowed and standing.open_delivery:
        return "pick"
    if "plan" in allowed and standing.any_reserved:
        return "plan"
    if "invoice" in allowed and any(line.shipped > line.invoiced for line in found.lines):
        return "invoice"
    return None


def tracking_address(found: Order) -> str | None:
    """The customer's link, once the order is confirmed."""
    if found.state in ("draft", "cancelled") or g.actor.role not in SELLERS:
        return None
    return address(f"/t/{tracking_token(g.actor, 'sales.order', found.id)}")


NOTICED = """
SELECT 1 FROM notification WHERE company_id = %(company)s AND user_id = %(user)s AND document_id = %(order)s
  AND code = 'sales.order.covered' AND seen_at IS NULL LIMIT 1"""


def _arrived(order_id: uuid.UUID) -> bool:
    actor = g.actor
    return actor.db.one(NOTICED, company=actor.company_id, user=actor.user.id, order=order_id) is not None


@blueprint.get("/c/<company>/sales/orders/<uuid:order_id>/paper")
@allow(READERS)
def order_paper(order_id: uuid.UUID) -> str:
    """The order to print."""
    found = orders_of(g.actor).get(order_id)
    return page("sales/order_paper.html", order=found, address=main_address(found.partner_id), **sees())


def main_address(partner_id: uuid.UUID) -> Any:
    """Where the customer's goods and papers go."""
    return next(iter(partners_of(g.actor).addresses(partner_id)), None)
