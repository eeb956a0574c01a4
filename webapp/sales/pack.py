"""What of sales a phone carries: open orders and deliveries, what is to be picked, the form of an order."""

from collections.abc import Iterable, Mapping
from typing import Any

from webapp.kernel.i18n import N_
from webapp.kernel.register import PackPages, PackTable, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries.orders import SEEN, sight
from .states import READERS, SELLERS, STOREKEEPERS

ORDERS = f"""
SELECT o.id, json_build_array(o.id, o.number, o.wanted_on, o.partner_id, p.name, p.name2) AS cells
FROM sales_order o JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
WHERE o.company_id = %(company)s AND o.state IN ('draft', 'confirmed', 'picking', 'partly_shipped') {SEEN}
ORDER BY o.id DESC LIMIT 2000"""  # noqa: S608 - a constant
"""id, number, wanted on, customer, both names of the customer."""
DELIVERIES = f"""
SELECT v.id, json_build_array(v.id, v.number, v.day, v.partner_id, p.name, p.name2) AS cells
FROM delivery v JOIN sales_order o ON o.company_id = v.company_id AND o.id = v.order_id
JOIN partner p ON p.company_id = v.company_id AND p.id = v.partner_id
WHERE v.company_id = %(company)s AND v.state IN ('planned', 'picking', 'packed', 'shipped') {SEEN}
ORDER BY v.id DESC LIMIT 2000"""  # noqa: S608 - a constant
"""id, number, day, customer, both names of the customer."""
PRICES = """
SELECT p.id, json_build_array(p.id, paid.prices) AS cells
FROM (SELECT p.id, last.id AS last
      FROM (SELECT p.id FROM partner p WHERE p.company_id = %(company)s AND p.owner_id = %(user)s
            UNION SELECT o.partner_id FROM (SELECT partner_id FROM sales_order WHERE company_id = %(company)s
                                            AND rep_id = %(user)s ORDER BY id DESC LIMIT 1000) o) own
      JOIN partner p ON p.company_id = %(company)s AND p.id = own.id AND p.is_customer AND p.archived_at IS NULL
      CROSS JOIN LATERAL (SELECT o.id FROM sales_order o
                          WHERE o.company_id = p.company_id AND o.partner_id = p.id
                            AND o.prices_with_tax = %(with_tax)s AND o.state NOT IN ('draft', 'cancelled')
                          ORDER BY o.id DESC LIMIT 1) last
      ORDER BY last.id DESC LIMIT 500) p
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(l.product_id, trim_scale(l.price)::text, l.day)
                  ORDER BY l.order_id DESC, l.product_id) AS prices
  FROM (SELECT * FROM (SELECT DISTINCT ON (l.product_id) l.product_id, l.price, l.order_id, o.day
                       FROM (SELECT o.id, o.day FROM sales_order o
                             WHERE o.company_id = %(company)s AND o.partner_id = p.id
                               AND o.prices_with_tax = %(with_tax)s AND o.state NOT IN ('draft', 'cancelled')
                             ORDER BY o.id DESC LIMIT 30) o
                       JOIN sales_line l ON l.company_id = %(company)s AND l.order_id = o.id
                       ORDER BY l.product_id, l.order_id DESC, l.line DESC) l
        ORDER BY l.order_id DESC, l.product_id LIMIT 30) l) paid"""
"""customer, [[product, what they paid for one, on which day]]. A rep's own customers, those who bought last, and
of each what they bought last, as `queries/prices.py` finds it."""
OPEN = f"""
SELECT o.id, o.version, o.state,
  (SELECT t.id FROM timeline t WHERE t.company_id = o.company_id AND t.document_id = o.id
   ORDER BY t.id DESC LIMIT 1) AS last
FROM sales_order o JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
WHERE o.company_id = %(company)s AND o.state IN ('draft', 'confirmed', 'picking', 'partly_shipped')
  AND (o.rep_id = %(user)s OR p.owner_id = %(user)s) {SEEN}
ORDER BY o.id DESC LIMIT 20"""  # noqa: S608 - a constant
TO_PICK = """
SELECT v.id, v.version, (SELECT sum(x.picked) FROM delivery_line x
                         WHERE x.company_id = v.company_id AND x.delivery_id = v.id) AS picked
FROM delivery v WHERE v.company_id = %(company)s AND v.state IN ('planned', 'picking', 'packed')
ORDER BY v.day, v.id LIMIT 25"""


def _with_tax(actor: Actor) -> Mapping[str, Any]:
    return {"with_tax": actor.company.prices_with_tax}


def _of_reps(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("sales.offline_order"), "1"
    yield url_for("sales.orders"), ""
    for row in actor.db.ask(OPEN, company=actor.company_id, user=actor.user.id, **sight(actor)):
        yield url_for("sales.order", order_id=row.id), f"{row.version}.{row.state}.{row.last}"


def _of_storekeepers(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("sales.deliveries"), ""
    for row in actor.db.ask(TO_PICK, company=actor.company_id):
        stamp = f"{row.version}.{row.picked}"
        yield url_for("sales.picking", delivery_id=row.id), stamp
        yield url_for("sales.delivery", delivery_id=row.id), stamp


PACK = [
    PackTable("orders", "sales.order", N_("Orders"), READERS, ORDERS, params=sight),
    PackTable("deliveries", "sales.delivery", N_("Deliveries"), READERS, DELIVERIES, params=sight),
    PackTable("prices", "customer", N_("Customers with their prices"), SELLERS, PRICES, params=_with_tax),
]
PAGES = [PackPages(SELLERS, _of_reps), PackPages(roles("warehouse") & STOREKEEPERS, _of_storekeepers)]
