"""Orders and shipments as search and the scanner find them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from webapp.kernel.i18n import display_name, words
from webapp.kernel.labels import codes
from webapp.kernel.scanning import sscc_of
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import Pallet, PurchaseOrder, Shipment
from webapp.purchasing.states import ON_THE_WAY, ORDER, SHIPMENT

from .orders import orders_of
from .shipments import shipments_of

RECEIVABLE = ORDER.transitions["receive"].of


@dataclass(slots=True, frozen=True)
class FoundDocument:
    """A number, whose it is and how it stands, in words."""

    id: uuid.UUID
    number: str
    partner: str
    state: str


def orders_found(actor: Actor, ids: Sequence[uuid.UUID]) -> list[FoundDocument]:
    """Those orders of `ids` that the actor may see, in their order."""
    seen = orders_of(actor).seen()
    return _found(actor, PurchaseOrder, ids, ORDER.words, seen)


def shipments_found(actor: Actor, ids: Sequence[uuid.UUID]) -> list[FoundDocument]:
    """The same of shipments."""
    return _found(actor, Shipment, ids, SHIPMENT.words, shipments_of(actor).seen())


def _found(
    actor: Actor,
    head: type[PurchaseOrder] | type[Shipment],
    ids: Sequence[uuid.UUID],
    states: object,
    seen: Sequence[object],
) -> list[FoundDocument]:
    statement = (
        select(head.id, head.number, head.state, Partner.name, Partner.name2)
        .join(Partner, (Partner.company_id == head.company_id) & (Partner.id == head.partner_id))
        .where(head.id.in_(list(ids)), *seen)  # type: ignore[arg-type]
    )
    rows = {row.id: row for row in actor.session.execute(statement)}
    named: dict[str, str] = dict(states)  # type: ignore[call-overload]
    return [
        FoundDocument(key, rows[key].number, display_name(rows[key]), words(named[rows[key].state]))
        for key in ids
        if key in rows
    ]


Receivable = tuple[str, uuid.UUID, str]
"""'shipment' or 'order', its id and number."""


def receivable(actor: Actor, code: str) -> list[Receivable]:
    """What a scanned number, label or pallet is here, where its goods can be received."""
    return _on_pallet(actor, code) or _named(actor, code)


def _on_pallet(actor: Actor, code: str) -> list[Receivable]:
    """The shipments on their way that a pallet belongs to: one, unless two notices name it."""
    number = sscc_of(code)
    if not number:
        return []
    pallets = select(Pallet.shipment_id).where(Pallet.sscc == number)
    statement = select(Shipment.id, Shipment.number).where(
        Shipment.id.in_(pallets), Shipment.state.in_(ON_THE_WAY), *shipments_of(actor).seen()
    )
    return [("shipment", *row) for row in actor.session.execute(statement.order_by(Shipment.id))]


def _named(actor: Actor, code: str) -> list[Receivable]:
    label, number = codes.read(code), code.strip().upper()
    heads: tuple[tuple[str, type[Shipment | PurchaseOrder], Collection[str]], ...] = (
        ("shipment", Shipment, ON_THE_WAY),
        ("order", PurchaseOrder, RECEIVABLE),
    )
    for what, head, states in heads:
        if label and label.kind != f"purchasing.{what}":
            continue
        named = head.id == label.id if label else head.number == number
        row = actor.session.execute(select(head.id, head.number).where(named, head.state.in_(states))).first()
        if row:
            return [(what, *row)]
    return []
