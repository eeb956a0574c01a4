"""What of the stock a phone carries: places, and what lies in them lot by lot; never what it is worth."""

from collections.abc import Iterable

from webapp.kernel.i18n import N_
from webapp.kernel.register import ALL_INTERNAL, PackPages, PackTable, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .verbs.places import LOCATION

LOCATIONS = """
SELECT l.id, json_build_array(l.id, l.code, l.kind, w.name, w.name2) AS cells
FROM location l JOIN warehouse w ON w.company_id = l.company_id AND w.id = l.warehouse_id
WHERE l.company_id = %(company)s AND l.archived_at IS NULL"""
"""id, code, kind, both names of the warehouse."""
STOCK = """
SELECT lying.product_id AS id, json_build_array(lying.product_id,
  json_agg(json_build_array(lying.lot_id, lot.code, lot.expires_on, lying.places)
           ORDER BY lot.expires_on NULLS LAST, lot.id)) AS cells
FROM (SELECT b.product_id, b.lot_id, json_agg(json_build_array(l.code, trim_scale(b.quantity)::text,
                                                               trim_scale(b.reserved)::text) ORDER BY l.code) AS places
      FROM balance b JOIN location l ON l.company_id = b.company_id AND l.id = b.location_id
      WHERE b.company_id = %(company)s AND b.quantity <> 0
      GROUP BY b.product_id, b.lot_id) lying
JOIN lot ON lot.company_id = %(company)s AND lot.id = lying.lot_id
GROUP BY lying.product_id"""
"""product, [[lot id, lot, expires on, [[location's code, quantity, reserved]]]]."""


def _card(_actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("inventory.product_card"), "1"
    yield url_for("inventory.offline_scan"), "1"


def _pages(_actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("inventory.stock"), ""


PACK = [
    PackTable("locations", LOCATION, N_("Locations"), ALL_INTERNAL, LOCATIONS),
    PackTable("stock", "catalog.product", N_("Products in stock"), ALL_INTERNAL, STOCK, bits=10),
]
PAGES = [PackPages(ALL_INTERNAL, _card), PackPages(roles("warehouse"), _pages)]
