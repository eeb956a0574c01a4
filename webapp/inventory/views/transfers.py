"""Moving goods: item and place first, then the place they go to is the move."""

import functools
import uuid
from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.catalog import bare
from webapp.inventory import queries, verbs
from webapp.inventory.forms import TransferForm
from webapp.inventory.queries import ledger, scanning
from webapp.inventory.verbs.plain import NotPlain
from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.labels import codes
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, queues, submit

from .blueprint import MOVERS, asked_id, blueprint
from .ledger import move_page


@blueprint.get("/c/<company>/stock/transfers/new")
@allow(MOVERS)
def new_transfer() -> str:
    """What is to be moved and from where; the next scan says where to. Without goods: what to scan first."""
    if "product" not in request.args:
        return page("inventory/move_start.html", may_move=True)
    keys = (asked_id("source"), asked_id("product"), asked_id("lot"))
    form = TransferForm(data={"quantity": _typed_quantity()})
    return _page(form, queries.goods_of(g.actor, *keys), *keys)


def _typed_quantity() -> Decimal:
    text = request.args.get("quantity", "1")
    return Decimal(text) if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 12 else Decimal(1)


def _page(form: TransferForm, row: Any, location_id: uuid.UUID, product_id: uuid.UUID, lot_id: uuid.UUID) -> str:
    """The page of a move half done; nothing lies there any more: where else it does."""
    if row is None:
        elsewhere = queries.places_of(g.actor, product_id)
        found = scanning.found_products(g.actor, [product_id])
        if not found:
            raise NotFound
        return page("inventory/move_gone.html", found=found[0], goods=elsewhere)
    stops = row.expires_on is not None and row.expires_on < calendar.today(g.actor)
    return page(
        "inventory/move.html",
        form=form,
        row=row,
        stops=stops,
        places=queries.targets(g.actor, product_id, location_id, blocked=stops),
        moved=queries.my_latest_transfers(g.actor),
        fields={"product_id": product_id, "lot_id": lot_id, "from_id": location_id},
    )


@blueprint.post("/c/<company>/stock/transfers")
@allow(MOVERS)
@queues
def transfers() -> Any:
    """The move itself. The code scanned may also be the goods once more: then it is one more of them.

    One that waited on a phone has happened: it is accepted beyond what the books have, and must say where to.
    """
    form = TransferForm(request.form)

    def work(actor: Actor, *, look_first: bool = False) -> Outcome:
        source, product_id, lot_id = _keys(form)
        to_id = form.to_id.data or _target(actor, form)
        if to_id is None:
            return Outcome(_one_more(actor, form, product_id))
        moved = verbs.transfer(
            actor,
            product_id=product_id,
            lot_id=lot_id,
            from_id=source,
            to_id=to_id,
            quantity=form.quantity.data or Decimal(0),
            look_first=look_first,
            offline=actor.queued,
            move_id=form.id.data,
        )
        return Outcome(url_for("inventory.scan"), undo=url_for("inventory.undo_transfer", id=moved))

    def again() -> str:
        keys = _keys(form)
        return _page(form, queries.goods_of(g.actor, *keys), *keys)

    try:
        return submit(form, work, again, hot=True)
    except NotPlain:
        return submit(form, functools.partial(work, look_first=True), again, hot=True)


def _keys(form: TransferForm) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """Place, product and lot. Raises NotFound where the form does not name all three."""
    location_id, product_id, lot_id = form.from_id.data, form.product_id.data, form.lot_id.data
    if not (location_id and product_id and lot_id):
        raise NotFound
    return location_id, product_id, lot_id


def _target(actor: Actor, form: TransferForm) -> uuid.UUID | None:
    """The place whose code was scanned; None where it was the goods once more. Refused for any other code."""
    typed = form.code.data or ""
    place = scanning.location_named(actor, typed)
    if place is None and (actor.queued or not _same_goods(actor, form, typed)):
        if codes.read(bare(actor, typed)):
            raise Refused("location.label", N_("This label names no location here. Scan the shelf."), "code")
        raise Refused(
            "location.unknown", N_("No location has the code %(typed)s. Scan the shelf."), "code", typed=typed
        )
    return place


def _same_goods(actor: Actor, form: TransferForm, typed: str) -> bool:
    actor.db.leave_pipeline()  # nothing moves: either one more is counted, or the code is refused
    read = (*scanning.read_product(actor, typed), *scanning.read_lot(actor, typed))
    meant = [scanning.goods_meant(actor, one) for one in read]
    ours = (None, form.lot_id.data)
    return any(goods and goods.product_id == form.product_id.data and goods.lot_id in ours for goods in meant)


def _one_more(actor: Actor, form: TransferForm, product_id: uuid.UUID) -> str:
    packed = scanning.packed(actor, form.code.data or "", product_id)
    return url_for(
        "inventory.new_transfer",
        product=form.product_id.data,
        lot=form.lot_id.data,
        source=form.from_id.data,
        quantity=f"{((form.quantity.data or Decimal(0)) + packed).normalize():f}",
    )


@blueprint.post("/c/<company>/stock/moves/<uuid:id>/reversal")
@allow(MOVERS)
@queues
def undo_transfer(id: uuid.UUID) -> Any:
    """Take a transfer back."""
    ledger.get_move(g.actor, id)

    def work(actor: Actor) -> Outcome:
        verbs.undo_transfer(actor, ledger.the_move(actor, id))
        return Outcome(url_for("inventory.scan"), N_("Taken back"))

    return submit(None, work, lambda: move_page(id))
