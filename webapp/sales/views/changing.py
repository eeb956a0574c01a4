"""What the buttons on an order do: confirm, cancel, plan a delivery, ship at once, bill, say the customer knows."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import request, url_for

from webapp.kernel import notifications
from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, submit
from webapp.sales import verbs
from webapp.sales.forms import ReasonForm, ShippingForm
from webapp.sales.queries import Order, orders_of
from webapp.sales.states import BILLERS, SELLERS, STOREKEEPERS

from .blueprint import blueprint
from .orders import order_shown

Work = Callable[[Actor, Order], Outcome]


def _change(order_id: uuid.UUID, work: Work, form: Form | None = None, *, hot: bool = False) -> Any:
    """One verb on an order held for it; what is refused shows the order again with the words."""
    return submit(
        form,
        lambda actor: work(actor, orders_of(actor).locked(order_id)),
        lambda: order_shown(order_id),
        hot=hot,
    )


def _home(order: Order) -> str:
    return url_for("sales.order", order_id=order.id)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/confirmation")
@allow(SELLERS)
def confirm(order_id: uuid.UUID) -> Any:
    """Promise it to the customer."""

    def work(actor: Actor, order: Order) -> Outcome:
        promises = verbs.confirm_order(actor, order, accepted=accepted())
        return Outcome(_home(order), *confirmed_words(order, promises))

    return _change(order_id, work, hot=True)


def confirmed_words(order: Order, promises: dict[uuid.UUID, list[Any]]) -> tuple[str, dict[str, Any]]:
    """What a confirmation says: all of it kept, or how many lines wait for goods."""
    short = sum(1 for parts in promises.values() if any(part.why != "stock" for part in parts))
    if short:
        return N_("%(number)s is confirmed; %(short)s of %(lines)s lines wait for goods"), {
            "number": order.number,
            "short": short,
            "lines": len(order.lines),
        }
    return N_("%(number)s is confirmed, all of it is kept"), {"number": order.number}


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/cancellation")
@allow(SELLERS)
def cancel(order_id: uuid.UUID) -> Any:
    """Give it up."""
    form = ReasonForm(request.form)

    def work(actor: Actor, order: Order) -> Outcome:
        verbs.cancel_order(actor, order, reason=form.reason.data)
        return Outcome(_home(order), N_("%(number)s is cancelled, its goods are free again"), {"number": order.number})

    return _change(order_id, work, form)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/closing")
@allow(SELLERS)
def close_rest(order_id: uuid.UUID) -> Any:
    """Say that the rest will not come."""
    form = ReasonForm(request.form)

    def work(actor: Actor, order: Order) -> Outcome:
        verbs.close_rest(actor, order, reason=form.reason.data)
        return Outcome(_home(order), N_("%(number)s is done, its rest will not come"), {"number": order.number})

    return _change(order_id, work, form)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/deliveries")
@allow(STOREKEEPERS)
def plan(order_id: uuid.UUID) -> Any:
    """Put what lies ready on a delivery, and go picking."""

    def work(actor: Actor, order: Order) -> Outcome:
        delivery_id = verbs.plan_delivery(actor, order, accepted=accepted())
        return Outcome(url_for("sales.picking", delivery_id=delivery_id))

    return _change(order_id, work)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/shipment")
@allow(STOREKEEPERS)
def ship(order_id: uuid.UUID) -> Any:
    """Send all that lies ready, without picking."""
    form = ShippingForm(request.form)

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).to_ship(order_id)
        delivery_id = verbs.ship_order(actor, order, accepted=accepted(), carrier=form.carrier())
        return Outcome(url_for("sales.delivery", delivery_id=delivery_id), N_("It is on its way"))

    return submit(form, work, lambda: order_shown(order_id), hot=True)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/invoices")
@allow(BILLERS)
def invoice(order_id: uuid.UUID) -> Any:
    """Bill what has shipped."""

    def work(actor: Actor) -> Outcome:
        invoice_id = verbs.invoice_order(actor, orders_of(actor).to_bill(order_id))
        return Outcome(url_for("sales.invoice_paper", invoice_id=invoice_id), N_("What has shipped is billed"))

    return submit(None, work, lambda: order_shown(order_id), hot=True)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/notice")
@allow(SELLERS)
def told(order_id: uuid.UUID) -> Any:
    """The customer has been told that the goods are here."""

    def work(actor: Actor, order: Order) -> Outcome:
        notifications.seen(actor, order.id)
        return Outcome(_home(order), N_("Noted that the customer knows"))

    return _change(order_id, work)
