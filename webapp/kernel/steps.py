"""What someone brought a document to is a row, not a flag: who, when and with which operation come free.

A step happens once (its key says so): of two people confirming one order, one wins and the other is told.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from .i18n import N_
from .refusals import Refused
from .wall import Actor

TAKE = """
INSERT INTO step (company_id, document_id, name, at, user_id, op_id)
VALUES (%(company)s, %(document)s, %(name)s, coalesce(%(at)s, now()), %(user)s, %(op)s)"""


@dataclass(slots=True, frozen=True)
class Transition:
    """A verb allowed in some states: the buttons of a page, the check of a route and docs/states.md come from it.

    `to` is where it leads, `roles` who may.
    """

    verb: str
    of: frozenset[str]
    to: str
    roles: frozenset[str]
    label: str


class States:
    """The states of one kind of document and what may be done in each."""

    def __init__(self, words: Mapping[str, str], *transitions: Transition) -> None:
        self.words = words
        self.transitions = {transition.verb: transition for transition in transitions}

    def allowed(self, state: str, role: str) -> list[Transition]:
        """What `role` may do to a document in `state`, in the table's order."""
        return [t for t in self.transitions.values() if state in t.of and role in t.roles]

    def check(self, verb: str, state: str) -> str:
        """The state `verb` leads to. Refused where it is not allowed in `state`."""
        transition = self.transitions[verb]
        if state not in transition.of:
            raise Refused(
                "state",
                N_("Someone has changed this already: it is now “%(state_word)s”. Open it again."),
                state_word=self.words.get(state, state),
            )
        return transition.to


def take(actor: Actor, document_id: uuid.UUID, name: str) -> None:
    """Write that the document was brought to `name`; a second one is refused by the key."""
    actor.db.run(
        TAKE,
        company=actor.company_id,
        document=document_id,
        name=name,
        at=actor.done_at,
        user=actor.user.id,
        op=actor.op_id,
    )
