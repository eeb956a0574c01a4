"""Where a supplier's or customer's person begins: what waits for them, and what they were told."""

from flask import g, request

from webapp.kernel.i18n import _n
from webapp.kernel.register import Card, registers
from webapp.kernel.web import allow, page
from webapp.portal.queries import news

from . import buying
from .blueprint import GUESTS, SUPPLIERS, blueprint


@blueprint.get("/c/<company>/portal")
@allow(GUESTS)
def home() -> str:
    """What waits, the most urgent first."""
    cards, is_supplier = _cards(), g.actor.role in SUPPLIERS
    shown = {} if is_supplier else buying.listed(request.args.get("after"))
    waiting = len(cards) if is_supplier else sum(not row["done"] for row in shown["bought"])
    if is_supplier:
        words = _n("%(num)s thing", "%(num)s things", waiting)
    else:
        words = _n("%(num)s order to come", "%(num)s orders to come", waiting)
    waits = words if waiting else None
    return page("portal/home.html", cards=cards, news=news(g.actor), is_supplier=is_supplier, waits=waits, **shown)


def _cards() -> list[Card]:
    sources = [source for source in registers.cards if g.actor.role in source.roles]
    return sorted((card for source in sources for card in source.cards(g.actor)), key=lambda card: card.urgency)
