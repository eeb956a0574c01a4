"""What one may find in the catalogue on a phone."""

from dataclasses import dataclass

from webapp.kernel.i18n import _
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor

from .pack import tables_of

NOT_FOUND_BY_NAME = {"stock", "follow_ups"}


@dataclass(slots=True, frozen=True)
class Kind:
    """A kind of row: what it is called, and the endpoint of the card that stands in for its page."""

    kind: str
    title: str
    icon: str
    card: str


def kinds_of(actor: Actor) -> list[Kind]:
    """What the actor's phone finds without a network, in the reader's words."""
    return [
        Kind(table.kind, _(table.title), registers.documents[table.kind].icon, table.card)
        for table in tables_of(actor)
        if table.name not in NOT_FOUND_BY_NAME
    ]
