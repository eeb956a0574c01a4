"""Today: each role's cards in order of urgency, what one was told, and the first steps of an empty company."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.kernel.i18n import N_
from webapp.kernel.register import Card, registers
from webapp.kernel.wall import Actor

LATER = 20
"""Cards of this urgency and above can wait a little."""
SHOWN = 20
"""Cards shown at first; the rest is a tap away."""
NEWS = 5
"""News shown at most."""

UNSEEN = """
SELECT id, code, kind, document_id, params, at FROM notification
WHERE company_id = %(company)s AND user_id = %(user)s AND seen_at IS NULL ORDER BY id DESC LIMIT %(most)s"""

BEGUN = """
SELECT EXISTS (SELECT FROM product WHERE company_id = %(company)s) AS products,
       EXISTS (SELECT FROM move WHERE company_id = %(company)s) AS stock,
       EXISTS (SELECT FROM partner WHERE company_id = %(company)s AND is_customer) AS customers"""


@dataclass(slots=True, frozen=True)
class Today:
    """What waits for the actor."""

    now: list[Card]
    later: list[Card]
    count: int
    """How many things wait, shown or not."""

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.now) - len(self.later)


@dataclass(slots=True, frozen=True)
class News:
    """Something the actor was told and has not opened yet."""

    id: uuid.UUID
    code: str
    kind: str
    document_id: uuid.UUID
    params: dict[str, Any]
    at: datetime


@dataclass(slots=True, frozen=True)
class Step:
    """A first step of an empty company, and the page that takes it."""

    name: str
    title: str
    reason: str
    label: str
    icon: str
    endpoint: str


STEPS = (
    Step(
        "products",
        N_("Bring your products in"),
        N_("Type the first one, or bring in a list from a spreadsheet"),
        N_("Bring in"),
        icon="package",
        endpoint="catalog.new_product",
    ),
    Step(
        "stock",
        N_("Count the opening stock"),
        N_("What lies where today, with what it cost"),
        N_("Count stock"),
        icon="scan-line",
        endpoint="inventory.stock",
    ),
    Step(
        "customers",
        N_("Take in the first customer"),
        N_("A name is enough; the rest can follow"),
        N_("Take in"),
        icon="store",
        endpoint="partners.new_customer",
    ),
)


def today_of(actor: Actor, shown: int | None = SHOWN) -> Today:
    """The cards of the actor's role, the most urgent first, `shown` of them (all where None)."""
    cards = [card for source in registers.cards if actor.role in source.roles for card in source.cards(actor)]
    cards.sort(key=lambda card: card.urgency)  # stable: a source's own order stays
    seen = cards[:shown]
    now, later = [card for card in seen if card.urgency < LATER], [card for card in seen if card.urgency >= LATER]
    return Today(now, later, len(cards))


def news(actor: Actor) -> list[News]:
    """What the actor was told and has not opened, the newest first."""
    rows = actor.db.ask(UNSEEN, company=actor.company_id, user=actor.user.id, most=NEWS)
    return [News(*row) for row in rows]


def first_steps(actor: Actor) -> Sequence[Step]:
    """What an owner's new company still needs to begin; nothing for others, and nothing once all are taken.

    Inviting a colleague is identity's own card.
    """
    if actor.role not in ("owner", "manager") or actor.company.demo:
        return ()
    begun = actor.db.ask(BEGUN, company=actor.company_id)[0]
    return [step for step in STEPS if not getattr(begun, step.name)]
