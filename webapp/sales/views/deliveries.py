"""The list of deliveries, a delivery's page, what its buttons do, and the delivery note."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel import csvfile
from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_, _
from webapp.kernel.paging import every
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, attachment, page, submit
from webapp.sales import verbs
from webapp.sales.forms import ReasonForm, ShippingForm
from webapp.sales.queries import DeliveryNote, deliveries_of, orders_of
from webapp.sales.queries.around import history, voucher_of
from webapp.sales.queries.lists import DELIVERY_FILTERS, delivery_page
from webapp.sales.states import DELIVERY, READERS, STOREKEEPERS

from .blueprint import SEES_COSTS, blueprint, sees
from .orders import main_address

CHUNK = 500
Work = Callable[[Actor, DeliveryNote], Outcome]


@blueprint.get("/c/<company>/sales/deliveries")
@allow(READERS)
def deliveries() -> str | Response:
    """Deliveries, newest first."""
    if request.args.get("format") == "csv":
        heads = [_("Delivery"), _("Order"), _("Customer"), _("State"), _("Date"), _("Number of lines")]
        return attachment(csvfile.write(heads, _cells()), "deliveries.csv")
    tag, typed = request.args.get("state", ""), request.args.get("q", "")[:80]
    found = delivery_page(g.actor, tag=tag, q=typed, mark=request.args.get("after"))
    following = url_for("sales.deliveries", state=tag or None, q=typed or None, after=found.next)
    return page(
        "sales/deliveries.html",
        block="results",
        rows=found.rows,
        following=following if found.next else None,
        tag=tag if tag in DELIVERY_FILTERS else "",
        typed=typed,
        **sees(),
    )


def _cells() -> Iterator[list[Any]]:
    tag, typed = request.args.get("state", ""), request.args.get("q", "")[:80]
    for found in every(lambda mark: delivery_page(g.actor, tag=tag, q=typed, mark=mark, size=CHUNK)):
        for row in found.rows:
            yield [row.number, row.order_number, row.name, _(DELIVERY.words[row.state]), row.day, row.lines]


@blueprint.get("/c/<company>/sales/deliveries/<uuid:delivery_id>")
@allow(READERS)
def delivery(delivery_id: uuid.UUID) -> str:
    """A delivery: what is on it, where from, who drives it, what happened."""
    return delivery_shown(delivery_id)


def delivery_shown(delivery_id: uuid.UUID, form: ShippingForm | None = None) -> str:
    """The page of a delivery, for the views that come back to it."""
    found = deliveries_of(g.actor).get(delivery_id)
    return page(
        "sales/delivery.html",
        delivery=found,
        form=form or ShippingForm(),
        allowed={transition.verb: transition for transition in DELIVERY.allowed(found.state, g.actor.role)},
        history=history(g.actor, [delivery_id]),
        voucher=voucher_of(g.actor, delivery_id) if g.actor.role in SEES_COSTS else None,
        **sees(),
    )


@blueprint.get("/c/<company>/sales/deliveries/<uuid:delivery_id>/paper")
@allow(READERS)
def delivery_paper(delivery_id: uuid.UUID) -> str:
    """The delivery note to print."""
    found = deliveries_of(g.actor).get(delivery_id)
    return page("sales/delivery_paper.html", delivery=found, address=main_address(found.partner_id), **sees())


def _change(delivery_id: uuid.UUID, work: Work, form: Form | None = None, *, hot: bool = False) -> Any:
    """One verb on a delivery held for it; what is refused shows the delivery again with the words."""
    return submit(
        form,
        lambda actor: work(actor, deliveries_of(actor).locked(delivery_id)),
        lambda: delivery_shown(delivery_id, form if isinstance(form, ShippingForm) else None),
        hot=hot,
    )


def _home(found: DeliveryNote) -> str:
    return url_for("sales.delivery", delivery_id=found.id)


@blueprint.post("/c/<company>/sales/deliveries/<uuid:delivery_id>/shipment")
@allow(STOREKEEPERS)
def ship_delivery(delivery_id: uuid.UUID) -> Any:
    """It leaves."""
    form = ShippingForm(request.form)

    def work(actor: Actor, found: DeliveryNote) -> Outcome:
        order = orders_of(actor).get(found.order_id)
        verbs.ship_delivery(actor, found, order, accepted=accepted(), carrier=form.carrier())
        return Outcome(_home(found), N_("%(number)s is on its way"), {"number": found.number})

    return _change(delivery_id, work, form, hot=True)


@blueprint.post("/c/<company>/sales/deliveries/<uuid:delivery_id>/arrival")
@allow("owner", "manager", "warehouse", "sales")
def deliver(delivery_id: uuid.UUID) -> Any:
    """It has arrived."""

    def work(actor: Actor, found: DeliveryNote) -> Outcome:
        verbs.deliver(actor, found)
        return Outcome(_home(found), N_("%(number)s has arrived"), {"number": found.number})

    return _change(delivery_id, work)


@blueprint.post("/c/<company>/sales/deliveries/<uuid:delivery_id>/withdrawal")
@allow(STOREKEEPERS)
def drop(delivery_id: uuid.UUID) -> Any:
    """It does not go; the goods stay kept for the order."""

    def work(actor: Actor, found: DeliveryNote) -> Outcome:
        order = orders_of(actor).get(found.order_id)
        verbs.drop_delivery(actor, found, order)
        home = url_for("sales.order", order_id=found.order_id)
        return Outcome(home, N_("%(number)s does not go; its goods stay kept for the order"), {"number": found.number})

    return _change(delivery_id, work)


@blueprint.post("/c/<company>/sales/deliveries/<uuid:delivery_id>/reversal")
@allow("owner", "manager", "accountant")
def reverse(delivery_id: uuid.UUID) -> Any:
    """It comes back whole, at its original cost."""
    form = ReasonForm(request.form)

    def work(actor: Actor, found: DeliveryNote) -> Outcome:
        order = orders_of(actor).get(found.order_id)
        verbs.reverse_delivery(actor, found, order, reason=form.reason.data)
        return Outcome(_home(found), N_("%(number)s is taken back"), {"number": found.number})

    return _change(delivery_id, work, form)
