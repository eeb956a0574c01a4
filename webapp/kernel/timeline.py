"""The timeline: who did what to which document. Rows hold codes; the words are made when shown.

Higher packages subscribe by `on(code)`; they run in the same transaction, insert rows of their own or enqueue a
job, and lock nothing below.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blinker import Namespace

from .types import new_id
from .wall import Actor

_signals = Namespace()

RECORD = """
INSERT INTO timeline (company_id, id, at, user_id, op_id, code, kind, document_id, partner_id, params)
VALUES (%(company)s, %(id)s, coalesce(%(at)s, now()), %(user)s, %(op)s, %(code)s, %(kind)s, %(document)s, %(partner)s,
        %(params)s)"""


@dataclass(slots=True, frozen=True)
class Event:
    """Something that happened to a document."""

    id: uuid.UUID
    code: str
    kind: str
    document_id: uuid.UUID
    partner_id: uuid.UUID | None
    params: dict[str, Any]
    facts: dict[str, Any]
    """What subscribers may need and the row does not keep."""


def record(
    actor: Actor,
    code: str,
    kind: str,
    document_id: uuid.UUID,
    *,
    partner_id: uuid.UUID | None = None,
    facts: dict[str, Any] | None = None,
    **params: Any,
) -> Event:
    """Write that `code` (such as `sales.order.confirmed`) happened, and tell subscribers. Params must be JSON."""
    event = Event(new_id(), code, kind, document_id, partner_id, params, facts or {})
    actor.db.run(
        RECORD,
        company=actor.company_id,
        id=event.id,
        at=actor.done_at,
        user=actor.user.id,
        op=actor.op_id,
        code=code,
        kind=kind,
        document=document_id,
        partner=partner_id,
        params=params,
    )
    _signals.signal(code).send(actor, event=event)
    return event


def on(code: str) -> Callable[[Callable[[Actor, Event], None]], Callable[[Actor, Event], None]]:
    """Subscribe a function `(actor, event)` to a code."""

    def subscribe(function: Callable[[Actor, Event], None]) -> Callable[[Actor, Event], None]:
        def receive(sender: Actor, event: Event) -> None:
            function(sender, event)

        _signals.signal(code).connect(receive, weak=False)
        return function

    return subscribe
