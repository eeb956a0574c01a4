"""What is counted differently, and the stock a company begins with: moves with their vouchers."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.catalog import products_of
from webapp.finance import Fact, post, posting_day
from webapp.inventory.states import REASONS
from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.money import ZERO, to_cents
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .books import Key, Movement
from .moves import move
from .places import virtual
from .promises import reserve_waiting
from .tasks import Short

ADJUSTMENT = "inventory.adjustment"
OPENING = "inventory.opening"
NONE = Decimal(0)
NOT_SHORT = Short()
HELD = "SELECT quantity FROM valuation WHERE company_id = %(company)s AND product_id = %(product)s"


@dataclass(slots=True, frozen=True)
class Opening:
    """Stock a company begins with: `value` is for all of it, in money."""

    product_id: uuid.UUID
    lot_id: uuid.UUID
    location_id: uuid.UUID
    quantity: Decimal
    value: Decimal


def adjust(actor: Actor, key: Key, difference: Decimal, reason: str, *, on: date | None = None) -> uuid.UUID:
    """Book a difference to what the books say at a place: more (positive) or less, valued at the average.

    Posts count_gain or count_loss; where the reason says so, the input VAT of a loss goes back. What was promised of
    goods that are gone is promised afresh; goods found go to whoever waits. Returns the move, its own document.
    Refused for no difference, an unknown reason, and below zero. Raises NotFound for a place that is not ours.
    """
    if not difference:
        raise Refused("quantity", N_("That is what the books say already."), field="counted")
    document_id = settle(actor, key, difference, reason, on=on)
    assert document_id
    return document_id


def settle(
    actor: Actor,
    key: Key,
    difference: Decimal,
    reason: str,
    *,
    short: Short = NOT_SHORT,
    on: date | None = None,
    document_id: uuid.UUID | None = None,
) -> uuid.UUID | None:
    """Book a difference, and with it what a count explains of goods that had come from `unexplained` (`short`).

    What is less goes back there first, as it came, at no value: it had never been here (a move of it into the place
    came in later). What is left of the short goods was truly there: it gets the value it had when it was taken.
    Returns the document (`document_id`, or a new one), None where nothing is booked.
    """
    if reason not in REASONS:
        raise Refused("reason", N_("Choose one of these."), field="reason")
    day = posting_day(actor, on or calendar.today(actor))
    back = min(short.quantity, max(-difference, NONE))
    warehouses = _warehouses(actor, [key.location_id])
    document_id = document_id or new_id()
    lines = _lines(actor, key, difference, back, document_id)
    how = {"on": day, "kind": ADJUSTMENT, "document_id": document_id}
    values = move(actor, lines, missing=True, offline=actor.queued, **how) if lines else []  # type: ignore[arg-type]
    worth = _explained(actor, key, short, short.quantity - back)
    if worth:
        unexplained = virtual(actor, "unexplained")
        goods = Movement(key.product_id, key.lot_id, unexplained, key.location_id, NONE, worth)
        move(actor, [goods], **how)  # type: ignore[arg-type]
    if not lines and not worth:
        return None
    cost = sum(values, ZERO)
    gained, lost = worth + (cost if difference > 0 else ZERO), cost if difference < 0 else ZERO
    vat = to_cents(lost * products_of(actor).get(key.product_id).vat_rate) if REASONS[reason].input_tax_back else ZERO
    for event, amounts in (("count_gain", {"cost": gained}), ("count_loss", {"cost": lost, "vat": vat})):
        fact = Fact(amounts, key.product_id, warehouses[key.location_id], abs(difference))
        post(actor, f"inventory.{event}", on=day, kind=ADJUSTMENT, document_id=document_id, facts=[fact])
    figure = f"{difference.normalize():+f}" if difference else "0"
    timeline.record(actor, "inventory.adjusted", ADJUSTMENT, document_id, quantity=figure, reason=reason)
    if difference > 0:
        reserve_waiting(actor, [key.product_id])
    return document_id


def _lines(actor: Actor, key: Key, difference: Decimal, back: Decimal, first_id: uuid.UUID) -> list[Movement]:
    """What goes where: found goods in, `back` to where nobody knew of it, the rest of what is less lost."""
    place, loss, unexplained = key.location_id, virtual(actor, "loss"), virtual(actor, "unexplained")
    moves = [
        (loss, place, max(difference, NONE), None),
        (place, unexplained, back, ZERO),
        (place, loss, max(-difference, NONE) - back, None),
    ]
    ids = [first_id, new_id()]
    return [
        Movement(key.product_id, key.lot_id, source, target, quantity, value, id=ids.pop(0))
        for source, target, quantity, value in moves
        if quantity
    ]


def _explained(actor: Actor, key: Key, short: Short, confirmed: Decimal) -> Decimal:
    """The value of short goods that were truly there: their part of what is still in the house of the product."""
    if not short.value or confirmed <= 0:
        return ZERO
    row = actor.db.one(HELD, company=actor.company_id, product=key.product_id)
    left = min(confirmed, row.quantity if row else NONE)
    return to_cents(short.value * left / short.quantity) if left > 0 else ZERO


def open_stock(actor: Actor, lines: Sequence[Opening], *, on: date) -> uuid.UUID:
    """Bring in the stock a company begins with, against its capital. Returns the document.

    Refused where a quantity is not more than zero or a value is negative. Raises NotFound for a place that is not ours.
    """
    if any(line.quantity <= 0 for line in lines):
        raise Refused("quantity", N_("It must be more than zero."), field="quantity")
    if any(line.value < ZERO for line in lines):
        raise Refused("value", N_("The value must not be less than zero."), field="value")
    day = posting_day(actor, on)
    source, document_id = virtual(actor, "opening"), new_id()
    warehouses = _warehouses(actor, [line.location_id for line in lines])
    movements = [
        Movement(line.product_id, line.lot_id, source, line.location_id, line.quantity, line.value) for line in lines
    ]
    move(actor, movements, on=day, kind=OPENING, document_id=document_id)
    facts = [Fact({"cost": line.value}, line.product_id, warehouses[line.location_id], line.quantity) for line in lines]
    post(actor, "inventory.opening", on=day, kind=OPENING, document_id=document_id, facts=facts)
    timeline.record(actor, "inventory.opened", OPENING, document_id, lines=len(lines))
    reserve_waiting(actor, {line.product_id for line in lines})
    return document_id


def _warehouses(actor: Actor, location_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The warehouse of each own location. Raises NotFound where one is none of ours."""
    rows = actor.db.ask(
        "SELECT id, warehouse_id FROM location WHERE company_id = %(company)s AND id = ANY(%(ids)s)",
        company=actor.company_id,
        ids=list(set(location_ids)),
    )
    found = {row.id: row.warehouse_id for row in rows if row.warehouse_id}
    if found.keys() != set(location_ids):
        raise NotFound
    return found
