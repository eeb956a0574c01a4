"""The list of purchase orders and an order's page."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.inventory.models import Warehouse
from webapp.kernel import calendar, csvfile, show
from webapp.kernel.i18n import _, _n, display_name
from webapp.kernel.paging import every
from webapp.kernel.refusals import NotFound
from webapp.kernel.web import allow, attachment, page
from webapp.kernel.web.pages import event_words
from webapp.partners import suppliers_of
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries import LineView, history, last_paid, lines_of, orders_of, receipts_of, shipments_of
from webapp.purchasing.queries.orders import has_supplier_user
from webapp.purchasing.states import ORDER

from .blueprint import READERS, blueprint
from .labels import entries, label, line_label, order_label, short_day

CHUNK = 500
FILTERS = ("open", "draft", "sent", "countered", "accepted", "shipped", "received", "all")


@blueprint.get("/c/<company>/purchasing/orders")
@allow(READERS)
def orders() -> str | Response:
    """Purchase orders, newest first; those that are open where nothing else is asked."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "purchase-orders.csv")
    return page("purchasing/orders.html", block="results", **listing(), opened=None)


def listing() -> dict[str, Any]:
    """The list, as it stands beside an order where there is room."""
    state, text = request.args.get("state") or "open", request.args.get("q", "")[:80]
    if state not in FILTERS:
        raise NotFound
    found = orders_of(g.actor).page(request.args.get("after"), state=None if state == "all" else state, text=text)
    today = calendar.today(g.actor)
    return {
        "rows": [(row, order_label(row.state, row.late_since, today)) for row in found.rows],
        "state": state,
        "typed": text,
        "open_count": orders_of(g.actor).count_open(),
        "following": url_for("purchasing.orders", after=found.next, state=state, q=text or None)
        if found.next
        else None,
        "may_write": bool(ORDER.allowed("draft", g.actor.role)),
        "filters": [(each, _filter_words(each)) for each in FILTERS],
    }


def _filter_words(state: str) -> str:
    return {"open": _("Open"), "all": _("All")}.get(state) or label(state).word


def _heads() -> list[str]:
    return [_("Number"), _("Supplier"), _("State"), _("Written on"), _("Wanted here on"), _("Lines"), _("With VAT")]


def _cells() -> Iterator[list[Any]]:
    for found in every(lambda mark: orders_of(g.actor).page(mark, size=CHUNK)):
        for row in found.rows:
            yield [
                *(row.number, display_name(row), label(row.state).word, row.day, row.wanted_on),
                *(row.lines, row.total),
            ]


@blueprint.get("/c/<company>/purchasing/orders/<uuid:id>")
@allow(READERS)
def order(id: uuid.UUID) -> str:
    """An order: its thread, its lines with their answers, what happened, and the one thing to decide."""
    return order_page(id)


def order_page(order_id: uuid.UUID, form: Any = None) -> str:
    """The page of an order, with a refused form's words where there is one."""
    found = orders_of(g.actor).get(order_id)
    lines = lines_of(g.actor, found)
    documents = [found.id, *(s.id for s in shipments_of(g.actor).of_order(found.id))]
    documents += [receipt.id for receipt in receipts_of(g.actor).of_order(found.id)]
    supplier = suppliers_of(g.actor).get(found.partner_id)
    may = {transition.verb for transition in ORDER.allowed(found.state, g.actor.role)}
    return page(
        "purchasing/order.html",
        **listing(),
        opened=found.id,
        order=found,
        supplier=supplier,
        warehouse=g.actor.session.get(Warehouse, (g.actor.company_id, found.warehouse_id)),
        label=label(found.state),
        lines=[(view, line_label(view)) for view in lines],
        table_rows=table_of(lines),
        total=_total(found, lines),
        thread=_thread(found, lines),
        happened=entries(history(g.actor, documents), event_words, _moment, here=found.id),
        asked=_asked(found, lines) if "settle" in may else None,
        may=may,
        invited=has_supplier_user(g.actor, found.partner_id),
        form=form,
        short_day=short_day,
    )


