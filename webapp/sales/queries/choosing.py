"""What one chooses from while taking an order: customers served lately, products with price and stock."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from webapp.inventory import Available, availability
from webapp.kernel.wall import Actor

from .prices import Price, prices_of

RECENT = """
SELECT p.id, p.code, p.name, p.name2, p.phone FROM partner p
JOIN (SELECT partner_id, max(created_at) AS last FROM (
        SELECT partner_id, created_at FROM sales_order o
        WHERE company_id = %(company)s AND (%(rep)s::uuid IS NULL OR rep_id = %(rep)s)
        ORDER BY id DESC LIMIT 200) o GROUP BY partner_id) o ON o.partner_id = p.id
WHERE p.company_id = %(company)s AND p.archived_at IS NULL
ORDER BY o.last DESC LIMIT 12"""
ANYONE = """
SELECT p.id, p.code, p.name, p.name2, p.phone FROM partner p
WHERE p.company_id = %(company)s AND p.is_customer AND p.archived_at IS NULL
ORDER BY p.sort_key, p.id LIMIT 12"""


@dataclass(slots=True, frozen=True)
class GoodsFound:
    """A product one may add: what this customer pays, and what is free."""

    id: uuid.UUID
    known: Price
    stock: Available


def recent_customers(actor: Actor) -> list[Any]:
    """Customers the actor took orders from lately, the last one first; where there are none, the first by name."""
    rep = actor.user.id if actor.role == "sales" else None
    return actor.db.ask(RECENT, company=actor.company_id, rep=rep) or actor.db.ask(ANYONE, company=actor.company_id)


def goods_found(actor: Actor, partner_id: uuid.UUID, product_ids: Sequence[uuid.UUID]) -> list[GoodsFound]:
    """These products in their order, with the customer's price and the stock."""
    if not product_ids:
        return []
    prices = prices_of(actor, partner_id, product_ids)
    stock = availability(actor, prices, incoming=False)
    return [GoodsFound(key, prices[key], stock[key]) for key in product_ids if key in prices]
