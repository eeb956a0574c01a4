"""Planning: what is missing becomes one open proposal a product, with the figures it came from."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from webapp.kernel import calendar
from webapp.kernel.settings import setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.planning.net import Net, Offer, best_of, lot_size, net_of
from webapp.planning.queries import Planned, positions, to_plan
from webapp.purchasing import Source, sources_of

MOST_DOCUMENTS = 5
"""Documents a proposal names; the rest is counted."""

# One plans a product at a time, and then sees what the other's demands were: else whoever is last writes too little.
HOLD = "SELECT 1 FROM product WHERE company_id = %(company)s AND id = ANY(%(products)s) ORDER BY id FOR NO KEY UPDATE"
# A buyer who dismissed as much within a week is not asked again.
KEEP = """
INSERT INTO proposal AS p (company_id, id, product_id, partner_id, quantity, price, wanted_on, why, state)
SELECT %(company)s, n.id, n.product_id, n.partner_id, n.quantity, n.price, n.wanted_on, n.why, 'open'
FROM unnest(%(ids)s::uuid[], %(products)s::uuid[], %(partners)s::uuid[], %(quantities)s::numeric[],
  %(prices)s::numeric[], %(days)s::date[], %(whys)s::jsonb[])
  AS n(id, product_id, partner_id, quantity, price, wanted_on, why)
WHERE NOT EXISTS (SELECT FROM proposal d WHERE d.company_id = %(company)s AND d.product_id = n.product_id
  AND d.state = 'dismissed' AND d.decided_at > now() - interval '7 days' AND d.quantity >= n.quantity)
ORDER BY n.product_id
ON CONFLICT (company_id, product_id) WHERE state = 'open' DO UPDATE SET partner_id = excluded.partner_id,
  quantity = excluded.quantity, price = excluded.price, wanted_on = excluded.wanted_on, why = excluded.why
RETURNING id, partner_id"""
GONE = """
UPDATE proposal SET state = 'gone', decided_at = now()
WHERE company_id = %(company)s AND state = 'open' AND product_id = ANY(%(products)s)
  AND NOT product_id = ANY(%(missing)s)"""


@dataclass(slots=True, frozen=True)
class _Wish:
    """What a proposal will say."""

    product_id: uuid.UUID
    source: Source | None
    quantity: Decimal
    wanted_on: date
    why: dict[str, Any]


def plan(actor: Actor, product_ids: Iterable[uuid.UUID] | None = None) -> list[uuid.UUID]:
    """Compare what is wanted with what is there and coming, for these products or all, and propose what to buy.

    Net requirement = demand waiting + the level to keep − free − incoming. The best approved supplier is the cheapest
    who, by lead time and record, is in time; else the soonest. Quantities are raised to the supplier's lot. A product
    has one open proposal, which planning again updates; one no longer needed goes. Where the company's policy says so,
    orders are sent at once. Returns the open proposals' ids.
    """
    ids = sorted(set(product_ids)) if product_ids is not None else to_plan(actor)
    if not ids:
        return []
    actor.db.run(HOLD, company=actor.company_id, products=ids)
    today = calendar.today(actor)
    planned = [(each, net) for each in positions(actor, ids) if (net := net_of(each.position, today)) is not None]
    sources = sources_of(actor, [each.product.id for each, _net in planned])
    wishes = [_wish(each, net, sources.get(each.product.id, []), today) for each, net in planned]
    actor.db.run(GONE, company=actor.company_id, products=ids, missing=[each.product.id for each, _net in planned])
    kept = _keep(actor, wishes)
    if setting(actor, "planning.send_automatically"):
        from .ordering import order_proposals

        sendable = [row.id for row in kept if row.partner_id]
        if sendable:
            order_proposals(actor, sendable, automatic=True)
    return [row.id for row in kept]


def _keep(actor: Actor, wishes: Sequence[_Wish]) -> list[Any]:
    if not wishes:
        return []
    return actor.db.ask(
        KEEP,
        company=actor.company_id,
        ids=[new_id() for _ in wishes],
        products=[wish.product_id for wish in wishes],
        partners=[wish.source.partner_id if wish.source else None for wish in wishes],
        quantities=[wish.quantity for wish in wishes],
        prices=[wish.source.price if wish.source else None for wish in wishes],
        days=[wish.wanted_on for wish in wishes],
        whys=[Jsonb(wish.why) for wish in wishes],
    )


def _wish(each: Planned, net: Net, sources: Sequence[Source], today: date) -> _Wish:
    source = _best(sources, today, net.wanted_on)
    quantity = lot_size(net.quantity, source.least, source.multiple) if source else net.quantity
    return _Wish(each.product.id, source, quantity, net.wanted_on, _why(each, net, source, len(sources)))


def _best(sources: Sequence[Source], today: date, wanted_on: date) -> Source | None:
    if not sources:
        return None
    offers = [Offer(source.price, source.lead_days, source.days_late) for source in sources]
    return sources[best_of(offers, today, wanted_on)]


def _why(each: Planned, net: Net, source: Source | None, offers: int) -> dict[str, Any]:
    """The figures behind a proposal, as JSON: quantities as text, documents by kind and id."""
    documents = list(dict.fromkeys((one.kind, str(one.document_id)) for one in each.waiting))
    why: dict[str, Any] = {
        "missing": _text(net.quantity),
        "demand": _text(net.demand),
        "free": _text(each.position.free),
        "coming": _text(net.coming),
        "keep": _text(max(each.position.safety_stock, each.position.reorder_point)),
        "for": [{"kind": kind, "id": key} for kind, key in documents[:MOST_DOCUMENTS]],
        "more": max(len(documents) - MOST_DOCUMENTS, 0),
        "offers": offers,
    }
    if source:
        why |= {"lead_days": source.lead_days, "days_late": source.days_late}
    return why


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"
