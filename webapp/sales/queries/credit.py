"""How much a customer owes and has ordered, against the limit they have."""

import uuid
from decimal import Decimal

from webapp.kernel.wall import Actor

OWED = """
SELECT (SELECT coalesce(sum(i.amount), 0) FROM open_item i
        WHERE i.company_id = %(company)s AND i.side = 'customer' AND i.partner_id = %(partner)s)
     + (SELECT coalesce(sum(round(l.gross * (l.quantity - l.shipped - l.closed) / l.quantity, 2)), 0)
        FROM sales_order o JOIN sales_line l ON l.company_id = o.company_id AND l.order_id = o.id
        WHERE o.company_id = %(company)s AND o.partner_id = %(partner)s
          AND o.state IN ('confirmed', 'picking', 'partly_shipped')) AS used"""


def credit_used(actor: Actor, partner_id: uuid.UUID) -> Decimal:
    """What a customer owes, and what is confirmed and not shipped yet, with tax."""
    row = actor.db.one(OWED, company=actor.company_id, partner=partner_id)
    assert row is not None
    used: Decimal = row.used
    return used
