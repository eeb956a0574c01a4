"""Warehouses and their locations, and what lies at one."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.inventory import queries, verbs
from webapp.inventory.forms import LocationForm, WarehouseForm
from webapp.inventory.queries import ledger
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit

from .blueprint import BUILDERS, COUNTERS, MOVERS, READERS, blueprint

MOST_IN_CSV = 20_000


@blueprint.get("/c/<company>/stock/locations")
@allow(READERS)
def locations() -> str | Response:
    """Own locations, by code."""
    if request.args.get("format") == "csv":
        every = queries.locations(g.actor, size=MOST_IN_CSV).rows
        rows = [(place.warehouse, place.code, _(ledger.KIND_WORDS[place.kind])) for place in every]
        return attachment(csvfile.write([_("Warehouse"), _("Code"), _("For")], rows), "locations.csv")
    found = queries.locations(g.actor, request.args.get("after"))
    return page(
        "inventory/locations.html",
        places=found.rows,
        following=url_for("inventory.locations", after=found.next) if found.next else None,
        kinds=ledger.KIND_WORDS,
        may_add=g.actor.role in BUILDERS,
    )


@blueprint.get("/c/<company>/stock/locations/<uuid:id>")
@allow(READERS)
def location(id: uuid.UUID) -> str | Response:
    """What lies at a location."""
    place = queries.get_location(g.actor, id)
    if request.args.get("format") == "csv":
        heads = [_("Product code"), _("Name"), _("Lot"), _("Expires on"), _("Quantity"), _("Promised"), _("Unit")]
        return attachment(csvfile.write(heads, _cells(id)), f"{place.code}.csv")
    goods = queries.goods_at(g.actor, id, request.args.get("after"))
    return page(
        "inventory/location.html",
        place=place,
        kind=_(ledger.KIND_WORDS[place.kind]),
        goods=goods.rows,
        following=url_for("inventory.location", id=id, after=goods.next) if goods.next else None,
        today=calendar.today(g.actor),
        may_move=g.actor.role in MOVERS,
        may_count=g.actor.role in COUNTERS,
    )


def _cells(location_id: uuid.UUID) -> Iterator[list[Any]]:
    mark = None
    while True:
        found = queries.goods_at(g.actor, location_id, mark)
        for row in found.rows:
            unit = queries.unit_name(row)
            yield [row.sku, display_name(row), row.lot, row.expires_on, row.quantity, row.reserved, unit]
        if not (mark := found.next):
            return


@blueprint.get("/c/<company>/stock/locations/new")
@allow(BUILDERS)
def new_location() -> str:
    """The form of a new location."""
    return _new(_choices(LocationForm(data={"kind": "stock"})))


def _new(form: LocationForm) -> str:
    return page("inventory/new_location.html", form=form)


def _choices(form: LocationForm) -> LocationForm:
    form.warehouse_id.choices = [(str(one.id), display_name(one)) for one in queries.warehouses(g.actor)]
    return form


@blueprint.post("/c/<company>/stock/locations")
@allow(BUILDERS)
def add_location() -> Any:
    """Add a location."""
    form = _choices(LocationForm(request.form))

    def work(actor: Actor) -> Outcome:
        made = verbs.add_location(actor, uuid.UUID(form.warehouse_id.data), form.code.data or "", form.kind.data)
        return Outcome(
            url_for("inventory.location", id=made.id), N_("%(location)s is here now"), {"location": made.code}
        )

    return submit(form, work, lambda: _new(form))


@blueprint.get("/c/<company>/stock/warehouses/new")
@allow(BUILDERS)
def new_warehouse() -> str:
    """The form of a new warehouse."""
    return page("inventory/new_warehouse.html", form=WarehouseForm())


@blueprint.post("/c/<company>/stock/warehouses")
@allow(BUILDERS)
def add_warehouse() -> Any:
    """Add a warehouse with its receiving location."""
    form = WarehouseForm(request.form)

    def work(actor: Actor) -> Outcome:
        made = verbs.add_warehouse(actor, form.code.data or "", form.name.data or "", form.name2.data)
        verbs.add_location(actor, made.id, f"{made.code}-RECV", "receiving")
        return Outcome(url_for("inventory.locations"), N_("%(name)s is here now"), {"name": made.name})

    return submit(form, work, lambda: page("inventory/new_warehouse.html", form=form))
