"""A customer's link by e-mail, where this installation sends mail."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.kernel.i18n import reading
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit
from webapp.notices import LetterForm, send_tracking
from webapp.partners import partners_of
from webapp.sales.queries import orders_of
from webapp.sales.queries.orders import Order
from webapp.sales.states import SELLERS

from .blueprint import blueprint


@blueprint.get("/c/<company>/sales/orders/<uuid:order_id>/letter")
@allow(SELLERS)
def letter(order_id: uuid.UUID) -> str:
    """To which address the customer's link goes: theirs, where one is known."""
    order = _tracked(g.actor, order_id)
    return _shown(order, LetterForm(data={"to": partners_of(g.actor).get(order.partner_id).email}))


def _tracked(actor: Actor, order_id: uuid.UUID) -> Order:
    """An order that its customer can follow. Raises NotFound."""
    order = orders_of(actor).get(order_id)
    if order.state in ("draft", "cancelled"):
        raise NotFound
    return order


def _shown(order: Order, form: LetterForm) -> str:
    return page("sales/letter.html", order=order, form=form)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>/letter")
@allow(SELLERS)
def letter_post(order_id: uuid.UUID) -> Any:
    """Send it there."""
    form = LetterForm(request.form)
    _tracked(g.actor, order_id)

    def work(actor: Actor) -> Outcome:
        order = _tracked(actor, order_id)
        outcome = send_tracking(actor, "sales.order", order.id, order.number, form.to.data or "", reading())
        outcome.location = url_for("sales.order", order_id=order_id)
        return outcome

    return submit(form, work, lambda: _shown(_tracked(g.actor, order_id), form))
