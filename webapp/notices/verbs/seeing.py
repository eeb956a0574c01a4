"""Having opened what a notice was about."""

import uuid
from collections.abc import Sequence

from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor

SEE = """
UPDATE notification SET seen_at = now()
WHERE company_id = %(company)s AND user_id = %(user)s AND id = ANY(%(ids)s) AND seen_at IS NULL"""


def see(actor: Actor, ids: Sequence[uuid.UUID]) -> Outcome:
    """The actor opened a notice: of their own notifications those of `ids` are seen. A second time does no harm."""
    actor.db.run(SEE, company=actor.company_id, user=actor.user.id, ids=list(ids))
    return Outcome()
