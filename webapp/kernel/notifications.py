"""Tell a person: written in the verb's own transaction, worded when shown."""

import uuid
from collections.abc import Iterable

from .register import registers
from .types import new_id
from .wall import Actor

TELL = """
INSERT INTO notification (company_id, id, user_id, code, kind, document_id, params)
SELECT %(company)s, n.id, n.user_id, %(code)s, %(kind)s, %(document)s, %(params)s
FROM unnest(%(ids)s::uuid[], %(users)s::uuid[]) AS n(id, user_id)"""
SEEN = """
UPDATE notification SET seen_at = now()
WHERE company_id = %(company)s AND user_id = %(user)s AND document_id = %(document)s AND seen_at IS NULL"""


def tell(
    actor: Actor, users: Iterable[uuid.UUID], code: str, kind: str, document_id: uuid.UUID, **params: object
) -> None:
    """Notify `users` of `code` about a document. Whoever acts is not told of their own act."""
    _write(actor, [user for user in dict.fromkeys(users) if user != actor.user.id], code, kind, document_id, params)


def remind(
    actor: Actor, users: Iterable[uuid.UUID], code: str, kind: str, document_id: uuid.UUID, **params: object
) -> None:
    """Notify `users` of what the clock brought about: nobody acted, so all of them are told."""
    _write(actor, list(dict.fromkeys(users)), code, kind, document_id, params)


def _write(
    actor: Actor, users: list[uuid.UUID], code: str, kind: str, document_id: uuid.UUID, params: dict[str, object]
) -> None:
    if not users:
        return
    actor.db.run(
        TELL,
        company=actor.company_id,
        ids=[new_id() for _ in users],
        users=users,
        code=code,
        kind=kind,
        document=document_id,
        params=params,
    )
    for hear in registers.heard:
        hear(actor, users, code)


def seen(actor: Actor, document_id: uuid.UUID) -> None:
    """What the actor was told about a document has been seen."""
    actor.db.run(SEEN, company=actor.company_id, user=actor.user.id, document=document_id)
