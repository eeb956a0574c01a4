"""A supplier's on-time record: mean days behind its own promise over the last half year."""

import uuid
from collections.abc import Sequence

from webapp.kernel.wall import Actor

LEAST_LINES = 5
"""Below so many receipt lines there is no record yet, and promises are taken at their word."""
KEEP = """
WITH seen AS (
  SELECT greatest(r.day - rl.promised_on, 0) AS late
  FROM receipt r JOIN receipt_line rl ON rl.company_id = r.company_id AND rl.receipt_id = r.id
  WHERE r.company_id = %(company)s AND r.partner_id = %(partner)s AND r.day > current_date - 183
    AND r.state = 'posted' AND rl.quantity > 0
  UNION ALL SELECT greatest(late, 0) FROM unnest(%(now)s::int[]) AS n(late)),
record AS (SELECT CASE WHEN count(*) < %(least)s THEN 0 ELSE round(avg(late))::int END AS days FROM seen)
UPDATE partner SET days_late = record.days FROM record
WHERE company_id = %(company)s AND id = %(partner)s AND days_late <> record.days"""


def keep_record(actor: Actor, partner_id: uuid.UUID, days_behind: Sequence[int] = ()) -> None:
    """Keep the supplier's mean days late (half up, early counts as on time), with lines just being received."""
    actor.db.run(KEEP, company=actor.company_id, partner=partner_id, now=list(days_behind), least=LEAST_LINES)
