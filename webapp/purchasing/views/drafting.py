"""Writing an order and changing a draft: the supplier's list with a quantity beside each product."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import g, request, url_for
from sqlalchemy import select

from webapp.inventory.models import Warehouse
from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit
from webapp.partners import Partner, find_suppliers, suppliers_of
from webapp.purchasing import verbs
from webapp.purchasing.forms import OrderForm
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries import Offered, lines_of, offered_by, orders_of
from webapp.purchasing.verbs import Wanted

from .blueprint import BUYERS, base_version, blueprint


@blueprint.get("/c/<company>/purchasing/orders/new")
@allow(BUYERS)
def new_order() -> str:
    """Choose the supplier, then what to order."""
    chosen = request.args.get("supplier")
    if not chosen:
        return _suppliers_page()
    supplier = suppliers_of(g.actor).get(_key(chosen))
    offered = offered_by(g.actor, supplier.id)
    lead = max((offer.lead_days for offer in offered), default=supplier.lead_days)
    form = OrderForm(
        data={
            "supplier_id": supplier.id,
            "wanted_on": calendar.today(g.actor) + timedelta(days=lead),
            "warehouse_id": warehouses(g.actor)[0].id,
            "lines": [{"product_id": o.product_id, "quantity": Decimal(0), "price": o.price} for o in offered],
        }
    )
    return _form_page(form, supplier, offered)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None


def _suppliers_page() -> str:
    typed = request.args.get("q", "")[:80]
    found: list[Any] = (
        find_suppliers(g.actor, typed, 50) if typed else suppliers_of(g.actor).page(request.args.get("after")).rows
    )
    return page("purchasing/choose_supplier.html", block="results", rows=found, typed=typed)


def warehouses(actor: Actor) -> list[Warehouse]:
    """Where goods may be delivered."""
    return list(actor.session.scalars(select(Warehouse).order_by(Warehouse.code)))


def _form_page(form: OrderForm, supplier: Partner, offered: list[Offered], order: PurchaseOrder | None = None) -> str:
    by_product = {offer.product_id: offer for offer in offered}
    rows = [
        (entry.form, by_product[entry.form.product_id.data])
        for entry in form.lines
        if entry.form.product_id.data in by_product
    ]
    return page(
        "purchasing/edit_order.html",
        form=form,
        supplier=supplier,
        rows=rows,
        order=order,
        warehouses=warehouses(g.actor),
        figure=shown_price,
        version=order.version if order else None,
    )


@blueprint.post("/c/<company>/purchasing/orders")
@allow(BUYERS)
def add_order() -> Any:
    """Write the order; with “send” it goes out at once."""
    form = OrderForm(request.form)
    send = request.form.get("send") == "yes"

    def work(actor: Actor) -> Outcome:
        assert form.supplier_id.data
        assert form.warehouse_id.data
        assert form.wanted_on.data
        supplier = suppliers_of(actor).get(form.supplier_id.data)
        order = verbs.draft_order(
            actor, supplier, form.warehouse_id.data, form.wanted_on.data, _wanted(form), note=form.note.data
        )
        if send:
            verbs.send_order(order, actor=actor)
        words = N_("Order %(number)s was sent") if send else N_("Order %(number)s is a draft; send it when it is ready")
        return Outcome(url_for("purchasing.order", id=order.id), words, {"number": order.number})

    return submit(form, work, lambda: _again(form))


def _wanted(form: OrderForm) -> list[Wanted]:
    lines = [entry.form for entry in form.lines]
    return [
        Wanted(line.product_id.data, line.quantity.data, line.price.data)
        for line in lines
        if line.quantity.data and line.product_id.data
    ]


def _again(form: OrderForm, order: PurchaseOrder | None = None) -> str:
    if form.supplier_id.data is None:
        return _suppliers_page()
    supplier = suppliers_of(g.actor).get(form.supplier_id.data)
    return _form_page(form, supplier, _offers(supplier, order), order)


def _offers(supplier: Partner, order: PurchaseOrder | None) -> list[Offered]:
    """The supplier's list, and what a draft has beyond it."""
    offered = offered_by(g.actor, supplier.id)
    known = {offer.product_id for offer in offered}
    if order is None:
        return offered
    others = [view for view in lines_of(g.actor, order) if view.line.product_id not in known]
    return offered + [
        Offered(v.line.product_id, v.name, v.sku, v.unit, v.line.price, Decimal(1), Decimal(1), 0) for v in others
    ]


@blueprint.get("/c/<company>/purchasing/orders/<uuid:id>/edit")
@allow(BUYERS)
def edit_order(id: uuid.UUID) -> str:
    """A draft to change."""
    order = orders_of(g.actor).get(id)
    if order.state != "draft":
        raise NotFound
    supplier = suppliers_of(g.actor).get(order.partner_id)
    offered = _offers(supplier, order)
    now = {view.line.product_id: view.line for view in lines_of(g.actor, order)}
    lines = [
        {
            "product_id": o.product_id,
            "quantity": now[o.product_id].quantity if o.product_id in now else Decimal(0),
            "price": now[o.product_id].price if o.product_id in now else o.price,
        }
        for o in offered
    ]
    form = OrderForm(
        data={
            "supplier_id": supplier.id,
            "warehouse_id": order.warehouse_id,
            "wanted_on": order.wanted_on,
            "note": order.note,
            "lines": lines,
        }
    )
    return _form_page(form, supplier, offered, order)


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>")
@allow(BUYERS)
def change_order(id: uuid.UUID) -> Any:
    """Change the draft."""
    form, _found = OrderForm(request.form), orders_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        assert form.warehouse_id.data
        assert form.wanted_on.data
        order = orders_of(actor).locked(id)
        verbs.edit_order(
            order,
            base_version(),
            form.warehouse_id.data,
            form.wanted_on.data,
            _wanted(form),
            note=form.note.data,
            actor=actor,
        )
        return Outcome(url_for("purchasing.order", id=id), N_("Saved"))

    return submit(form, work, lambda: _again(form, orders_of(g.actor).get(id)))
