"""Claiming what is to go out, and noting how it went: a notice goes one way at most once."""

import uuid
from collections.abc import Sequence

from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.notices.sending import Result

ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))"
CLAIM = """
INSERT INTO notice_delivery AS d (company_id, notification_id, channel, target_id, message_id, state, tries)
SELECT %(company)s, n.id, %(channel)s, %(target)s, %(message)s, 'sending', 1 FROM unnest(%(ids)s::uuid[]) AS n(id)
ON CONFLICT (company_id, notification_id, channel, target_id) DO UPDATE
SET state = 'sending', tries = d.tries + 1, message_id = excluded.message_id, at = now() WHERE d.state = 'waiting'
RETURNING notification_id"""
NOTE = """
UPDATE notice_delivery SET state = %(state)s, at = now()
WHERE company_id = %(company)s AND target_id = %(target)s AND message_id = %(message)s AND state = 'sending'
  AND notification_id = ANY(%(ids)s)"""
GIVE_UP = """
UPDATE notice_delivery SET state = 'failed'
WHERE company_id = %(company)s AND target_id = %(target)s AND state = 'waiting' AND tries >= %(most)s"""


def alone(actor: Actor, name: str) -> None:
    """Until this transaction ends, nobody else claims for the same person or group."""
    actor.db.ask(ALONE, name=f"notices:{actor.company_id}:{name}")


def claim(
    actor: Actor, channel: str, target_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """Take notices for one message. Returns its id, and those that nobody else took or sent."""
    message_id = new_id()
    rows = actor.db.ask(
        CLAIM, company=actor.company_id, channel=channel, target=target_id, message=message_id, ids=list(ids)
    )
    return message_id, [row.notification_id for row in rows]


def note(actor: Actor, target_id: uuid.UUID, message_id: uuid.UUID, ids: Sequence[uuid.UUID], result: Result) -> None:
    """Write down how it went; what nobody will ever take is failed."""
    state = "failed" if result.state == "gone" else result.state
    actor.db.run(NOTE, company=actor.company_id, target=target_id, message=message_id, ids=list(ids), state=state)


def give_up(actor: Actor, target_id: uuid.UUID, most: int) -> None:
    """What was tried so often is not tried again."""
    actor.db.run(GIVE_UP, company=actor.company_id, target=target_id, most=most)
