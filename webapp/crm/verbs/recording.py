"""What is written when one has called or visited: it is done, what came of it, and what is next."""

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select, update

from webapp.crm.cadences import AGAIN, HOWS, MET
from webapp.crm.models import FollowUp, Lead
from webapp.crm.states import LEAD
from webapp.kernel import calendar, notifications, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner

from .checks import check_day
from .leads import touch

SHOWN = 160
"""Characters of an outcome that the timeline and the next card repeat."""


@dataclass(slots=True, frozen=True)
class Said:
    """What a person says of a call or a visit."""

    how: str
    outcome: str
    next_on: date | None = None
    next_at: time | None = None
    no_next_reason: str | None = None
    place: str | None = None

    def checked(self, actor: Actor) -> "Said":
        """It without outer spaces. Refused where something is missing, or the next day is none after that one."""
        said = Said(
            self.how,
            self.outcome.strip(),
            self.next_on,
            self.next_at,
            (self.no_next_reason or "").strip() or None,
            (self.place or "").strip() or None,
        )
        if said.how not in HOWS:
            raise Refused("follow_up.how", N_("Choose one of these."), field="how")
        if not said.outcome:
            raise Refused("follow_up.outcome", N_("Write what came of it."), field="outcome")
        if said.next_on is None and not said.no_next_reason:
            raise Refused(
                "follow_up.next", N_("Say when to follow up next, or why there is no need to."), field="next_on"
            )
        if said.next_on is not None and said.no_next_reason:
            raise Refused(
                "follow_up.both", N_("Either a next day or a reason for none, not both."), field="no_next_reason"
            )
        if said.next_on is not None:
            check_day(actor, said.next_on, "next_on", earliest=calendar.today(actor) + timedelta(days=1))
        return said


def record(actor: Actor, follow_up: FollowUp, said: Said) -> FollowUp | None:
    """Write that a follow-up is done, as of when it was, and open the next one; returns that."""
    follow_up.version += 1
    following = _next(actor, follow_up, said) if said.next_on else None
    _done(actor, follow_up, said, following)
    notifications.seen(actor, follow_up.id)
    return following


def record_beside(actor: Actor, follow_up: FollowUp, said: Said) -> FollowUp | None:
    """Write that somebody met them too, though a colleague has recorded it: the next day is moved to what they say."""
    following = None
    if follow_up.next_id is not None:
        following = actor.session.get(FollowUp, (actor.company_id, follow_up.next_id), with_for_update=True)
    if following is not None and following.done_at is None and said.next_on:
        following.due_on, following.due_at = said.next_on, said.next_at
        following.version += 1
        timeline.record(
            *(actor, "crm.follow_up.snoozed", "follow_up", following.id),
            partner_id=following.whom_id,
            until=said.next_on.isoformat(),
        )
    else:
        following = _next(actor, follow_up, said) if said.next_on else None
    follow_up.version += 1
    _done(actor, _unplanned(actor, follow_up.partner_id, follow_up.lead_id, new_id()), said, following)
    return following


def record_visit(actor: Actor, whom: Partner | Lead, said: Said, *, id: uuid.UUID | None = None) -> FollowUp:
    """Record a call or visit with a customer or a lead, planned or not: it settles what was due longest by that day.

    Where nothing was due it is a row of its own, `id`. Returns what is recorded.
    """
    said = said.checked(actor)
    lead_id = whom.id if isinstance(whom, Lead) else None
    theirs = FollowUp.lead_id == whom.id if lead_id else FollowUp.partner_id == whom.id
    due = (
        select(FollowUp)
        .where(theirs, FollowUp.done_at.is_(None), FollowUp.due_on <= calendar.today(actor))
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(1)
        .with_for_update()
    )
    found = actor.session.execute(due).scalar_one_or_none()
    if found is not None:
        record(actor, found, said)
        return found
    partner_id = None if lead_id else whom.id
    made = _unplanned(actor, partner_id, lead_id, new_key(actor, id, FollowUp))
    _done(actor, made, said, _next(actor, made, said) if said.next_on else None)
    return made


def _unplanned(actor: Actor, partner_id: uuid.UUID | None, lead_id: uuid.UUID | None, id: uuid.UUID) -> FollowUp:
    today = calendar.today(actor)
    return FollowUp(
        id=id,
        company_id=actor.company_id,
        partner_id=partner_id,
        lead_id=lead_id,
        rep_id=actor.user.id,
        due_on=today,
        code=MET,
        params={},
        version=1,
    )


def _next(actor: Actor, follow_up: FollowUp, said: Said) -> FollowUp:
    assert said.next_on
    following = FollowUp(
        id=new_id(),
        company_id=actor.company_id,
        partner_id=follow_up.partner_id,
        lead_id=follow_up.lead_id,
        rep_id=follow_up.rep_id or actor.user.id,
        due_on=said.next_on,
        due_at=said.next_at,
        code=AGAIN,
        params={"outcome": said.outcome[:SHOWN]},
        version=1,
    )
    actor.session.add(following)
    return following


def _done(actor: Actor, follow_up: FollowUp, said: Said, following: FollowUp | None) -> None:
    follow_up.done_at, follow_up.done_by = actor.done_at or calendar.now(), actor.user.id
    follow_up.how, follow_up.outcome, follow_up.place = said.how, said.outcome, said.place
    follow_up.next_id = following.id if following else None
    follow_up.no_next_reason = said.no_next_reason
    follow_up.rep_id = follow_up.rep_id or actor.user.id
    actor.session.add(follow_up)
    actor.session.flush()  # an id that is taken must be refused before the timeline names the row
    _met(actor, follow_up)
    timeline.record(
        actor,
        f"crm.follow_up.{said.how}",
        "follow_up",
        follow_up.id,
        partner_id=follow_up.whom_id,
        outcome=said.outcome[:SHOWN],
    )


def _met(actor: Actor, follow_up: FollowUp) -> None:
    """A lead one has spoken with is contacted; whoever speaks with one in the pool takes it."""
    if follow_up.lead_id is None:
        return
    lead = actor.session.get_one(
        Lead, (actor.company_id, follow_up.lead_id), with_for_update=True, populate_existing=True
    )
    touch(actor, lead)
    if lead.state in LEAD.transitions["contact"].of:
        lead.state, lead.rep_id = "contacted", lead.rep_id or actor.user.id
        nobodys = update(FollowUp).where(FollowUp.lead_id == lead.id, FollowUp.rep_id.is_(None))
        actor.session.execute(nobodys.values(rep_id=lead.rep_id))
