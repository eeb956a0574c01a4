"""Which pallets a shipment comes on: said by its supplier, or in the house before they are here."""

import uuid
from typing import Any

from flask import g, request

from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit
from webapp.purchasing import verbs
from webapp.purchasing.forms import PalletsForm
from webapp.purchasing.queries import pallets_of, shipments_of

from .blueprint import DOCK, blueprint
from .links import shipment_link


@blueprint.get("/c/<company>/purchasing/shipments/<uuid:id>/pallets/new")
@allow(DOCK, "supplier")
def new_pallets(id: uuid.UUID) -> str:
    """The form for their numbers."""
    return _page(id, PalletsForm())


def _page(shipment_id: uuid.UUID, form: PalletsForm) -> str:
    found = shipments_of(g.actor).get(shipment_id)
    known = pallets_of(g.actor, found)
    return page("purchasing/pallets.html", form=form, shipment=found, pallets=known, back=shipment_link(shipment_id))


@blueprint.post("/c/<company>/purchasing/shipments/<uuid:id>/pallets")
@allow(DOCK, "supplier")
def add_pallets(id: uuid.UUID) -> Any:
    """Add pallets to a shipment."""
    form, _found = PalletsForm(request.form), shipments_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        verbs.add_pallets(shipments_of(actor).locked(id), verbs.pallets_in(form.pallets.data), actor=actor)
        return Outcome(shipment_link(id), N_("A scan of one of these pallets finds the shipment now"))

    return submit(form, work, lambda: _page(id, form))
