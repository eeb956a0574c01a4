"""Where a supplier's or customer's person begins: what waits for them, and what they were told."""

from flask import g

from webapp.kernel.register import Card, registers
from webapp.kernel.web import allow, page
from webapp.portal.queries import news

from .blueprint import GUESTS, SUPPLIERS, blueprint


@blueprint.get("/c/<company>/portal")
@allow(GUESTS)
def home() -> str:
    """What waits, the most urgent first."""
    return page("portal/home.html", cards=_cards(), news=news(g.actor), is_supplier=g.actor.role in SUPPLIERS)


def _cards() -> list[Card]:
    sources = [source for source in registers.cards if g.actor.role in source.roles]
    return sorted((card for source in sources for card in source.cards(g.actor)), key=lambda card: card.urgency)
