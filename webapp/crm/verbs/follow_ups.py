"""Follow-ups: asked for, recorded with what came of it and what is next, put off, given to another."""

import uuid
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import func, select

from webapp.crm.cadences import AGAIN, ASKED, HOWS, LONGEST
from webapp.crm.models import FollowUp
from webapp.crm.states import FOLLOW_UP, FOLLOWERS
from webapp.identity.models import Membership
from webapp.kernel import calendar, notifications, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner

SHOWN = 160
"""Characters of an outcome that the timeline and the next card repeat."""


def ask_follow_up(
    actor: Actor,
    partner: Partner,
    due_on: date,
    note: str,
    *,
    due_at: time | None = None,
    rep_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
) -> FollowUp:
    """Ask by hand for a follow-up with a customer, on a day from today, by `rep_id` (else who asks).

    Refused for a day gone by or more than two years ahead, without a note, and for someone who is no colleague.
    """
    _check_day(actor, due_on, "due_on", earliest=calendar.today(actor))
    if not note.strip():
        raise Refused("follow_up.note", N_("Write what it is about."), field="note")
    rep = rep_id or actor.user.id
    _check_follower(actor, rep)
    follow_up = _open(actor, partner.id, rep, due_on, due_at, ASKED, {"note": note.strip()[:SHOWN]}, id)
    timeline.record(
        actor,
        "crm.follow_up.asked",
        "follow_up",
        follow_up.id,
        partner_id=partner.id,
        note=note.strip()[:SHOWN],
        due=due_on.isoformat(),
    )
    notifications.tell(
        actor, [rep], "crm.follow_up.given", "follow_up", follow_up.id, name=partner.name, due=due_on.isoformat()
    )
    return follow_up


def record_follow_up(
    actor: Actor,
    follow_up: FollowUp,
    base_version: int,
    *,
    how: str,
    outcome: str,
    next_on: date | None = None,
    next_at: time | None = None,
    no_next_reason: str | None = None,
) -> FollowUp | None:
    """Record what came of a follow-up (found locked), and open the next one, or say why there is none.

    Returns the next. Refused without an outcome, without a next day or a reason (or with both), for a next day that is
    not after today, and for one that is done already; Stale where it was changed since.
    """
    _check_open(follow_up, base_version)
    if how not in HOWS:
        raise Refused("follow_up.how", N_("Choose one of these."), field="how")
    if not outcome.strip():
        raise Refused("follow_up.outcome", N_("Write what came of it."), field="outcome")
    reason = (no_next_reason or "").strip()
    if next_on is None and not reason:
        raise Refused("follow_up.next", N_("Say when to follow up next, or why there is no need to."), field="next_on")
    if next_on is not None and reason:
        raise Refused("follow_up.both", N_("Either a next day or a reason for none, not both."), field="no_next_reason")
    following = None
    if next_on is not None:
        _check_day(actor, next_on, "next_on", earliest=calendar.today(actor) + timedelta(days=1))
        params = {"outcome": outcome.strip()[:SHOWN]}
        following = _open(actor, follow_up.partner_id, follow_up.rep_id, next_on, next_at, AGAIN, params)
    follow_up.done_at, follow_up.done_by = actor.done_at or func.now(), actor.user.id
    follow_up.how, follow_up.outcome = how, outcome.strip()
    follow_up.next_id, follow_up.no_next_reason = following.id if following else None, reason or None
    follow_up.version += 1
    timeline.record(
        actor,
        f"crm.follow_up.{how}",
        "follow_up",
        follow_up.id,
        partner_id=follow_up.partner_id,
        outcome=outcome.strip()[:SHOWN],
    )
    notifications.seen(actor, follow_up.id)
    return following


