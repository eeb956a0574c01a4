"""Goods picked at a place where the books have too few: they come from `unexplained`, and a count is asked for."""

import uuid
from decimal import Decimal

from webapp.kernel import calendar, timeline
from webapp.kernel.money import ZERO
from webapp.kernel.wall import Actor

from .books import Key, Movement
from .moves import move
from .places import virtual
from .promises import keep
from .tasks import Short, open_tasks
from .transfers import TRANSFER
from .valuing import Held

SHORT = """
SELECT coalesce((SELECT quantity FROM balance WHERE company_id = %(company)s AND location_id = %(location)s
    AND product_id = %(product)s AND lot_id = %(lot)s FOR UPDATE), 0) AS there,
  v.quantity AS held, v.value
FROM (SELECT 1) one LEFT JOIN valuation v ON v.company_id = %(company)s AND v.product_id = %(product)s"""
LACKS = """
SELECT id, quantity - reserved - filled AS lacks FROM demand
WHERE company_id = %(company)s AND line_id = %(line)s AND cancelled_at IS NULL FOR UPDATE"""


def stand_in(actor: Actor, key: Key, picked: Decimal, line_id: uuid.UUID) -> Decimal:
    """Goods were picked at a place, without a network, for a document's line: with what else is picked there and has
    not left, they are `picked`. What the books lack of that is brought in from `unexplained`, kept for the line's
    demand, and asked to be counted. Returns how many that was.
    """
    place = {"location": key.location_id, "product": key.product_id, "lot": key.lot_id}
    demand = actor.db.one(LACKS, company=actor.company_id, line=line_id)  # demands are locked before balances
    row = actor.db.ask(SHORT, company=actor.company_id, **place)[0]
    missing: Decimal = picked - max(row.there, Decimal(0))
    if missing <= 0:
        return Decimal(0)
    goods = Movement(key.product_id, key.lot_id, virtual(actor, "unexplained"), key.location_id, missing, ZERO)
    move(actor, [goods], on=calendar.today(actor), kind=TRANSFER, document_id=goods.id, offline=True)
    timeline.record(actor, "inventory.transferred", TRANSFER, goods.id)
    worth = Held(row.held or Decimal(0), row.value or ZERO).at_average(missing)
    open_tasks(actor, {key: Short(missing, max(worth, ZERO))}, [key], actor.done_at or calendar.now())
    if demand and demand.lacks > 0:
        keep(actor, [(demand.id, key, min(demand.lacks, missing))])
    return missing
