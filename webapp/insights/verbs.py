"""Having seen what one was told."""

import uuid
from dataclasses import dataclass

from webapp.kernel.wall import Actor

SEE = """
UPDATE notification SET seen_at = coalesce(seen_at, now())
WHERE company_id = %(company)s AND user_id = %(user)s AND id = %(id)s RETURNING kind, document_id"""
SEE_ALL = """
UPDATE notification SET seen_at = now()
WHERE company_id = %(company)s AND user_id = %(user)s AND seen_at IS NULL"""


@dataclass(slots=True, frozen=True)
class Seen:
    """What a notification was about."""

    kind: str
    document_id: uuid.UUID


def see(actor: Actor, notification_id: uuid.UUID) -> Seen | None:
    """Mark one of the actor's own notifications as seen; a second time does no harm. None where it is not theirs."""
    row = actor.db.one(SEE, company=actor.company_id, user=actor.user.id, id=notification_id)
    return Seen(row.kind, row.document_id) if row else None


def see_all(actor: Actor) -> None:
    """Mark all that the actor was told as seen."""
    actor.db.run(SEE_ALL, company=actor.company_id, user=actor.user.id)
