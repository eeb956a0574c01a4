"""Search over all kinds that the actor's role may find: one query for the terms, one a kind for the rows."""

import uuid
from dataclasses import dataclass

from webapp.kernel import search
from webapp.kernel.register import Found, registers
from webapp.kernel.wall import Actor

MOST = 40
A_KIND = 12


@dataclass(slots=True, frozen=True)
class Group:
    """What was found of one kind, nearest first."""

    kind: str
    title: str
    rows: list[Found]


def search_all(actor: Actor, text: str, most: int = MOST) -> list[Group]:
    """What `text` finds, by kind; the kind with the nearest hit comes first."""
    kinds = {kind: offer for kind, offer in registers.search.items() if actor.role in offer.roles}
    ids: dict[str, list[uuid.UUID]] = {}
    for kind, key in search.find(actor, text, list(kinds), most) if kinds else ():
        ids.setdefault(kind, []).append(key)
    groups = []
    for kind, keys in ids.items():
        rows = list(kinds[kind].rows(actor, keys[:A_KIND]))
        if rows:
            groups.append(Group(kind, kinds[kind].title, rows))
    return groups
