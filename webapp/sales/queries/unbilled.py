"""What has shipped and is not billed yet; and what is billed and has come back."""

import uuid
from collections.abc import Callable
from typing import Any

from webapp.kernel.wall import Actor

UNBILLED = """
SELECT l.id, l.shipped - l.invoiced AS quantity, coalesce(s.net, 0) - coalesce(b.net, 0) AS net,
       coalesce(s.vat, 0) - coalesce(b.vat, 0) AS vat, coalesce(s.gross, 0) - coalesce(b.gross, 0) AS gross
FROM sales_line l
LEFT JOIN LATERAL (
  SELECT sum(dl.net) AS net, sum(dl.vat) AS vat, sum(dl.gross) AS gross FROM delivery_line dl
  JOIN delivery d ON d.company_id = dl.company_id AND d.id = dl.delivery_id
  WHERE dl.company_id = l.company_id AND dl.order_line_id = l.id
    AND d.state IN ('shipped', 'delivered')
) s ON true
LEFT JOIN LATERAL (
  SELECT sum(i.net) AS net, sum(i.vat) AS vat, sum(i.gross) AS gross FROM invoice_line i
  WHERE i.company_id = l.company_id AND i.order_line_id = l.id
) b ON true
WHERE l.company_id = %(company)s AND l.order_id = %(order)s AND l.invoiced < l.shipped
ORDER BY l.line"""
OVERBILLED = """
SELECT l.id, l.invoiced - b.quantity AS quantity, coalesce(s.net, 0) - b.net AS net,
       coalesce(s.vat, 0) - b.vat AS vat, coalesce(s.gross, 0) - b.gross AS gross
FROM sales_line l
JOIN LATERAL (
  SELECT sum(i.quantity) AS quantity, sum(i.net) AS net, sum(i.vat) AS vat, sum(i.gross) AS gross
  FROM invoice_line i WHERE i.company_id = l.company_id AND i.order_line_id = l.id
) b ON b.quantity > l.invoiced
LEFT JOIN LATERAL (
  SELECT sum(dl.net) AS net, sum(dl.vat) AS vat, sum(dl.gross) AS gross FROM delivery_line dl
  JOIN delivery d ON d.company_id = dl.company_id AND d.id = dl.delivery_id
  WHERE dl.company_id = l.company_id AND dl.order_line_id = l.id AND d.state IN ('shipped', 'delivered')
) s ON true
WHERE l.company_id = %(company)s AND l.order_id = %(order)s ORDER BY l.line"""
"""Lines whose invoices bill more than what is still gone: how many too many and what they come to, in red."""


def unbilled_later(actor: Actor, order_id: uuid.UUID) -> Callable[[], list[Any]]:
    """What of an order's lines has shipped and is on no invoice, with what it comes to; asked now, read by and by."""
    return actor.db.later(UNBILLED, company=actor.company_id, order=order_id)


def overbilled(actor: Actor, order_id: uuid.UUID) -> list[Any]:
    """What is billed of an order and has come back, negative, so that invoices and deliveries agree again."""
    return actor.db.ask(OVERBILLED, company=actor.company_id, order=order_id)
