"""What was counted differently, and the stock a company begins with."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.catalog import products_of
from webapp.catalog.models import Product
from webapp.inventory import queries, verbs
from webapp.inventory.forms import AdjustmentForm, OpeningForm
from webapp.inventory.verbs import CountedStock, Key, Opening
from webapp.kernel import calendar
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, queues, submit

from .blueprint import COUNTERS, OPENERS, asked_id, blueprint

ZERO = Decimal(0)
MOST = 500
FRESH = timedelta(minutes=15)
"""So long the figure on a page is what one counts against; a page kept on a phone may be much older."""


@blueprint.get("/c/<company>/stock/adjustments/new")
@allow(COUNTERS)
def new_adjustment() -> str | Response:
    """The form for what was counted of a lot at a place; the books stand beside it. Without a place: choose one."""
    if "location" not in request.args:
        return redirect(url_for("inventory.locations"), 303)
    return _blank(Key(*(asked_id(name) for name in ("location", "product", "lot"))))


def _blank(key: Key) -> str:
    book = _book(key)
    known: dict[str, Any] = {"location_id": key.location_id, "product_id": key.product_id, "lot_id": key.lot_id}
    known |= {"book": book, "counted": max(book, ZERO), "reason": "count", "shown_at": calendar.now().isoformat()}
    return _adjustment(AdjustmentForm(data=known), key)


def _book(key: Key) -> Decimal:
    row = queries.goods_of(g.actor, *key)
    return row.quantity if row else ZERO


def _adjustment(form: AdjustmentForm, key: Key) -> str:
    product = products_of(g.actor).get(key.product_id)
    return page(
        "inventory/adjust.html",
        form=form,
        product=product,
        unit=queries.unit_of(g.actor, product.unit_id),
        place=queries.get_location(g.actor, key.location_id),
        lot=queries.get_lot(g.actor, key.lot_id),
        short=queries.open_task(g.actor, *key),
    )


@blueprint.post("/c/<company>/stock/adjustments")
@allow(COUNTERS)
@queues
def add_adjustment() -> Any:
    """Keep what was counted, and book how it differs from the page's figure, or from the books as of the count."""
    form = AdjustmentForm(request.form)
    location_id, product_id, lot_id = form.location_id.data, form.product_id.data, form.lot_id.data
    if not (location_id and product_id and lot_id):
        raise NotFound
    key = Key(location_id, product_id, lot_id)
    queries.get_location(g.actor, key.location_id)
    if queries.get_lot(g.actor, key.lot_id).product_id != key.product_id:
        raise NotFound

    def work(actor: Actor) -> Outcome:
        shown = form.book.data if _is_fresh(form.shown_at.data) else None
        counted, reason = form.counted.data or ZERO, form.reason.data
        found = verbs.count(actor, key, counted, reason, shown=shown, count_id=form.id.data)
        undo = url_for("inventory.undo_count", id=found.id)
        return Outcome(url_for("inventory.product", id=key.product_id), _said(found), undo=undo)

    return submit(form, work, lambda: _adjustment(form, key))


def _is_fresh(text: str | None) -> bool:
    """Whether the page was shown just now. One that does not say so is an earlier release's."""
    if not text:
        return True
    try:
        return datetime.now(UTC) - datetime.fromisoformat(text) < FRESH
    except (ValueError, TypeError):
        return False


def _said(found: CountedStock) -> str:
    if found.again:
        return N_("It was counted again since: that later count stands")
    return N_("The books say what you counted") if found.difference else N_("The books say the same")


@blueprint.post("/c/<company>/stock/counts/<uuid:id>/reversal")
@allow(COUNTERS)
@queues
def undo_count(id: uuid.UUID) -> Any:
    """Take a count back."""

    def work(actor: Actor) -> Outcome:
        counted = queries.get_count(actor, id)
        verbs.undo_count(actor, counted)
        return Outcome(url_for("inventory.product", id=counted.product_id), N_("Count taken back"))

    def again() -> Any:
        counted = queries.get_count(g.actor, id)
        return _blank(Key(counted.location_id, counted.product_id, counted.lot_id))

    return submit(None, work, again)


@blueprint.get("/c/<company>/products/<uuid:id>/opening-stock/new")
@allow(OPENERS)
def new_opening(id: uuid.UUID) -> str:
    """The form for the stock a company begins with, of one product."""
    form = _choices(OpeningForm(data={"day": calendar.today(g.actor)}))
    return _opening(form, products_of(g.actor).get(id))


def _choices(form: OpeningForm) -> OpeningForm:
    form.location_id.choices = [(str(place.id), place.code) for place in queries.locations(g.actor, size=MOST).rows]
    return form


def _opening(form: OpeningForm, product: Product) -> str:
    unit = queries.unit_of(g.actor, product.unit_id)
    return page("inventory/opening.html", form=form, product=product, unit=unit)


@blueprint.post("/c/<company>/products/<uuid:id>/opening-stock")
@allow(OPENERS)
def add_opening(id: uuid.UUID) -> Any:
    """Bring in the stock a company begins with, of one product."""
    product = products_of(g.actor).get(id)
    form = _choices(OpeningForm(request.form))

    def work(actor: Actor) -> Outcome:
        lot_id = verbs.needed_lot(actor, product, form.lot.data or "", form.expires_on.data)
        line = Opening(
            id, lot_id, uuid.UUID(form.location_id.data), form.quantity.data or ZERO, form.value.data or ZERO
        )
        verbs.open_stock(actor, [line], on=form.day.data or calendar.today(actor))
        return Outcome(
            url_for("inventory.product", id=id), N_("%(name)s is in stock now"), {"name": display_name(product)}
        )

    return submit(form, work, lambda: _opening(form, products_of(g.actor).get(id)))
