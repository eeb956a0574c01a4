"""Revenue by product, customer, employee or month: what deliveries came to, net of tax; what was taken back is red."""

from typing import Any

from webapp.kernel.wall import Actor

KEYS = {
    "product": ("p.name", "p.id", "product p ON p.company_id = x.company_id AND p.id = x.product_id"),
    "customer": ("p.code", "p.id", "partner p ON p.company_id = d.company_id AND p.id = d.partner_id"),
    "employee": (
        "coalesce(m.staff_number, p.name, '')",
        "p.id",
        """app_user p ON p.id = o.rep_id
        LEFT JOIN membership m ON m.company_id = o.company_id AND m.user_id = p.id AND m.ended_at IS NULL""",
    ),
    "month": ("to_char(d.day, 'YYYY-MM')", "1", ""),
}
"""What to sum by: the key a row shows (a customer's code, an employee's staff number), what tells rows apart, joins."""
REVENUE = """
SELECT {key} AS key, sum(CASE WHEN d.state = 'reversal' THEN -x.quantity ELSE x.quantity END) AS quantity,
       sum(x.net) AS revenue
FROM delivery d
JOIN delivery_line x ON x.company_id = d.company_id AND x.delivery_id = d.id
JOIN sales_order o ON o.company_id = d.company_id AND o.id = d.order_id
{joined}
WHERE d.company_id = %(company)s AND d.state IN ('shipped', 'delivered', 'reversed', 'reversal')
GROUP BY 1, {apart} ORDER BY 1"""


def revenue_by(actor: Actor, what: str) -> list[Any]:
    """Rows of key, quantity (in stock units) and revenue (money, net), by `what` of KEYS. Raises KeyError."""
    key, apart, joined = KEYS[what]
    statement = REVENUE.format(key=key, apart=apart, joined=f"LEFT JOIN {joined}" if joined else "")
    return actor.db.ask(statement, company=actor.company_id)
