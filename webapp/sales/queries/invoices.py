"""Finding invoices: whoever sees the order sees its invoices."""

import uuid
from dataclasses import dataclass
from typing import Any

from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .named import Named
from .orders import SEEN, sight

HEAD = f"""
SELECT i.id, i.number, i.state, i.day, i.net, i.vat, i.gross, i.order_id, i.partner_id, o.number AS order_number,
       i.day + p.payment_days AS due_on, p.name, p.name2, p.tax_number
FROM invoice i
JOIN sales_order o ON o.company_id = i.company_id AND o.id = i.order_id
JOIN partner p ON p.company_id = i.company_id AND p.id = i.partner_id
WHERE i.company_id = %(company)s AND i.id = %(id)s {SEEN}"""  # noqa: S608 - a constant
LINES = """
SELECT l.line, b.quantity, b.net, b.vat, b.gross, l.price, l.discount, l.vat_rate, g.sku, g.name, g.name2,
       u.name AS unit, u.name2 AS unit2
FROM invoice_line b
JOIN sales_line l ON l.company_id = b.company_id AND l.id = b.order_line_id
JOIN product g ON g.company_id = l.company_id AND g.id = l.product_id
JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
WHERE b.company_id = %(company)s AND b.invoice_id = %(id)s ORDER BY l.line"""


@dataclass(slots=True, frozen=True)
class BilledLine:
    """A row of LINES, and its unit."""

    row: Any
    unit: Named


@dataclass(slots=True, frozen=True)
class Bill:
    """An invoice with its lines."""

    head: Any
    lines: list[BilledLine]


def invoice_of(actor: Actor, invoice_id: uuid.UUID) -> Bill:
    """The invoice. Raises NotFound where the actor does not see its order."""
    head = actor.db.one(HEAD, company=actor.company_id, id=invoice_id, **sight(actor))
    if head is None:
        raise NotFound
    rows = actor.db.ask(LINES, company=actor.company_id, id=invoice_id)
    return Bill(head, [BilledLine(row, Named(row.unit, row.unit2)) for row in rows])
