"""Shipment notices: what leaves, with lots and expiry; the label with its QR code."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, qr_of, queues, submit
from webapp.portal.forms import PackedForm, ShipmentForm
from webapp.purchasing import (
    Packed,
    history,
    lines_of,
    notices_of,
    notify_shipment,
    orders_of,
    pallets_in,
    pallets_of,
    shipments_of,
    withdraw_shipment,
)
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.queries.orders import LineView
from webapp.purchasing.states import ON_THE_WAY, SHIPMENT

from .blueprint import SUPPLIERS, blueprint
from .orders import may_ship
from .words import entries, label

LOTS = 2
"""Places for lots a line that keeps them has on the form."""


@blueprint.get("/c/<company>/portal/orders/<uuid:id>/shipments/new")
@allow(SUPPLIERS)
def new_shipment(id: uuid.UUID) -> str:
    """What leaves: all that is left to ship, to be changed."""
    order = orders_of(g.actor).get(id)
    lines = lines_of(g.actor, order)
    if not may_ship(order, lines):
        raise NotFound
    today = calendar.today(g.actor)
    data = [
        {"line_id": view.id, "quantity": _due_now(view, today), "lot_code": "", "expires_on": None}
        for view in lines
        if view.left
    ]
    form = ShipmentForm(data={"expected_on": today + timedelta(days=1), "lines": data})
    return _form_page(order, lines, form)


def _due_now(view: LineView, today: Any) -> Decimal:
    """What of a line is due within a week, as promised; all that is left where nothing is."""
    gone = view.line.received + view.coming
    due = sum((s.quantity for s in view.promised if s.day <= today + timedelta(days=6)), Decimal(0)) - gone
    return min(due, view.left) if due > 0 else view.left


def _form_page(order: PurchaseOrder, lines: list[LineView], form: ShipmentForm) -> str:
    known = {view.id: view for view in lines}
    rows: list[tuple[PackedForm, LineView]] = []
    for entry in form.lines:
        view = known.get(entry.form.line_id.data)
        if view and (entry.form.says_something() or all(view is not shown for _line, shown in rows)):
            rows.append((entry.form, view))
    return page("portal/new_shipment.html", order=order, form=form, rows=rows, next=len(form.lines.entries))


@blueprint.post("/c/<company>/portal/orders/<uuid:id>/shipments")
@allow(SUPPLIERS)
@queues
def add_shipment(id: uuid.UUID) -> Any:
    """Announce the shipment."""
    form, _found = ShipmentForm(request.form), orders_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).locked(id)
        assert form.expected_on.data
        shipment = notify_shipment(
            order,
            _packed(form),
            expected_on=form.expected_on.data,
            carrier=form.carrier.data,
            shipment_id=form.id.data,
            pallets=pallets_in(form.pallets.data),
            actor=actor,
        )
        words = N_("%(number)s is announced. Print its code and stick it on the goods")
        versions = {str(id): order.version, str(shipment.id): shipment.version}
        home = url_for("portal.shipment", id=shipment.id)
        return Outcome(home, words, {"number": shipment.number}, versions=versions)

    def again() -> str:
        order = orders_of(g.actor).get(id)
        return _form_page(order, lines_of(g.actor, order), form)

    return submit(form, work, again)


def _packed(form: ShipmentForm) -> list[Packed]:
    lines = [entry.form for entry in form.lines if entry.form.quantity.data]
    return [
        Packed(line.line_id.data, line.quantity.data, line.lot_code.data or "", line.expires_on.data)
        for line in lines
        if line.line_id.data
    ]


@blueprint.get("/c/<company>/portal/shipments/<uuid:id>")
@allow(SUPPLIERS)
def shipment(id: uuid.UUID) -> str:
    """A shipment as announced and as it arrived."""
    return _page(id)


def _page(shipment_id: uuid.UUID) -> str:
    found = shipments_of(g.actor).get(shipment_id)
    return page(
        "portal/shipment.html",
        shipment=found,
        order=orders_of(g.actor).get(found.order_id),
        lines=notices_of(g.actor, found),
        pallets=pallets_of(g.actor, found),
        label=label(found.state),
        names_pallets=found.state in ON_THE_WAY,
        qr=qr_of("purchasing.shipment", found.id),
        may={transition.verb for transition in SHIPMENT.allowed(found.state, g.actor.role)},
        happened=entries(history(g.actor, [found.id]), g.actor),
    )


@blueprint.post("/c/<company>/portal/shipments/<uuid:id>/withdrawal")
@allow(SUPPLIERS)
def withdraw(id: uuid.UUID) -> Any:
    """Take back a notice made by mistake."""
    _found = shipments_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).locked(shipments_of(actor).get(id).order_id)
        withdrawn = withdraw_shipment(shipments_of(actor).locked(id), order, actor=actor)
        return Outcome(
            url_for("portal.order", id=order.id), N_("%(number)s is withdrawn"), {"number": withdrawn.number}
        )

    return submit(None, work, lambda: _page(id))
