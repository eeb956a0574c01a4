"""What a buyer decides on an order: send, settle, cancel, close, and let the supplier in."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import g, request, url_for

from webapp.identity import invite
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, submit
from webapp.partners import suppliers_of
from webapp.purchasing import verbs
from webapp.purchasing.forms import SettlementForm
from webapp.purchasing.models import PurchaseOrder
from webapp.purchasing.queries import orders_of

from .blueprint import BUYERS, blueprint
from .orders import order_page


def _decide(order_id: uuid.UUID, work: Callable[[PurchaseOrder, Actor], PurchaseOrder], words: str) -> Any:
    _found = orders_of(g.actor).get(order_id)

    def once(actor: Actor) -> Outcome:
        order = work(orders_of(actor).locked(order_id), actor)
        return Outcome(url_for("purchasing.order", id=order_id), words, {"number": order.number})

    return submit(None, once, lambda: order_page(order_id))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/sending")
@allow(BUYERS)
def send_order(id: uuid.UUID) -> Any:
    """Send a draft to the supplier."""
    return _decide(id, lambda order, actor: verbs.send_order(order, actor=actor), N_("Order %(number)s was sent"))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/cancellation")
@allow(BUYERS)
def cancel_order(id: uuid.UUID) -> Any:
    """Take an order back."""
    return _decide(id, lambda order, actor: verbs.cancel_order(order, actor=actor), N_("Order %(number)s is cancelled"))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/closing")
@allow(BUYERS)
def close_order(id: uuid.UUID) -> Any:
    """Expect nothing more of an order."""
    return _decide(id, lambda order, actor: verbs.close_order(order, actor=actor), N_("Order %(number)s is closed"))


SETTLED = {
    "agreed": N_("Agreed. %(supplier)s is told"),
    "declined": N_("Kept as ordered. %(supplier)s is asked again"),
    "withdrawn": N_("No longer wanted. %(supplier)s is told"),
}


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/settlement")
@allow(BUYERS)
def settle(id: uuid.UUID) -> Any:
    """Agree to what the supplier asks, keep the order as it was, or want it no longer."""
    form, _found = SettlementForm(request.form), orders_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        assert form.answer_id.data  # Required has seen to it
        order = orders_of(actor).locked(id)
        verbs.settle(order, {form.answer_id.data: form.decision.data}, actor=actor)
        supplier = suppliers_of(actor).get(order.partner_id)
        return Outcome(
            url_for("purchasing.order", id=id), SETTLED[form.decision.data], {"supplier": both_names(supplier)}
        )

    return submit(form, work, lambda: order_page(id, form))


@blueprint.post("/c/<company>/purchasing/orders/<uuid:id>/invitation")
@allow(BUYERS)
def invite_supplier(id: uuid.UUID) -> Any:
    """Make a link by which somebody at the supplier comes in, with its code; the link's own page shows both."""
    _found = orders_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).get(id)
        supplier = suppliers_of(actor).get(order.partner_id)
        return Outcome(invite(actor, "supplier", supplier.id, supplier.name).page, N_("Send this link to the supplier"))

    return submit(None, work, lambda: order_page(id))
