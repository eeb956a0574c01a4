"""What a customer pays: their last price for a product, else the list's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

from .named import Named

CUSTOMER = """
SELECT p.id, p.name, p.name2, p.owner_id, p.payment_days, p.credit_limit
FROM partner p
WHERE p.company_id = %(company)s AND p.id = %(id)s AND p.is_customer AND p.archived_at IS NULL
  AND (%(partner)s::uuid IS NULL OR p.id = %(partner)s)"""
PRICES = """
SELECT g.id, g.name, g.name2, g.sku, u.name AS unit, u.name2 AS unit2, g.vat_rate, g.price AS list_price,
       last.price AS last_price, last.day AS last_day
FROM product g
JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
LEFT JOIN LATERAL (
  SELECT l.price, o.day FROM sales_line l
  JOIN sales_order o ON o.company_id = l.company_id AND o.id = l.order_id
  WHERE l.company_id = g.company_id AND l.product_id = g.id AND o.partner_id = %(partner)s
    AND o.prices_with_tax = %(with_tax)s AND o.state NOT IN ('draft', 'cancelled')
  ORDER BY o.id DESC, l.line DESC LIMIT 1
) last ON true
WHERE g.company_id = %(company)s AND g.id = ANY(%(products)s) AND g.archived_at IS NULL"""


@dataclass(slots=True, frozen=True)
class Price:
    """A product with what this customer pays for one unit; `last_day` is when they last paid it, if they did."""

    product_id: uuid.UUID
    product: Named
    sku: str
    unit: Named
    price: Decimal
    list_price: Decimal
    vat_rate: Decimal
    last_day: Any


def customer_of(actor: Actor, partner_id: uuid.UUID) -> Any:
    """A living customer the actor may see. Raises NotFound."""
    row = actor.db.one(CUSTOMER, company=actor.company_id, id=partner_id, partner=actor.partner_id)
    if row is None:
        raise NotFound
    return row


def prices_of(actor: Actor, partner_id: uuid.UUID, product_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Price]:
    """The customer's prices, by product, with tax where the company's are; products not there are left out."""
    rows = actor.db.ask(
        PRICES,
        company=actor.company_id,
        partner=partner_id,
        with_tax=actor.company.prices_with_tax,
        products=list(dict.fromkeys(product_ids)),
    )
    return {
        row.id: Price(
            row.id,
            Named(row.name, row.name2),
            row.sku,
            Named(row.unit, row.unit2),
            row.list_price if row.last_price is None else row.last_price,
            row.list_price,
            row.vat_rate,
            row.last_day,
        )
        for row in rows
    }
