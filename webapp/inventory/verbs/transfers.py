"""Moving goods within the house: the warehouse's two scans, and taking them back."""

import uuid
from datetime import datetime
from decimal import Decimal

from webapp.inventory.models import VIRTUAL, Move
from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from . import plain
from .books import Movement
from .moves import move
from .places import virtual

TRANSFER = "inventory.transfer"


def transfer(
    actor: Actor,
    *,
    product_id: uuid.UUID,
    lot_id: uuid.UUID,
    from_id: uuid.UUID,
    to_id: uuid.UUID,
    quantity: Decimal,
    done_at: datetime | None = None,
    offline: bool = False,
    look_first: bool = True,
    move_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Move goods from one own location to another; nothing is posted. Returns the move, which is its own document.

    `offline`: it was done without a network, so it is accepted beyond what the books have. `move_id` was made on the
    phone, so that the move can be taken back before it was sent.

    Refused where it is the same place, where less is there, and for an expired lot that would go to a shelf. Raises
    NotFound for a place that is not ours. With `look_first=False` it is only stated, a round trip less; where it is
    not the plain case `perform` then raises `NotPlain`, nothing has happened, and it is to be done looking first.
    """
    if from_id == to_id:
        raise Refused("location.same", N_("It lies there already. Scan another place."), field="to_id")
    if quantity <= 0:
        raise Refused("quantity", N_("It must be more than zero."), field="quantity")
    key = move_id or new_id()
    line = Movement(product_id, lot_id, from_id, to_id, quantity, id=key)
    if look_first or offline:
        _refuse_virtual(actor, from_id, to_id)
        _go(actor, line, key, done_at=done_at, offline=offline)
    else:
        plain.state(actor, line, TRANSFER)
    timeline.record(actor, "inventory.transferred", TRANSFER, key)
    return key


def undo_transfer(actor: Actor, transferred: Move) -> uuid.UUID:
    """Take a transfer back by a reversing move. Returns it.

    Refused where it is no transfer, was taken back already, or the goods have moved on since; done without a network,
    that they have moved on is accepted as in `move`.
    """
    if transferred.kind != TRANSFER or transferred.reverses_id:
        raise Refused("move.kind", N_("Only a transfer can be taken back here. Open its document instead."))
    line = Movement(
        transferred.product_id,
        transferred.lot_id,
        transferred.to_id,
        transferred.from_id,
        transferred.quantity,
        reverses_id=transferred.id,
    )
    _go(actor, line, transferred.document_id, offline=actor.queued)
    timeline.record(actor, "inventory.transfer.undone", TRANSFER, transferred.document_id)
    return line.id


def _go(
    actor: Actor, line: Movement, document_id: uuid.UUID, *, done_at: datetime | None = None, offline: bool = False
) -> None:
    day = (done_at or actor.done_at or calendar.now()).astimezone(calendar.zone(actor)).date()
    move(actor, [line], on=day, kind=TRANSFER, document_id=document_id, done_at=done_at, offline=offline)


def _refuse_virtual(actor: Actor, *location_ids: uuid.UUID) -> None:
    if {virtual(actor, place) for place in VIRTUAL} & set(location_ids):
        raise NotFound
