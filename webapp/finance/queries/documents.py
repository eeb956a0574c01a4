"""What vouchers come from, as people call it: asked of the packages that keep the documents."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from webapp.kernel.i18n import words
from webapp.kernel.register import Found, registers
from webapp.kernel.wall import Actor


@dataclass(slots=True, frozen=True)
class Source:
    """A voucher's source document: its kind in words, its number, where it is."""

    title: str
    number: str
    icon: str
    href: str | None


def sources(actor: Actor, vouchers: Iterable[Any]) -> dict[uuid.UUID, Source]:
    """The source document of each voucher, by the document's id: one query a kind."""
    kinds: dict[str, set[uuid.UUID]] = defaultdict(set)
    for voucher in vouchers:
        kinds[voucher.kind].add(voucher.document_id)
    found: dict[uuid.UUID, Source] = {}
    for kind, ids in kinds.items():
        found |= _named(actor, kind, sorted(ids))
    return found


def _named(actor: Actor, kind: str, ids: list[uuid.UUID]) -> dict[uuid.UUID, Source]:
    document = registers.documents.get(kind)
    if document is None:
        return {}
    names = document.identify(actor, ids) if document.identify else {}
    title = words(document.title)
    return {
        key: Source(title, names.get(key, ""), document.icon, document.link(key) if document.link else None)
        for key in ids
        if document.identify is None or key in names
    }


def rests_on(actor: Actor, kind: str, document_id: uuid.UUID) -> list[Found]:
    """What the document itself rests on, nearest first: its order, its scans."""
    return [found for ask in registers.origins.get(kind, ()) for found in ask(actor, document_id)]
