"""How long goods must still keep for a customer: the rule, and what of a delivery someone said yes to.

`static/src/js/flow/shelf.js` has the same rule for a phone without a network; one table of cases proves both.
"""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from webapp.kernel.wall import Actor

AGREED = """
SELECT name FROM step WHERE company_id = %(company)s AND document_id = %(delivery)s AND name = ANY(%(names)s)"""


class Dated(Protocol):
    """Goods of a lot that may expire."""

    @property
    def lot_id(self) -> uuid.UUID: ...
    @property
    def lot_code(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def least_days(self) -> int: ...


def judged(goods: Dated, day: date) -> str:
    """Whether they may go on `day`: `stops` past the last day, `asks` with less than a customer gets, else `goes`."""
    if goods.expires_on is None:
        return "goes"
    left = (goods.expires_on - day).days
    if left < 0:
        return "stops"
    return "asks" if left < goods.least_days else "goes"


def agreed(actor: Actor, delivery_id: uuid.UUID, lots: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the lots that may go with the delivery though they keep for less: someone said so."""
    if not lots:
        return []
    names = {step_of(lot): lot for lot in lots}
    rows = actor.db.ask(AGREED, company=actor.company_id, delivery=delivery_id, names=list(names))
    return [names[row.name] for row in rows]


def step_of(lot_id: uuid.UUID) -> str:
    """The step of a delivery by which someone said yes to a lot."""
    return f"short_life:{lot_id}"
