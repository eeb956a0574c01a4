"""What a count had booked, taken back: the same goods at the same value the other way, and red vouchers."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from webapp.finance import Fact, post, posting_day, reverse_document
from webapp.kernel import calendar
from webapp.kernel.money import ZERO
from webapp.kernel.wall import Actor

from .adjustments import ADJUSTMENT
from .books import Key, Movement
from .moves import move
from .promises import reserve_waiting

BOOKED = """
SELECT id, from_id, to_id, quantity, value FROM move
WHERE company_id = %(company)s AND document_id = %(document)s ORDER BY id"""
WORTH = "SELECT value FROM valuation WHERE company_id = %(company)s AND product_id = %(product)s AND quantity > 0"
WAREHOUSE = "SELECT warehouse_id FROM location WHERE company_id = %(company)s AND id = %(location)s"


def unsettle(actor: Actor, key: Key, document_id: uuid.UUID, done_at: datetime) -> bool:
    """Reverse the moves and vouchers of an adjustment as of `done_at`: no count between then and now is to know of it.

    A gain that has gone with what was sold since stays booked. Returns whether there was anything to reverse.
    """
    rows = actor.db.ask(BOOKED, company=actor.company_id, document=document_id)
    if not rows:
        return False
    day = posting_day(actor, calendar.today(actor))
    back = [_back(key, row, row.value) for row in rows if row.quantity]
    how: dict[str, Any] = {"on": day, "kind": ADJUSTMENT, "document_id": document_id, "done_at": done_at}
    values = move(actor, back, offline=True, **how)
    changed = sum((_sign(key, line) * value for line, value in zip(back, values, strict=True)), ZERO)
    for row in rows:
        if not row.quantity:
            worth = actor.db.one(WORTH, company=actor.company_id, product=key.product_id)
            left = min(row.value, worth.value if worth else ZERO)
            move(actor, [_back(key, row, left)], **how)
            changed -= left
    reverse_document(actor, document_id, day)
    _keep(actor, key, changed + sum((_sign(key, row) * row.value for row in rows), ZERO), how)
    reserve_waiting(actor, [key.product_id])
    return True


def _back(key: Key, row: Any, value: Decimal) -> Movement:
    return Movement(key.product_id, key.lot_id, row.to_id, row.from_id, row.quantity, value, reverses_id=row.id)


def _sign(key: Key, line: Any) -> int:
    """Whether goods came to the place, or left it."""
    return 1 if line.to_id == key.location_id else -1


def _keep(actor: Actor, key: Key, rest: Decimal, how: dict[str, Any]) -> None:
    """By `rest` the stock did not change back: a gain that went with what was sold, or a loss made good by it."""
    warehouse = actor.db.ask(WAREHOUSE, company=actor.company_id, location=key.location_id)[0].warehouse_id
    for event, amount in (("count_gain", rest), ("count_loss", -rest)):
        fact = Fact({"cost": max(amount, ZERO)}, key.product_id, warehouse, Decimal(0))
        post(actor, f"inventory.{event}", on=how["on"], kind=ADJUSTMENT, document_id=how["document_id"], facts=[fact])
