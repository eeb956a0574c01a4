"""Receiving: what a shipment or an order brings is counted, by scan or by hand, and booked in."""

import uuid
from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, page, queues, submit
from webapp.partners import suppliers_of
from webapp.purchasing import verbs
from webapp.purchasing.forms.counts import NONE, CountForm, Due, fresh_counts
from webapp.purchasing.models import PurchaseOrder, Shipment
from webapp.purchasing.queries import codes_of, lines_of, notices_of, orders_of, places_to_receive, shipments_of
from webapp.purchasing.verbs import Counted
from webapp.purchasing.verbs.counting import dealt_with

from .blueprint import DOCK, blueprint
from .scanning import codes_by_product, count_on, progress_of

Dock = tuple[PurchaseOrder, Shipment | None, list[Due]]


def _posted() -> set[str]:
    """The lines a posted form has counts of: they are shown and counted though others dealt with them meanwhile."""
    return {value for name, value in request.form.items() if name.endswith("-key")}


def _of_shipment(actor: Actor, shipment_id: uuid.UUID) -> Dock:
    shipment, posted = shipments_of(actor).get(shipment_id), _posted()
    due = [
        Due(
            *(view.line.id, view.line.order_line_id, view.line.id, view.line.product_id, view.name, view.sku),
            *(view.unit, view.due, view.keeps_lots, view.line.lot_code, view.line.expires_on, dealt_with(view.line)),
        )
        for view in notices_of(actor, shipment)
        if view.due or str(view.line.id) in posted
    ]
    return orders_of(actor).get(shipment.order_id), shipment, due


def _of_order(actor: Actor, order_id: uuid.UUID) -> Dock:
    order, posted = orders_of(actor).get(order_id), _posted()
    due = [
        Due(
            *(view.id, view.id, None, view.line.product_id, view.name, view.sku, view.unit),
            *(max(view.due - view.coming, NONE), view.keeps_lots, "", None, dealt_with(view.line)),
        )
        for view in lines_of(actor, order)
        if view.due > view.coming or str(view.id) in posted
    ]
    return order, None, due


def _page(dock: Dock, form: CountForm, said: Any = None) -> str:
    order, shipment, due = dock
    what, key = ("shipment", shipment.id) if shipment else ("order", order.id)
    return page(
        "purchasing/receive.html",
        order=order,
        shipment=shipment,
        supplier=suppliers_of(g.actor).get(order.partner_id),
        form=form,
        said=said,
        counted=progress_of(due, form),
        codes=codes_by_product(codes_of(g.actor, [line.product_id for line in due])),
        places=places_to_receive(g.actor, order.warehouse_id),
        count_url=url_for(f"purchasing.count_{what}", id=key),
        book_url=url_for(f"purchasing.book_in_{what}", id=key),
    )


@blueprint.get("/c/<company>/purchasing/shipments/<uuid:id>/receipts/new")
@allow(DOCK)
def receive_shipment(id: uuid.UUID) -> str:
    """Count what a shipment brings."""
    dock = _of_shipment(g.actor, id)
    return _page(dock, fresh_counts(dock[2]))


@blueprint.get("/c/<company>/purchasing/orders/<uuid:id>/receipts/new")
@allow(DOCK)
def receive_order(id: uuid.UUID) -> str:
    """Count what came of an order, where there is no notice."""
    dock = _of_order(g.actor, id)
    return _page(dock, fresh_counts(dock[2]))


@blueprint.post("/c/<company>/purchasing/shipments/<uuid:id>/count")
@allow(DOCK)
def count_shipment(id: uuid.UUID) -> str:
    """Add a scan or a tap to the count; nothing is written."""
    return _count(_of_shipment(g.actor, id))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/count")
@allow(DOCK)
def count_order(id: uuid.UUID) -> str:
    """The same without a notice."""
    return _count(_of_order(g.actor, id))


def _count(dock: Dock) -> str:
    form = fresh_counts(dock[2], request.form)
    form.validate()
    codes = codes_of(g.actor, [line.product_id for line in dock[2]])
    return _page(dock, form, count_on(form, dock[2], codes, request.form, setting(g.actor, "scan.fnc1")))


@blueprint.post("/c/<company>/purchasing/shipments/<uuid:id>/receipts")
@allow(DOCK)
@queues
def book_in_shipment(id: uuid.UUID) -> Any:
    """Book in what was counted of a shipment."""
    dock = _of_shipment(g.actor, id)
    form = fresh_counts(dock[2], request.form)
    said_yes = accepted()

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).locked(shipments_of(actor).get(id).order_id)
        shipment = shipments_of(actor).locked(id)
        counts = _counts(form, dock[2])
        place = form.location_id.data
        return _booked(
            verbs.receive(order, counts, actor=actor, shipment=shipment, location_id=place, accepted=said_yes)
        )

    return submit(form, work, lambda: _page(_of_shipment(g.actor, id), form))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/receipts")
@allow(DOCK)
@queues
def book_in_order(id: uuid.UUID) -> Any:
    """Book in what was counted of an order."""
    dock = _of_order(g.actor, id)
    form = fresh_counts(dock[2], request.form)
    said_yes = accepted()

    def work(actor: Actor) -> Outcome:
        order, counts, place = orders_of(actor).locked(id), _counts(form, dock[2]), form.location_id.data
        return _booked(verbs.receive(order, counts, actor=actor, location_id=place, accepted=said_yes))

    return submit(form, work, lambda: _page(_of_order(g.actor, id), form))


def _booked(receipt: Any) -> Outcome:
    words = N_("%(number)s is booked in; whoever waited for these goods is told")
    return Outcome(url_for("purchasing.receipt", id=receipt.id), words, {"number": receipt.number})


def _counts(form: CountForm, due: list[Due]) -> list[Counted]:
    known = {line.key: line for line in due}
    return [_counted(entry.form, known[entry.form.key.data]) for entry in form.lines if entry.form.key.data in known]


def _counted(line: Any, due: Due) -> Counted:
    def figure(field: Any) -> Decimal:
        return field.data or NONE

    return Counted(
        order_line_id=due.order_line_id,
        shipment_line_id=due.shipment_line_id,
        good=figure(line.good),
        damaged=figure(line.damaged),
        wrong=figure(line.wrong),
        short=bool(line.short.data),
        lot_code=line.lot_code.data or "",
        expires_on=line.expires_on.data,
        dealt=line.dealt.data,
    )
