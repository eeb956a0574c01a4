"""Shipments and receipts: their lists and pages."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.finance.states import READERS as BOOKS
from webapp.inventory.models import Location
from webapp.kernel import csvfile, show
from webapp.kernel.i18n import N_, _, display_name
from webapp.kernel.paging import every
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, qr_of, submit
from webapp.kernel.web.pages import event_words
from webapp.partners import suppliers_of
from webapp.purchasing import verbs
from webapp.purchasing.queries import history, notices_of, orders_of, pallets_of, receipts_of, shipments_of, taken_in
from webapp.purchasing.queries.vouchers import vouchers_of
from webapp.purchasing.states import RECEIPT, SHIPMENT

from .blueprint import DOCK, DOCK_READERS, READERS, REVERSERS, blueprint
from .labels import entries, label
from .links import shipment_link

CHUNK = 500


@blueprint.get("/c/<company>/purchasing/shipments")
@allow(DOCK_READERS)
def shipments() -> str | Response:
    """What is on its way; with `all`, what came too."""
    everything = "all" in request.args
    if request.args.get("format") == "csv":
        heads = [_("Number"), _("Supplier"), _("Order"), _("State"), _("Shipped on"), _("Expected on"), _("Carrier")]
        return attachment(csvfile.write(heads, _shipment_cells()), "shipments.csv")
    found = shipments_of(g.actor).page(request.args.get("after"), coming=not everything)
    more = url_for("purchasing.shipments", after=found.next, all=1 if everything else None) if found.next else None
    rows = [(row, label(row.state)) for row in found.rows]
    return page("purchasing/shipments.html", rows=rows, everything=everything, following=more)


def _shipment_cells() -> Iterator[list[Any]]:
    for found in every(lambda mark: shipments_of(g.actor).page(mark, size=CHUNK)):
        for row in found.rows:
            yield [
                *(row.number, display_name(row), row.order_number, label(row.state).word),
                *(row.shipped_on, row.expected_on, row.carrier),
            ]


@blueprint.get("/c/<company>/purchasing/shipments/<uuid:id>")
@allow(DOCK_READERS)
def shipment(id: uuid.UUID) -> str:
    """A shipment: its goods with lots, and what the dock did with them."""
    return _shipment_page(id)


def _shipment_page(shipment_id: uuid.UUID) -> str:
    found = shipments_of(g.actor).get(shipment_id)
    order = orders_of(g.actor).get(found.order_id)
    return page(
        "purchasing/shipment.html",
        shipment=found,
        order=order,
        supplier=suppliers_of(g.actor).get(found.partner_id),
        lines=notices_of(g.actor, found),
        pallets=pallets_of(g.actor, found),
        label=label(found.state),
        may={transition.verb for transition in SHIPMENT.allowed(found.state, g.actor.role)},
        sees_order=g.actor.role in READERS,
        receipts=[r for r in receipts_of(g.actor).of_order(order.id) if r.shipment_id == found.id],
        happened=entries(history(g.actor, [found.id]), event_words, _moment, here=found.id, linked=False),
    )


def _moment(value: Any) -> str:
    return show.moment(value, g.actor)


@blueprint.post("/c/<company>/purchasing/shipments/<uuid:id>/arrival")
@allow(DOCK)
def note_arrival(id: uuid.UUID) -> Any:
    """A shipment stands at the dock."""
    _found = shipments_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        shipment = verbs.note_arrival(shipments_of(actor).locked(id), actor=actor)
        return Outcome(url_for("purchasing.shipment", id=id), N_("%(number)s is here"), {"number": shipment.number})

    return submit(None, work, lambda: _shipment_page(id))


@blueprint.get("/c/<company>/purchasing/shipments/<uuid:id>/print")
@allow(DOCK_READERS, "supplier")
def print_shipment(id: uuid.UUID) -> str:
    """The shipment's note: its code to scan, and what is inside. The supplier prints the same one."""
    found = shipments_of(g.actor).get(id)
    return page(
        "purchasing/print_shipment.html",
        shipment=found,
        order=orders_of(g.actor).get(found.order_id),
        supplier=suppliers_of(g.actor).get(found.partner_id),
        lines=notices_of(g.actor, found),
        pallets=pallets_of(g.actor, found),
        qr=qr_of("purchasing.shipment", id),
        back=shipment_link(id),
    )


