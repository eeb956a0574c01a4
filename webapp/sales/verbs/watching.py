"""Telling reps of orders that will not go out as promised: by the clock, once an order and reason."""

from datetime import date, timedelta

from webapp.kernel import calendar, notifications
from webapp.kernel.i18n import both_names
from webapp.kernel.wall import Actor

SOON = 3
"""Days before its day from which an order that lacks goods is at risk."""
LATE = 14
"""Days after its day for which an order is still told of; what is older was told of then."""

SHORT = """
SELECT DISTINCT ON (o.id) o.id, o.number, o.rep_id, p.name, p.name2, g.name AS product, g.name2 AS product2
FROM (SELECT company_id, document_id, product_id, quantity - reserved - filled AS lacks FROM demand
      WHERE company_id = %(company)s AND kind = 'sales.order' AND cancelled_at IS NULL AND reserved + filled < quantity
        AND wanted_on BETWEEN %(today)s AND %(soon)s
      ORDER BY wanted_on, id LIMIT 500) w
JOIN sales_order o ON o.company_id = w.company_id AND o.id = w.document_id AND o.rep_id IS NOT NULL
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
JOIN product g ON g.company_id = w.company_id AND g.id = w.product_id
WHERE NOT EXISTS (SELECT FROM notification n WHERE n.company_id = o.company_id AND n.document_id = o.id
                  AND n.code = 'sales.order.short')
ORDER BY o.id, w.lacks DESC, g.id"""
OVERDUE = """
SELECT o.id, o.number, o.rep_id, p.name, p.name2
FROM sales_order o JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
WHERE o.company_id = %(company)s AND o.state IN ('confirmed', 'picking', 'partly_shipped') AND o.rep_id IS NOT NULL
  AND o.wanted_on < %(today)s AND o.wanted_on >= %(oldest)s
  AND NOT EXISTS (SELECT FROM notification n WHERE n.company_id = o.company_id AND n.document_id = o.id
                  AND n.code = 'sales.order.late')
ORDER BY o.id LIMIT 500"""


def watch_orders(actor: Actor, *, on: date | None = None) -> int:
    """Tell each rep of their orders that lack goods and are wanted soon, or whose day went by; returns how many."""
    today = on or calendar.today(actor)
    short = actor.db.ask(SHORT, company=actor.company_id, today=today, soon=today + timedelta(days=SOON))
    for row in short:
        notifications.remind(
            *(actor, [row.rep_id], "sales.order.short", "sales.order", row.id),
            number=row.number,
            customer=both_names(row),
            product={"name": row.product, "name2": row.product2},
        )
    late = actor.db.ask(OVERDUE, company=actor.company_id, today=today, oldest=today - timedelta(days=LATE))
    for row in late:
        notifications.remind(
            *(actor, [row.rep_id], "sales.order.late", "sales.order", row.id),
            number=row.number,
            customer=both_names(row),
        )
    return len(short) + len(late)
