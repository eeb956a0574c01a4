"""What of buying a phone carries: what is expected at the dock; a supplier's own orders and notices. No prices."""

from collections.abc import Iterable

from webapp.kernel.i18n import N_
from webapp.kernel.register import PackPages, PackTable
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .states import SUPPLIER
from .views.blueprint import DOCK, DOCK_READERS, READERS

ORDERS = """
SELECT o.id, json_build_array(o.id, o.number, o.wanted_on, o.partner_id, p.name, p.name2) AS cells
FROM purchase_order o JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
WHERE o.company_id = %(company)s AND (%(partner)s::uuid IS NULL OR o.partner_id = %(partner)s)
  AND (%(role)s <> 'supplier' OR o.state <> 'draft' AND o.answer_by IS NOT NULL)
  AND o.state NOT IN ('received', 'closed', 'cancelled')
ORDER BY o.id DESC LIMIT 2000"""
"""id, number, wanted on, supplier, both names of the supplier."""
SHIPMENTS = """
SELECT s.id, json_build_array(s.id, s.number, s.expected_on, s.partner_id, p.name, p.name2,
  (SELECT json_agg(x.sscc ORDER BY x.sscc) FROM pallet x
   WHERE x.company_id = s.company_id AND x.shipment_id = s.id)) AS cells
FROM shipment s JOIN partner p ON p.company_id = s.company_id AND p.id = s.partner_id
WHERE s.company_id = %(company)s AND (%(partner)s::uuid IS NULL OR s.partner_id = %(partner)s)
  AND s.state IN ('shipped', 'arrived', 'partly_received')
ORDER BY s.id DESC LIMIT 2000"""
"""id, number, expected on, supplier, both names of the supplier, the numbers of its pallets."""
EXPECTED = """
SELECT s.id, s.version, s.state,
  (SELECT sum(x.received + x.damaged + x.missing) FROM shipment_line x
   WHERE x.company_id = s.company_id AND x.shipment_id = s.id) AS counted
FROM shipment s WHERE s.company_id = %(company)s AND s.state IN ('shipped', 'arrived', 'partly_received')
ORDER BY s.expected_on, s.id LIMIT 20"""


def _at_the_dock(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("purchasing.shipments"), ""
    for row in actor.db.ask(EXPECTED, company=actor.company_id):
        stamp = f"{row.version}.{row.state}.{row.counted}"
        yield url_for("purchasing.receive_shipment", id=row.id), stamp
        yield url_for("purchasing.shipment", id=row.id), stamp


PACK = [
    PackTable("purchases", "purchasing.order", N_("Purchase orders"), READERS | SUPPLIER, ORDERS),
    PackTable("shipments", "purchasing.shipment", N_("Shipments"), DOCK_READERS | SUPPLIER, SHIPMENTS),
]
PAGES = [PackPages(DOCK, _at_the_dock)]
