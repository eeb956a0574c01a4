"""What of customers and suppliers a phone carries: how one finds, calls and visits them."""

from typing import Any

from webapp.kernel import search
from webapp.kernel.i18n import N_
from webapp.kernel.register import PackTable

from .views.blueprint import CUSTOMER_READERS, SUPPLIER_READERS

FIRMS = """
SELECT p.id, json_build_array(p.id, p.code, p.name, p.name2, p.phone, p.region, p.payment_days,
  (SELECT json_agg(json_build_array(c.name, c.title, c.phone) ORDER BY c.main DESC, c.id)
   FROM contact c WHERE c.company_id = p.company_id AND c.partner_id = p.id),
  (SELECT json_agg(json_build_array(a.text, a.city) ORDER BY a.main DESC, a.id)
   FROM address a WHERE a.company_id = p.company_id AND a.partner_id = p.id)) AS cells
FROM partner p WHERE p.company_id = %(company)s AND p.archived_at IS NULL AND p."""
"""id, code, both names, phone, region, days to pay, [[name, title, phone]], [[address, city]]."""


def _with_initials(cells: list[Any]) -> list[Any]:
    people = [search.initials(name) for name, _title, _phone in cells[7] or ()]
    return [*cells, " ".join(filter(None, [search.initials(cells[2]), *people]))]


PACK = [
    PackTable(
        "customers",
        "customer",
        N_("Customers"),
        CUSTOMER_READERS,
        FIRMS + "is_customer",
        _with_initials,
        card="crm.customer_card",
        bits=10,
    ),
    PackTable("suppliers", "supplier", N_("Suppliers"), SUPPLIER_READERS, FIRMS + "is_supplier", _with_initials),
]
