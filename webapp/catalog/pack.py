"""What of the catalogue a phone carries: products with their codes, findable by initials."""

from typing import Any

from webapp.kernel import search
from webapp.kernel.i18n import N_
from webapp.kernel.register import ALL_INTERNAL, PackTable

PRODUCTS = """
SELECT p.id, json_build_array(p.id, p.sku, p.name, p.name2, u.name, u.name2, trim_scale(p.price)::text,
  p.keeps_lots::int, (SELECT json_agg(json_build_array(b.code, trim_scale(b.factor)::text) ORDER BY b.factor, b.code)
                      FROM barcode b WHERE b.company_id = p.company_id AND b.product_id = p.id)) AS cells
FROM product p JOIN unit u ON u.company_id = p.company_id AND u.id = p.unit_id
WHERE p.company_id = %(company)s AND p.archived_at IS NULL"""
"""id, sku, both names, both names of the unit, list price, whether it keeps lots, [[code, factor]]."""


def _with_initials(cells: list[Any]) -> list[Any]:
    return [*cells, search.initials(cells[2])]


PACK = [
    PackTable(
        "products",
        "catalog.product",
        N_("Products"),
        ALL_INTERNAL,
        PRODUCTS,
        _with_initials,
        card="inventory.product_card",
        bits=10,
    )
]
