"""The common transfer, stated in one statement: free goods, from where they may be sold, to a place of ours.

Nothing is asked first. Where anything is in the way, the move's own CHECK refuses the whole, and the careful way
(`transfer`) looks first and says what.
"""

import psycopg

from webapp.kernel import calendar
from webapp.kernel.wall import Actor

from .books import Movement

NotPlain = psycopg.errors.CheckViolation
"""What `perform` raises where a transfer was not plain: do it again by `transfer`."""

# Both balances are locked sorted before either changes; a quantity of −1 is what the ledger's CHECK refuses.
STATE = """
WITH source AS (
  SELECT id FROM location WHERE company_id = %(company)s AND id = %(from)s AND kind IN ('stock', 'receiving')),
target AS (
  SELECT l.id, l.may_go_negative FROM location l JOIN lot ON lot.company_id = l.company_id AND lot.id = %(lot)s
  WHERE l.company_id = %(company)s AND l.id = %(to)s AND l.archived_at IS NULL AND (l.kind = 'blocked'
    OR l.kind IN ('stock', 'receiving') AND (lot.expires_on IS NULL OR lot.expires_on >= %(day)s::date))),
held AS MATERIALIZED (
  SELECT location_id FROM balance WHERE company_id = %(company)s AND location_id IN (%(from)s, %(to)s)
    AND product_id = %(product)s AND lot_id = %(lot)s ORDER BY location_id FOR UPDATE),
taken AS (
  UPDATE balance b SET quantity = b.quantity - %(quantity)s::numeric FROM source, target, held
  WHERE b.company_id = %(company)s AND b.location_id = source.id AND b.product_id = %(product)s
    AND b.lot_id = %(lot)s AND held.location_id = source.id AND b.quantity - b.reserved >= %(quantity)s::numeric
  RETURNING b.location_id),
put AS (
  INSERT INTO balance AS b (company_id, location_id, product_id, lot_id, quantity, may_go_negative)
  SELECT %(company)s, target.id, %(product)s, %(lot)s, %(quantity)s::numeric, target.may_go_negative FROM taken, target
  ON CONFLICT (company_id, location_id, product_id, lot_id) DO UPDATE SET quantity = b.quantity + excluded.quantity)
INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, user_id, op_id,
  kind, document_id)
VALUES (%(company)s, %(id)s, %(product)s, %(lot)s, %(from)s, %(to)s,
  CASE WHEN EXISTS (SELECT FROM taken) THEN %(quantity)s::numeric ELSE -1 END,
  coalesce((SELECT round(v.value * %(quantity)s::numeric / v.quantity, 2) FROM valuation v
    WHERE v.company_id = %(company)s AND v.product_id = %(product)s AND v.quantity > 0), 0),
  %(day)s, %(done_at)s, %(user)s, %(op)s, %(kind)s, %(id)s)"""


def state(actor: Actor, line: Movement, kind: str) -> None:
    """Send the statement; whether it was plain is known at commit (`NotPlain`). The move is its own document."""
    places = {"from": line.from_id, "to": line.to_id}
    actor.db.run(
        STATE,
        company=actor.company_id,
        id=line.id,
        product=line.product_id,
        lot=line.lot_id,
        quantity=line.quantity,
        day=calendar.today(actor),
        done_at=actor.done_at or calendar.now(),
        user=actor.user.id,
        op=actor.op_id,
        kind=kind,
        **places,
    )
