"""What must hold of orders, deliveries and invoices; `verify` runs these over the whole company."""

from collections.abc import Callable, Sequence

from webapp.kernel.register import Check
from webapp.kernel.wall import Actor

SHIPPED = """
SELECT o.number || ' line ' || l.line || ': ' || l.shipped || ' shipped, its deliveries say ' || coalesce(s.quantity, 0)
  AS words
FROM sales_line l JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id
LEFT JOIN (
  SELECT x.order_line_id, sum(x.quantity) AS quantity FROM delivery_line x
  JOIN delivery d ON d.company_id = x.company_id AND d.id = x.delivery_id
  WHERE x.company_id = %(company)s AND d.state IN ('shipped', 'delivered') GROUP BY x.order_line_id
) s ON s.order_line_id = l.id
WHERE l.company_id = %(company)s AND l.shipped <> coalesce(s.quantity, 0) LIMIT 100"""
FILLED = """
SELECT o.number || ' line ' || l.line || ': ' || l.shipped || ' shipped, its demand counts ' || d.filled AS words
FROM sales_line l JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id
JOIN demand d ON d.company_id = l.company_id AND d.line_id = l.id
WHERE l.company_id = %(company)s AND l.shipped <> d.filled LIMIT 100"""
BILLED = """
SELECT o.number || ' line ' || l.line || ': ' || l.invoiced || ' billed, its invoices say ' || coalesce(i.quantity, 0)
  AS words
FROM sales_line l JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id
LEFT JOIN (SELECT order_line_id, sum(quantity) AS quantity FROM invoice_line
           WHERE company_id = %(company)s GROUP BY order_line_id) i ON i.order_line_id = l.id
WHERE l.company_id = %(company)s AND l.invoiced <> coalesce(i.quantity, 0) LIMIT 100"""
STATES = """
SELECT o.number || ' is ' || o.state || ', its lines say ' || s.derived AS words
FROM sales_order o
JOIN LATERAL (
  SELECT CASE
    WHEN bool_and(l.invoiced = l.quantity - l.closed) THEN 'invoiced'
    WHEN bool_and(l.shipped = l.quantity - l.closed) THEN 'shipped'
    WHEN bool_or(l.shipped > 0) THEN 'partly_shipped'
    WHEN EXISTS (SELECT FROM delivery d WHERE d.company_id = o.company_id AND d.order_id = o.id
                 AND d.state IN ('planned', 'picking', 'packed')) THEN 'picking'
    ELSE 'confirmed' END AS derived
  FROM sales_line l WHERE l.company_id = o.company_id AND l.order_id = o.id
) s ON true
WHERE o.company_id = %(company)s AND o.state NOT IN ('draft', 'cancelled') AND o.state <> s.derived LIMIT 100"""
UNPOSTED = """
SELECT d.number || ' has left without a voucher' AS words FROM delivery d
WHERE d.company_id = %(company)s AND d.state IN ('shipped', 'delivered', 'reversed', 'reversal')
  AND (d.gross <> 0 OR d.cost <> 0)
  AND NOT EXISTS (SELECT FROM voucher v WHERE v.company_id = d.company_id AND v.document_id = d.id) LIMIT 100"""
PARTS = """
SELECT o.number || ' line ' || l.line || ' comes to ' || l.gross || ', its deliveries to ' || s.gross AS words
FROM sales_line l JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id
JOIN (
  SELECT x.order_line_id, sum(x.net) AS net, sum(x.vat) AS vat, sum(x.gross) AS gross FROM delivery_line x
  JOIN delivery d ON d.company_id = x.company_id AND d.id = x.delivery_id
  WHERE x.company_id = %(company)s AND d.state IN ('shipped', 'delivered') GROUP BY x.order_line_id
) s ON s.order_line_id = l.id
WHERE l.company_id = %(company)s AND l.shipped = l.quantity AND (l.net, l.vat, l.gross) <> (s.net, s.vat, s.gross)
LIMIT 100"""
TOTALS = """
SELECT d.number || ' comes to ' || d.gross || ', its lines to ' || s.gross AS words
FROM (
  SELECT id, number, net, vat, gross, 'o' AS kind FROM sales_order WHERE company_id = %(company)s
  UNION ALL SELECT id, number, net, vat, gross, 'd' FROM delivery WHERE company_id = %(company)s
  UNION ALL SELECT id, number, net, vat, gross, 'i' FROM invoice WHERE company_id = %(company)s
) d JOIN (
  SELECT order_id AS id, 'o' AS kind, sum(net) AS net, sum(vat) AS vat, sum(gross) AS gross
  FROM sales_line WHERE company_id = %(company)s GROUP BY order_id
  UNION ALL SELECT delivery_id, 'd', sum(net), sum(vat), sum(gross)
  FROM delivery_line WHERE company_id = %(company)s GROUP BY delivery_id
  UNION ALL SELECT invoice_id, 'i', sum(net), sum(vat), sum(gross)
  FROM invoice_line WHERE company_id = %(company)s GROUP BY invoice_id
) s USING (id, kind)
WHERE (d.net, d.vat, d.gross) <> (s.net, s.vat, s.gross) OR d.net + d.vat <> d.gross LIMIT 100"""
REVENUE = """
SELECT to_char(month, 'YYYY-MM') || ': the books have revenue of ' || coalesce(v.amount, 0) || ', deliveries '
  || coalesce(d.amount, 0) AS words
FROM (
  SELECT l.month, sum(l.credit - l.debit) AS amount FROM voucher_line l
  JOIN voucher v ON v.company_id = l.company_id AND v.id = l.voucher_id
  WHERE l.company_id = %(company)s AND v.kind = 'sales.delivery' AND l.account LIKE '5001%%' GROUP BY l.month
) v FULL JOIN (
  SELECT date_trunc('month', day)::date AS month, sum(net) AS amount FROM delivery
  WHERE company_id = %(company)s AND state IN ('shipped', 'delivered', 'reversed', 'reversal') GROUP BY 1
) d USING (month)
WHERE coalesce(v.amount, 0) <> coalesce(d.amount, 0)"""


def _finding(statement: str) -> Callable[[Actor], Sequence[str]]:
    def differences(actor: Actor) -> Sequence[str]:
        return [row.words for row in actor.db.ask(statement, company=actor.company_id)]

    return differences


CHECKS = [
    Check("an order's line has shipped what its deliveries say", _finding(SHIPPED)),
    Check("an order's line has shipped what its demand counts", _finding(FILLED)),
    Check("an order's line is billed by what its invoices say", _finding(BILLED)),
    Check("an order's state is what its lines say", _finding(STATES)),
    Check("every delivery that left has its voucher", _finding(UNPOSTED)),
    Check("the deliveries of a line come to the line", _finding(PARTS)),
    Check("orders, deliveries and invoices are the sum of their lines", _finding(TOTALS)),
    Check("revenue in the books is what the deliveries come to, by month", _finding(REVENUE)),
]
