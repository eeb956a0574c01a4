"""A customer's figures on one strip, in one query: what is owed, what was ordered this year, when last."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.kernel import calendar
from webapp.kernel.wall import Actor

FIGURES = """
SELECT (SELECT coalesce(sum(i.amount), 0.00) FROM open_item i
        WHERE i.company_id = %(company)s AND i.side = 'customer' AND i.partner_id = %(partner)s) AS owed,
       coalesce(sum(o.gross) FILTER (WHERE o.day >= %(since)s), 0.00) AS this_year, max(o.day) AS last_order,
       count(*) AS orders
FROM sales_order o
WHERE o.company_id = %(company)s AND o.partner_id = %(partner)s AND o.state NOT IN ('draft', 'cancelled')"""


@dataclass(slots=True, frozen=True)
class Figures:
    """What stands with a customer, with tax."""

    owed: Decimal
    this_year: Decimal
    last_order: date | None
    orders: int


def figures(actor: Actor, partner_id: uuid.UUID) -> Figures:
    """The figures of a customer the actor may see (find it first)."""
    since = calendar.today(actor).replace(month=1, day=1)
    row = actor.db.ask(FIGURES, company=actor.company_id, partner=partner_id, since=since)[0]
    return Figures(row.owed, row.this_year, row.last_order, row.orders)
