"""What stands around an order: its purchases, deliveries and invoices, who did what, its thread as nodes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.kernel.wall import Actor

from .orders import Order

DELIVERIES = """
SELECT id, number, state, day, gross, carrier, reverses_id FROM delivery
WHERE company_id = %(company)s AND order_id = %(order)s AND state <> 'dropped' ORDER BY id"""
INVOICES = """
SELECT i.id, i.number, i.day, i.gross FROM invoice i
WHERE i.company_id = %(company)s AND i.order_id = %(order)s ORDER BY i.id"""
PURCHASES = """
WITH short AS MATERIALIZED (
  SELECT t.at, jsonb_array_elements_text(t.params -> 'products')::uuid AS product_id FROM timeline t
  WHERE t.company_id = %(company)s AND t.document_id = %(order)s AND t.code = 'sales.order.confirmed')
SELECT DISTINCT po.id, po.number, po.state, r.id AS receipt_id, r.number AS receipt_number
FROM short
CROSS JOIN LATERAL (
  SELECT o.id, o.number, o.state FROM purchase_line l
  JOIN purchase_order o ON o.company_id = l.company_id AND o.id = l.order_id
  WHERE l.company_id = %(company)s AND l.product_id = short.product_id
    AND o.state NOT IN ('draft', 'cancelled', 'refused') AND o.created_at >= short.at
  ORDER BY o.number LIMIT 3) po
LEFT JOIN receipt r ON r.company_id = %(company)s AND r.order_id = po.id AND r.reverses_id IS NULL
ORDER BY po.number, r.number LIMIT 3"""
"""What was bought since it was confirmed, of the goods it was short of then. Each of those is looked up by itself: most
orders are short of nothing, and then no purchase is read."""
COVERED = """
SELECT d.line_id, d.reserved, d.quantity - d.reserved - d.filled AS lacks FROM demand d
WHERE d.company_id = %(company)s AND d.document_id = %(order)s AND d.cancelled_at IS NULL"""
VOUCHER = """
SELECT id FROM voucher WHERE company_id = %(company)s AND document_id = %(document)s ORDER BY id LIMIT 1"""
HISTORY = """
SELECT t.id, t.at, t.code, t.params, t.kind, t.document_id, u.name AS who FROM timeline t
LEFT JOIN app_user u ON u.id = t.user_id
WHERE t.company_id = %(company)s AND t.document_id = ANY(%(documents)s)
ORDER BY t.id DESC LIMIT 60"""


@dataclass(slots=True)
class Around:
    """What stands around an order."""

    deliveries: list[Any]
    invoices: list[Any]
    purchases: list[Any]
    covered: dict[uuid.UUID, Any]
    history: list[Any]

    @property
    def open_delivery(self) -> Any | None:
        """The delivery being picked, if there is one."""
        return next((each for each in self.deliveries if each.state in ("planned", "picking", "packed")), None)

    def reserved(self, line_id: uuid.UUID) -> Decimal:
        """What is kept for a line."""
        row = self.covered.get(line_id)
        return row.reserved if row else Decimal(0)

    def lacks(self, line_id: uuid.UUID) -> Decimal:
        """What a line still lacks."""
        row = self.covered.get(line_id)
        return row.lacks if row else Decimal(0)

    @property
    def any_reserved(self) -> bool:
        """Whether anything lies ready, planned on a delivery or not."""
        return any(row.reserved for row in self.covered.values())


def around(actor: Actor, order: Order) -> Around:
    """What stands around an order the actor sees: five queries."""
    ask, company = actor.db.ask, actor.company_id
    deliveries = ask(DELIVERIES, company=company, order=order.id)
    return Around(
        deliveries,
        ask(INVOICES, company=company, order=order.id),
        ask(PURCHASES, company=company, order=order.id),
        {row.line_id: row for row in ask(COVERED, company=company, order=order.id)},
        history(actor, [order.id, *(row.id for row in deliveries)]),
    )


def voucher_of(actor: Actor, document_id: uuid.UUID) -> uuid.UUID | None:
    """The voucher a document posted, if it has."""
    row = actor.db.one(VOUCHER, company=actor.company_id, document=document_id)
    return row.id if row else None


def history(actor: Actor, documents: Sequence[uuid.UUID]) -> list[Any]:
    """What happened to these documents, newest first."""
    return actor.db.ask(HISTORY, company=actor.company_id, documents=list(documents))
