"""Follow-ups: asked for, recorded with what came of it and what is next, put off, given to another."""

import uuid
from datetime import date, time, timedelta
from typing import Any

from webapp.crm.cadences import ASKED, MET
from webapp.crm.models import FollowUp, Lead
from webapp.crm.queries import Whom
from webapp.crm.states import FOLLOW_UP, OPEN
from webapp.kernel import calendar, notifications, timeline
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.partners import Partner

from .checks import check_day, check_follower, check_version
from .recording import SHOWN, Said, record, record_beside


def ask_follow_up(
    actor: Actor,
    whom: Partner | Lead,
    due_on: date,
    note: str,
    *,
    due_at: time | None = None,
    rep_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
) -> FollowUp:
    """Ask by hand for a follow-up with a customer or a lead, on a day from today, by `rep_id` (else who asks).

    Refused for a day gone by or more than two years ahead, without a note, for someone who is no colleague, and
    with a lead that nobody works on.
    """
    check_day(actor, due_on, "due_on", earliest=calendar.today(actor))
    if not note.strip():
        raise Refused("follow_up.note", N_("Write what it is about."), field="note")
    if isinstance(whom, Lead) and whom.state not in OPEN:
        raise Refused("follow_up.lead", N_("Nobody works on this lead now. Take it first."))
    rep = rep_id or actor.user.id
    check_follower(actor, rep)
    about = {"note": note.strip()[:SHOWN]}
    follow_up = FollowUp(
        id=new_key(actor, id, FollowUp),
        company_id=actor.company_id,
        partner_id=None if isinstance(whom, Lead) else whom.id,
        lead_id=whom.id if isinstance(whom, Lead) else None,
        rep_id=rep,
        due_on=due_on,
        due_at=due_at,
        code=ASKED,
        params=about,
        version=1,
    )
    actor.session.add(follow_up)
    actor.session.flush()  # an id that is taken must be refused before the timeline names the row
    due = due_on.isoformat()
    _note(actor, "crm.follow_up.asked", follow_up, due=due, **about)
    notifications.tell(actor, [rep], "crm.follow_up.given", "follow_up", follow_up.id, name=both_names(whom), due=due)
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
    place: str | None = None,
) -> FollowUp | None:
    """Record what came of a follow-up (found locked), and open the next one, or say why there is none.

    Returns the next. Refused without an outcome, without a next day or a reason (or with both), and for a next day
    that is not after the day on which it was done. Stale where it was changed or recorded since; who has seen that
    one is recorded and records it all the same has met them too: both are kept, and the next day is the last one said.
    """
    check_version(actor, follow_up, base_version)
    said = Said(how, outcome, next_on, next_at, no_next_reason, place).checked(actor)
    if follow_up.state not in FOLLOW_UP.transitions["record"].of:
        return record_beside(actor, follow_up, said)
    return record(actor, follow_up, said)


def take_back(actor: Actor, follow_up: FollowUp) -> None:
    """Undo a recorded follow-up: it waits again, and the next one it opened goes, if nobody has touched that yet.

    Refused for one that waits anyway or that nobody had planned, by someone else than who recorded it, and where the
    next one has moved on.
    """
    if follow_up.state not in FOLLOW_UP.transitions["take_back"].of:
        raise Refused("follow_up.open", N_("This follow-up is open; there is nothing to undo."))
    if follow_up.done_by != actor.user.id:
        raise Refused("follow_up.whose", N_("Only who recorded it can undo it."))
    if follow_up.code == MET:
        raise Refused("follow_up.met", N_("It was not planned, so it cannot wait again. Record a new one instead."))
    if follow_up.next_id is not None:
        following = actor.session.get(FollowUp, (actor.company_id, follow_up.next_id), with_for_update=True)
        if following is not None and (following.done_at is not None or following.version != 1):
            raise Refused("follow_up.moved_on", N_("The next follow-up has moved on since. Record a new one instead."))
        if following is not None:
            actor.session.delete(following)
    follow_up.done_at = follow_up.done_by = follow_up.how = follow_up.outcome = follow_up.place = None
    follow_up.next_id = follow_up.no_next_reason = None
    follow_up.version += 1
    _note(actor, "crm.follow_up.taken_back", follow_up)


def snooze(actor: Actor, follow_up: FollowUp, base_version: int, until: date, *, at: time | None = None) -> FollowUp:
    """Put a follow-up off to a day after the one on which this is done. It is gone from Today until then."""
    _check_open(actor, follow_up, base_version)
    check_day(actor, until, "until", earliest=calendar.today(actor) + timedelta(days=1))
    if (follow_up.due_on, follow_up.due_at) != (until, at):
        follow_up.due_on, follow_up.due_at = until, at
        follow_up.version += 1
        _note(actor, "crm.follow_up.snoozed", follow_up, until=until.isoformat())
    return follow_up


def reassign(actor: Actor, follow_up: FollowUp, base_version: int, rep_id: uuid.UUID, whom: Whom) -> FollowUp:
    """Give a follow-up with `whom` to a colleague, who is told. Refused for someone who is none that may have one."""
    _check_open(actor, follow_up, base_version)
    check_follower(actor, rep_id)
    if follow_up.rep_id != rep_id:
        follow_up.rep_id = rep_id
        follow_up.version += 1
        _note(actor, "crm.follow_up.reassigned", follow_up)
        due = follow_up.due_on.isoformat()
        notifications.tell(
            actor, [rep_id], "crm.follow_up.given", "follow_up", follow_up.id, name=both_names(whom), due=due
        )
    return follow_up


def _check_open(actor: Actor, follow_up: FollowUp, base_version: int) -> None:
    if follow_up.state not in FOLLOW_UP.transitions["snooze"].of:
        raise Refused("follow_up.done", N_("This follow-up is already recorded. Open it to see what came of it."))
    check_version(actor, follow_up, base_version)


def _note(actor: Actor, code: str, follow_up: FollowUp, **params: Any) -> None:
    timeline.record(actor, code, "follow_up", follow_up.id, partner_id=follow_up.whom_id, **params)
