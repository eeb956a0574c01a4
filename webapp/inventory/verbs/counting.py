"""What somebody counted at a place, and when they did: judged against the books as of that moment."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .adjustments import NOT_SHORT, settle
from .books import Key
from .places import LOCATION
from .tasks import close_task

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
    AND c.product_id = %(product)s AND c.lot_id = %(lot)s AND c.done_at > %(at)s) AS again"""
WRITE = """
INSERT INTO stock_count (company_id, id, location_id, product_id, lot_id, counted, book, done_at, user_id, op_id)
VALUES (%(company)s, %(id)s, %(location)s, %(product)s, %(lot)s, %(counted)s, %(book)s, %(at)s, %(user)s, %(op)s)"""


@dataclass(slots=True, frozen=True)
class CountedStock:
    """What a count led to: by how much the books were wrong, and the document that says so, if any.

    `again`: the place had been counted once more before this count came in, so it is kept and books nothing.
    """

    difference: Decimal
    document_id: uuid.UUID | None = None
    again: bool = False


def count(actor: Actor, key: Key, counted: Decimal, reason: str, *, shown: Decimal | None = None) -> CountedStock:
    """Keep what was counted of goods at a place, and book how it differs (see `adjustments.settle`).

    `shown` is what the books said on the page it was counted from, where that was just now. Without it, or where the
    count waited on a phone, the books are taken as of the moment it was done: what has been entered since is left
    out if it was done later, and counts if it was done before. An open task to count these goods is done with it.
    Refused for a negative count and an unknown reason. Raises NotFound for a place that is not ours.
    """
    if counted < 0:
        raise Refused("quantity", N_("A quantity cannot be less than 0."), field="counted")
    at = actor.done_at or calendar.now()
    place = {"location": key.location_id, "product": key.product_id, "lot": key.lot_id}
    held = actor.db.one(HOLD, company=actor.company_id, **place)
    since = actor.db.ask(AS_OF, company=actor.company_id, at=at, **place)[0]
    now = held.quantity if held else Decimal(0)
    book = now - since.since if shown is None or actor.queued else shown
    actor.db.run(
        WRITE,
        company=actor.company_id,
        id=new_id(),
        counted=counted,
        book=book,
        at=at,
        user=actor.user.id,
        op=actor.op_id,
        **place,
    )
    if since.again:
        return CountedStock(counted - book, again=True)
    short = close_task(actor, key)
    document_id = settle(actor, key, counted - book, reason, short=short or NOT_SHORT)
    if document_id is None:
        timeline.record(actor, "inventory.counted", LOCATION, key.location_id, quantity=f"{counted.normalize():f}")
    return CountedStock(counted - book, document_id)
