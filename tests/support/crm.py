"""Follow-ups for tests, and days that pass."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.crm.models import FollowUp
from webapp.crm.queries import due_today
from webapp.kernel import timeline
from webapp.kernel.perform import Operation, Outcome, perform
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .world import look

T = TypeVar("T")


def act_on(day: date, actor: Actor, work: Callable[[Actor], T]) -> T:
    """Let `actor` do `work` as something that was done on `day` (a day gone by, as a phone sends it)."""
    returned: list[T] = []

    def once(acting: Actor) -> Outcome:
        returned.append(work(acting))
        return Outcome()

    noon = datetime.combine(day, time(12), ZoneInfo(actor.company.time_zone))
    perform(Operation(actor, new_id(), "test", "test", done_at=noon), once)
    return returned[-1]


def ships(
    actor: Actor, partner_id: UUID, *, rep_id: UUID | None = None, day: date, delivery_id: UUID | None = None
) -> None:
    """What sales says when goods go out: no delivery is needed for a rule to hear it."""
    facts: dict[str, Any] = {"rep_id": rep_id, "day": day}
    timeline.record(
        actor,
        "sales.delivery.shipped",
        "delivery",
        delivery_id or new_id(),
        partner_id=partner_id,
        facts=facts,
        number="DN-2611-0001",
        order="SO-2611-0001",
    )


def due(actor: Actor, on: date, rep_id: UUID | None = None) -> list[UUID]:
    """The customers with whom a follow-up is due on a day, of a rep or of all."""
    return look(actor, lambda a: [row.whom_id for row in due_today(a, rep_id, on=on)])


def waiting(actor: Actor, partner_id: UUID) -> list[FollowUp]:
    """The follow-ups that wait with a customer."""
    from webapp.crm import follow_ups_of

    def ask(a: Actor) -> list[FollowUp]:
        found = follow_ups_of(a).open_with(partner_id)
        for follow_up in found:
            a.session.expunge(follow_up)
        return found

    return look(actor, ask)
