"""What somebody counted at a place, and when they did: judged against the books as of that moment."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from webapp.inventory.models import StockCount
from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor

from .adjustments import ADJUSTMENT, NOT_SHORT, settle
from .books import Key
from .places import LOCATION
from .tasks import close_task, reopen_task
from .unsettling import unsettle

HOLD = """
SELECT quantity FROM balance WHERE company_id = %(company)s AND location_id = %(location)s
  AND product_id = %(product)s AND lot_id = %(lot)s FOR UPDATE"""
# A phone's clock may be five minutes ahead (kernel.web.answers): what came in before that was not done after.
AS_OF = """
SELECT coalesce((SELECT sum(CASE WHEN m.to_id = %(location)s THEN m.quantity ELSE -m.quantity END) FROM move m
    WHERE m.company_id = %(company)s AND m.product_id = %(product)s AND m.lot_id = %(lot)s
      AND %(location)s IN (m.from_id, m.to_id) AND m.done_at > %(at)s
      AND m.received_at > %(at)s - interval '5 minutes'), 0) AS since,
  EXISTS (SELECT FROM stock_count c WHERE c.company_id = %(company)s AND c.location_id = %(location)s
    AND c.product_id = %(product)s AND c.lot_id = %(lot)s AND c.done_at > %(at)s
    AND NOT EXISTS (SELECT FROM count_undone u WHERE u.company_id = c.company_id AND u.count_id = c.id)) AS again"""
WRITE = """
INSERT INTO stock_count (company_id, id, location_id, product_id, lot_id, counted, book, done_at, user_id, op_id)
VALUES (%(company)s, %(id)s, %(location)s, %(product)s, %(lot)s, %(counted)s, %(book)s, %(at)s, %(user)s, %(op)s)"""

UNDO = """
INSERT INTO count_undone (company_id, count_id, done_at, user_id, op_id)
VALUES (%(company)s, %(count)s, %(at)s, %(user)s, %(op)s)"""


@dataclass(slots=True, frozen=True)
class CountedStock:
    """What a count led to: its own key, by how much the books were wrong, and the document that says so, if any.

    `again`: the place had been counted once more before this count came in, so it is kept and books nothing.
    """

    id: uuid.UUID
    difference: Decimal
    document_id: uuid.UUID | None = None
    again: bool = False


def count(
    actor: Actor,
    key: Key,
    counted: Decimal,
    reason: str,
    *,
    shown: Decimal | None = None,
    count_id: uuid.UUID | None = None,
) -> CountedStock:
    """Keep what was counted of goods at a place, and book how it differs (see `adjustments.settle`).

    `shown` is what the books said on the page it was counted from, where that was just now. Without it, or where the
    count waited on a phone, the books are taken as of the moment it was done: what has been entered since is left
    out if it was done later, and counts if it was done before. An open task to count these goods is done with it.
    `count_id` was made on the phone, so that the count can be taken back before it was sent.
    Refused for a negative count and an unknown reason. Raises NotFound for a place that is not ours.
    """
    if counted < 0:
        raise Refused("quantity", N_("A quantity cannot be less than 0."), field="counted")
    count_id = new_key(actor, count_id, StockCount)
    at = actor.done_at or calendar.now()
    place = {"location": key.location_id, "product": key.product_id, "lot": key.lot_id}
    held = actor.db.one(HOLD, company=actor.company_id, **place)
    since = actor.db.ask(AS_OF, company=actor.company_id, at=at, **place)[0]
    now = held.quantity if held else Decimal(0)
    book = now - since.since if shown is None or actor.queued else shown
    actor.db.run(
        WRITE,
        company=actor.company_id,
        id=count_id,
        counted=counted,
        book=book,
        at=at,
        user=actor.user.id,
        op=actor.op_id,
        **place,
    )
    if since.again:
        return CountedStock(count_id, counted - book, again=True)
    short = close_task(actor, key, count_id)
    document_id = settle(actor, key, counted - book, reason, short=short or NOT_SHORT, document_id=count_id)
    if document_id is None:
        timeline.record(actor, "inventory.counted", LOCATION, key.location_id, quantity=f"{counted.normalize():f}")
    return CountedStock(count_id, counted - book, document_id)


def undo_count(actor: Actor, counted: StockCount) -> None:
    """Take a count back: what it booked is reversed as of the count, and it is no longer one that others are judged by.

    It is never refused for what has become of the goods: what went since and had been found by this count alone comes
    from `unexplained`, and a count is asked for; so it is where the place was counted again since, and where this
    count had settled what was asked. Refused where it was taken back already.
    """
    actor.db.run(
        UNDO,
        company=actor.company_id,
        count=counted.id,
        at=actor.done_at or calendar.now(),
        user=actor.user.id,
        op=actor.op_id,
    )
    key = Key(counted.location_id, counted.product_id, counted.lot_id)
    booked = unsettle(actor, key, counted.id, counted.done_at)
    reopen_task(actor, key, counted.id)
    document = (ADJUSTMENT, counted.id) if booked else (LOCATION, counted.location_id)
    timeline.record(actor, "inventory.count.undone", *document, quantity=f"{counted.counted.normalize():f}")