def _moment(value: Any) -> str:
    return show.moment(value, g.actor)


def table_of(lines: list[LineView]) -> list[dict[str, Any]]:
    """The lines with the words of their cells."""
    today = calendar.today(g.actor)
    return [
        {
            "view": view,
            "name": {"text": view.name, "sub": _line_sub(view, today)},
            "price": _price(view),
            "amount": show.money(view.line.gross),
            "label": line_label(view),
        }
        for view in lines
    ]


def _price(view: LineView) -> dict[str, Any]:
    asked = next((answer.price for answer in view.asked if answer.price != view.line.price), None)
    agreed = next((split.price for split in view.promised if split.price != view.line.price), None)
    now = asked if asked is not None else agreed
    was = shown_price(view.line.price) if now is not None else None
    return {"text": shown_price(view.line.price if now is None else now), "was": was}


def _line_sub(view: LineView, today: Any) -> str:
    reason = next((a.reason for a in reversed(view.answers) if a.reason and a.verdict != "accepted"), None)
    parts = [view.sku]
    if len(view.promised) > 1:
        parts.append(" + ".join(f"{show.quantity(s.quantity)} {show.day(s.day, today)}" for s in view.promised))
    if reason:
        parts.append(f"“{reason}”")
    return " · ".join(parts)


def _total(order: PurchaseOrder, lines: list[LineView]) -> list[Any]:
    words = _n("%(num)s line", "%(num)s lines", len(lines))
    return [words, "", "", "", "", show.money(order.total), _("with VAT")]


def _thread(order: PurchaseOrder, lines: list[LineView]) -> list[dict[str, Any]]:
    """Written, sent, answered, shipped, received: what happened is done, what comes next is the ring."""
    answered = sum(1 for view in lines if view.answers)
    shipped, received = any(v.line.shipped for v in lines), any(v.line.received for v in lines)
    everything = order.state in ("received", "closed")
    nodes: list[dict[str, Any]] = [
        {"label": _("Written"), "sub": show.day(order.day, calendar.today(g.actor)), "done": True},
        {"label": _("Sent"), "done": order.answer_by is not None},
        {
            "label": _("Answered"),
            "sub": _("%(n)s of %(all)s lines", n=answered, all=len(lines)) if answered else None,
            "done": bool(answered) or shipped or received,
        },
        {"label": _("Shipped"), "done": shipped or received},
        {"label": _("Received"), "done": everything},
    ]
    done = [index for index, node in enumerate(nodes) if node["done"]]
    for index, node in enumerate(nodes):
        node["state"] = "now" if index == done[-1] and not everything else "done" if index <= done[-1] else "next"
    return nodes


def _asked(order: PurchaseOrder, lines: list[LineView]) -> dict[str, Any] | None:
    """The first thing the supplier asks, with what it costs and what was paid before."""
    for view in lines:
        for answer in view.asked:
            last = last_paid(g.actor, view.line.product_id, order.id)
            return {
                "view": view,
                "answer": answer,
                "dearer": (answer.price - view.line.price) * answer.quantity,
                "price": shown_price(answer.price),
                "price_was": shown_price(view.line.price),
                "other_price": answer.price != view.line.price,
                "last": {"price": shown_price(last[0]), "day": last[1]} if last else None,
                "more": sum(len(other.asked) for other in lines) - 1,
            }
    return None


@blueprint.get("/c/<company>/purchasing/orders/<uuid:id>/print")
@allow(READERS)
def print_order(id: uuid.UUID) -> str:
    """The order on paper."""
    found = orders_of(g.actor).get(id)
    lines = lines_of(g.actor, found)
    return page(
        "purchasing/print_order.html",
        order=found,
        supplier=suppliers_of(g.actor).get(found.partner_id),
        warehouse=g.actor.session.get(Warehouse, (g.actor.company_id, found.warehouse_id)),
        lines=lines,
        figure=shown_price,
    )