@blueprint.get("/c/<company>/purchasing/receipts")
@allow(DOCK_READERS)
def receipts() -> str | Response:
    """What was taken in, newest first."""
    sees = g.actor.role in READERS
    if request.args.get("format") == "csv":
        heads = [_("Number"), _("Supplier"), _("Order"), _("State"), _("Day"), _("Lines")]
        return attachment(
            csvfile.write([*heads, *([_("Value")] if sees else [])], _receipt_cells(sees)), "receipts.csv"
        )
    found = receipts_of(g.actor).page(request.args.get("after"))
    return page(
        "purchasing/receipts.html",
        rows=[(row, label(row.state)) for row in found.rows],
        sees_value=sees,
        following=url_for("purchasing.receipts", after=found.next) if found.next else None,
    )


def _receipt_cells(sees_value: bool) -> Iterator[list[Any]]:
    for found in every(lambda mark: receipts_of(g.actor).page(mark, size=CHUNK)):
        for row in found.rows:
            cells = [row.number, display_name(row), row.order_number, label(row.state).word, row.day, row.lines]
            yield [*cells, *([row.value] if sees_value else [])]


@blueprint.get("/c/<company>/purchasing/receipts/<uuid:id>")
@allow(DOCK_READERS)
def receipt(id: uuid.UUID) -> str:
    """A receipt: what was taken in, its moves and its voucher."""
    return _receipt_page(id)


DIFFERENCES = {
    "over": N_("More than announced"),
    "short": N_("Short"),
    "damaged": N_("Damaged"),
    "wrong": N_("Wrong item"),
}


def _receipt_page(receipt_id: uuid.UUID) -> str:
    found = receipts_of(g.actor).get(receipt_id)
    sees = g.actor.role in READERS
    return page(
        "purchasing/receipt.html",
        receipt=found,
        order=orders_of(g.actor).get(found.order_id),
        shipment=shipments_of(g.actor).get(found.shipment_id) if found.shipment_id else None,
        supplier=suppliers_of(g.actor).get(found.partner_id),
        place=g.actor.session.get(Location, (g.actor.company_id, found.location_id)),
        lines=taken_in(g.actor, found),
        words_of=DIFFERENCES,
        label=label(found.state),
        sees_value=sees,
        vouchers=vouchers_of(g.actor, found.id) if sees else [],
        sees_books=g.actor.role in BOOKS,
        may={transition.verb for transition in RECEIPT.allowed(found.state, g.actor.role)},
        happened=entries(history(g.actor, [found.id]), event_words, _moment, here=found.id, linked=False),
    )


@blueprint.post("/c/<company>/purchasing/receipts/<uuid:id>/reversal")
@allow(REVERSERS)
def reverse_receipt(id: uuid.UUID) -> Any:
    """Take a receipt back."""
    _found = receipts_of(g.actor).get(id)

    def work(actor: Actor) -> Outcome:
        order = orders_of(actor).locked(receipts_of(actor).get(id).order_id)
        receipt = receipts_of(actor).locked(id)
        shipment = shipments_of(actor).locked(receipt.shipment_id) if receipt.shipment_id else None
        red = verbs.reverse_receipt(receipt, order, shipment=shipment, actor=actor)
        return Outcome(
            url_for("purchasing.receipt", id=red.id), N_("%(number)s is reversed"), {"number": receipt.number}
        )

    return submit(None, work, lambda: _receipt_page(id))
