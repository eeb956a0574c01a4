"""What a supplier's phone carries: what waits, and the pages of their own open orders and notices."""

from collections.abc import Iterable

from webapp.kernel.register import PackPages
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries import waiting_orders
from .views.blueprint import GUESTS, SUPPLIERS

LAST = """
SELECT DISTINCT ON (t.document_id) t.document_id, t.id FROM timeline t
WHERE t.company_id = %(company)s AND t.document_id = ANY(%(ids)s) ORDER BY t.document_id, t.id DESC"""
ON_THE_WAY = """
SELECT s.id, s.version, s.state FROM shipment s
WHERE s.company_id = %(company)s AND s.partner_id = %(partner)s AND s.state IN ('shipped', 'arrived', 'partly_received')
ORDER BY s.id DESC LIMIT 20"""


def _home(_actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("portal.home"), ""


def _of_suppliers(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("portal.orders"), ""
    waiting = waiting_orders(actor)
    found = actor.db.ask(LAST, company=actor.company_id, ids=[order.id for order in waiting])
    last = {row.document_id: str(row.id) for row in found}
    for order in waiting:
        yield url_for("portal.order", id=order.id), last.get(order.id, "")
        if order.to_ship:
            yield url_for("portal.new_shipment", id=order.id), last.get(order.id, "")
    for row in actor.db.ask(ON_THE_WAY, company=actor.company_id, partner=actor.partner_id):
        yield url_for("portal.shipment", id=row.id), f"{row.version}.{row.state}"


PAGES = [PackPages(GUESTS, _home), PackPages(SUPPLIERS, _of_suppliers)]
