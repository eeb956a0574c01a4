"""What nobody does, a watch notices: customers who have gone quiet."""

from datetime import date

from webapp.crm.cadences import QUIET
from webapp.kernel import calendar
from webapp.kernel.wall import Actor

FEWEST_GAPS = 3
"""Gaps between orders from which a habit can be read."""

OPEN_QUIET = """
WITH days AS (
  SELECT partner_id, day, (array_agg(rep_id) FILTER (WHERE rep_id IS NOT NULL))[1] AS rep_id FROM sales_order
  WHERE company_id = %(company)s AND state NOT IN ('draft', 'cancelled') GROUP BY partner_id, day),
gaps AS (
  SELECT partner_id, day, rep_id, day - lag(day) OVER (PARTITION BY partner_id ORDER BY day) AS gap FROM days),
habits AS (
  SELECT partner_id, max(day) AS last, count(gap) AS gaps, (array_agg(rep_id ORDER BY day DESC))[1] AS rep_id,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) AS usual
  FROM gaps GROUP BY partner_id)
INSERT INTO follow_up (company_id, id, partner_id, rep_id, due_on, code, params, version)
SELECT %(company)s, gen_random_uuid(), p.id, coalesce(p.owner_id, h.rep_id, %(user)s), %(today)s::date + r.days,
       r.event, jsonb_build_object('day', h.last, 'usual', h.usual), 1
FROM habits h
JOIN partner p ON p.company_id = %(company)s AND p.id = h.partner_id AND p.is_customer AND p.archived_at IS NULL
JOIN follow_up_rule r ON r.company_id = %(company)s AND r.event = %(event)s AND r.active
WHERE h.gaps >= %(fewest)s AND 2 * (%(today)s - h.last) > 3 * h.usual
  AND NOT EXISTS (SELECT FROM follow_up f WHERE f.company_id = %(company)s AND f.partner_id = p.id AND f.code = r.event
                  AND (f.done_at IS NULL OR f.params ->> 'day' = h.last::text))
RETURNING partner_id"""


def open_quiet(actor: Actor, *, on: date | None = None) -> int:
    """Open a follow-up with each customer who has not ordered in 1.5 times their own median gap; returns how many.

    Once a silence: done or waiting, it comes again only after the customer has ordered and fallen quiet anew.
    """
    rows = actor.db.ask(
        OPEN_QUIET,
        company=actor.company_id,
        user=actor.user.id,
        today=on or calendar.today(actor),
        event=QUIET,
        fewest=FEWEST_GAPS,
    )
    return len(rows)
