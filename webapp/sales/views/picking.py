"""Picking at the shelf: scan after scan, each one operation."""

import uuid
from typing import Any

from flask import g, request, url_for

from webapp.kernel import show
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, page, queues, submit
from webapp.sales import verbs
from webapp.sales.forms import PickForm
from webapp.sales.queries import DeliveryNote, deliveries_of
from webapp.sales.queries.picking import pick_lines
from webapp.sales.states import DELIVERY, STOREKEEPERS

from .blueprint import blueprint, sees


@blueprint.get("/c/<company>/sales/deliveries/<uuid:delivery_id>/picking")
@allow(STOREKEEPERS)
def picking(delivery_id: uuid.UUID) -> str:
    """What is to be picked, the open line on top."""
    return _picking(delivery_id)


@blueprint.post("/c/<company>/sales/deliveries/<uuid:delivery_id>/picks")
@allow(STOREKEEPERS)
@queues
def pick(delivery_id: uuid.UUID) -> Any:
    """A scan: one more, or a place; or a line, by how many more were taken of it, or by its count.

    One that waited on a phone says what was taken; goods that the books lack at the place were there all the same.
    """
    form = PickForm(request.form)

    def work(actor: Actor) -> Outcome:
        delivery = deliveries_of(actor).locked(delivery_id)
        return _picked(actor, delivery, form)

    return submit(form, work, lambda: _picking(delivery_id, form))


def _picked(actor: Actor, delivery: DeliveryNote, form: PickForm) -> Outcome:
    at, quantity = form.at.data or "", form.quantity.data
    if form.line_id.data and form.taken.data is not None:
        done = verbs.pick_line(actor, delivery, form.line_id.data, form.taken.data, accepted=accepted())
    elif form.line_id.data and quantity is not None:
        done = verbs.set_picked(actor, delivery, form.line_id.data, quantity, accepted=accepted())
    elif form.code.data:
        done = verbs.pick(actor, delivery, form.code.data, quantity=quantity, at=at, accepted=accepted())
    else:
        raise Refused("pick.code", N_("Scan or type a code."), field="code")
    line = done.line.id if done.line else None
    taken = show.quantity(done.quantity) if done.line else None
    place = done.at or at or None
    return Outcome(url_for("sales.picking", delivery_id=delivery.id, at=place, line=line, taken=taken))


def _picking(delivery_id: uuid.UUID, form: PickForm | None = None) -> str:
    delivery = deliveries_of(g.actor).get(delivery_id)
    at = (request.form.get("at") or request.args.get("at", ""))[:40]
    chosen = request.args.get("line", "")
    waiting = [line for line in delivery.lines if line.to_pick > 0]
    waiting.sort(key=lambda line: (str(line.id) != chosen, line.location_code != at))
    touched = next((line for line in delivery.lines if str(line.id) == chosen), None)
    return page(
        "sales/picking.html",
        delivery=delivery,
        lines=pick_lines(g.actor, delivery),
        form=form,
        at=at,
        taken=request.args.get("taken", "")[:20] if request.method == "GET" else "",
        open_line=(touched if touched and touched.picked else None) or (waiting[0] if waiting else None),
        left=len(waiting),
        stops=isinstance(g.get("refused"), Refused),
        may_pick="pick" in {t.verb for t in DELIVERY.allowed(delivery.state, g.actor.role)},
        **sees(),
    )
