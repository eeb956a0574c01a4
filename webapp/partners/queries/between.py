"""What there was between the company and a partner, off the timeline."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_

from webapp.identity.models import User
from webapp.kernel.models import TimelineEntry
from webapp.kernel.wall import Actor

MOST = 30


@dataclass(slots=True, frozen=True)
class Happened:
    """One entry: what, to which document, when and by whom."""

    id: uuid.UUID
    at: datetime
    code: str
    kind: str
    document_id: uuid.UUID
    params: dict[str, Any]
    by: str | None


def between_us(
    actor: Actor,
    partner_id: uuid.UUID,
    *,
    before: uuid.UUID | None = None,
    most: int = MOST,
    without: Sequence[str] = (),
) -> list[Happened]:
    """The newest entries about a partner (those before entry `before`), without those of the codes `without`."""
    statement = (
        select(
            *(TimelineEntry.id, TimelineEntry.at, TimelineEntry.code, TimelineEntry.kind),
            *(TimelineEntry.document_id, TimelineEntry.params, User.name),
        )
        .outerjoin(User, User.id == TimelineEntry.user_id)
        .where(TimelineEntry.partner_id == partner_id)
        .order_by(TimelineEntry.id.desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(tuple_(TimelineEntry.id) < tuple_(before))
    if without:
        statement = statement.where(TimelineEntry.code.not_in(list(without)))
    return [Happened(*row) for row in actor.session.execute(statement)]


def last_change(actor: Actor, partner_id: uuid.UUID) -> Happened | None:
    """Who changed a partner last."""
    return _last(actor, TimelineEntry.document_id == partner_id)


def removal_of(actor: Actor, partner_id: uuid.UUID, part_id: uuid.UUID) -> Happened | None:
    """Who took a person or an address of the partner off the list; None where nobody did."""
    removed = TimelineEntry.params["removed"].astext == str(part_id)
    return _last(actor, TimelineEntry.document_id == partner_id, removed)


def _last(actor: Actor, *conditions: ColumnElement[bool]) -> Happened | None:
    statement = (
        select(
            *(TimelineEntry.id, TimelineEntry.at, TimelineEntry.code, TimelineEntry.kind),
            *(TimelineEntry.document_id, TimelineEntry.params, User.name),
        )
        .outerjoin(User, User.id == TimelineEntry.user_id)
        .where(*conditions)
        .order_by(TimelineEntry.id.desc())
        .limit(1)
    )
    row = actor.session.execute(statement).first()
    return Happened(*row) if row else None