def take_back(actor: Actor, follow_up: FollowUp) -> None:
    """Undo a recorded follow-up: it waits again, and the next one it opened goes, if nobody has touched that yet.

    Refused for one that waits anyway, by someone else than who recorded it, and where the next one has moved on.
    """
    if follow_up.state not in FOLLOW_UP.transitions["take_back"].of:
        raise Refused("follow_up.open", N_("This follow-up is open; there is nothing to undo."))
    if follow_up.done_by != actor.user.id:
        raise Refused("follow_up.whose", N_("Only who recorded it can undo it."))
    if follow_up.next_id is not None:
        following = actor.session.get(FollowUp, (actor.company_id, follow_up.next_id), with_for_update=True)
        if following is not None and (following.done_at is not None or following.version != 1):
            raise Refused("follow_up.moved_on", N_("The next follow-up has moved on since. Record a new one instead."))
        if following is not None:
            actor.session.delete(following)
    follow_up.done_at = follow_up.done_by = follow_up.how = follow_up.outcome = None
    follow_up.next_id = follow_up.no_next_reason = None
    follow_up.version += 1
    timeline.record(actor, "crm.follow_up.taken_back", "follow_up", follow_up.id, partner_id=follow_up.partner_id)


def snooze(actor: Actor, follow_up: FollowUp, base_version: int, until: date, *, at: time | None = None) -> FollowUp:
    """Put a follow-up off to a day after today. It is gone from Today until then."""
    _check_open(follow_up, base_version)
    _check_day(actor, until, "until", earliest=calendar.today(actor) + timedelta(days=1))
    if (follow_up.due_on, follow_up.due_at) != (until, at):
        follow_up.due_on, follow_up.due_at = until, at
        follow_up.version += 1
        timeline.record(
            actor,
            "crm.follow_up.snoozed",
            "follow_up",
            follow_up.id,
            partner_id=follow_up.partner_id,
            until=until.isoformat(),
        )
    return follow_up


def reassign(actor: Actor, follow_up: FollowUp, base_version: int, rep_id: uuid.UUID, partner_name: str) -> FollowUp:
    """Give a follow-up to a colleague, who is told. Refused for someone who is no colleague that may have one."""
    _check_open(follow_up, base_version)
    _check_follower(actor, rep_id)
    if follow_up.rep_id != rep_id:
        follow_up.rep_id = rep_id
        follow_up.version += 1
        timeline.record(actor, "crm.follow_up.reassigned", "follow_up", follow_up.id, partner_id=follow_up.partner_id)
        notifications.tell(
            *(actor, [rep_id], "crm.follow_up.given", "follow_up", follow_up.id),
            name=partner_name,
            due=follow_up.due_on.isoformat(),
        )
    return follow_up


def _open(
    actor: Actor,
    partner_id: uuid.UUID,
    rep_id: uuid.UUID,
    due_on: date,
    due_at: time | None,
    code: str,
    params: dict[str, Any],
    id: uuid.UUID | None = None,
) -> FollowUp:
    follow_up = FollowUp(
        id=id or new_id(),
        company_id=actor.company_id,
        partner_id=partner_id,
        rep_id=rep_id,
        due_on=due_on,
        due_at=due_at,
        code=code,
        params=params,
        version=1,
    )
    actor.session.add(follow_up)
    return follow_up


def _check_open(follow_up: FollowUp, base_version: int) -> None:
    if follow_up.state not in FOLLOW_UP.transitions["record"].of:
        raise Refused("follow_up.done", N_("This follow-up is already recorded. Open it to see what came of it."))
    if follow_up.version != base_version:
        raise Stale("stale", N_("Someone changed this while you were writing. Compare both, then save again."))


def _check_day(actor: Actor, day: date, field: str, *, earliest: date) -> None:
    if day < earliest:
        raise Refused(
            "follow_up.past", N_("Choose a day from %(earliest)s on."), field=field, earliest=earliest.isoformat()
        )
    if (day - calendar.today(actor)).days > LONGEST:
        raise Refused("follow_up.far", N_("That is more than two years ahead. Choose a nearer day."), field=field)


def _check_follower(actor: Actor, user_id: uuid.UUID) -> None:
    if user_id == actor.user.id:
        return
    known = select(Membership.id).where(
        Membership.company_id == actor.company_id,
        Membership.user_id == user_id,
        Membership.role.in_(FOLLOWERS),
        Membership.ended_at.is_(None),
    )
    if actor.session.execute(known).first() is None:
        raise Refused("follow_up.rep", N_("Choose a colleague from the list."), field="rep_id")
