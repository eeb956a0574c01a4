"""The pool of leads that nobody looks after: given back, gone silent, taken."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from webapp.crm.models import FollowUp, Lead
from webapp.crm.states import LEAD, OPEN
from webapp.kernel import calendar, notifications, timeline
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor

from .leads import hand_over, touch

SILENCE = "crm.pool_days"
"""The policy: days without a word after which a lead goes into the pool; 0 for never."""
MOST = 500
"""Leads that one run puts into the pool; the next morning takes the rest."""


def give_back(actor: Actor, lead: Lead) -> None:
    """Give a lead (found locked) to the pool: what waits with it is nobody's until someone takes it."""
    lead.state = LEAD.check("give_back", lead.state)
    _release(actor, lead)
    lead.version += 1
    timeline.record(actor, "crm.lead.given_back", "lead", lead.id, partner_id=lead.id, name=lead.name)


def take(actor: Actor, lead: Lead) -> None:
    """Take a lead out of the pool: it is the actor's, and due by the company's rule for new ones."""
    LEAD.check("take", lead.state)
    lead.rep_id = actor.user.id
    hand_over(actor, lead)
    lead.version += 1
    touch(actor, lead)
    timeline.record(actor, "crm.lead.taken", "lead", lead.id, partner_id=lead.id, name=lead.name)


def pool_silent(actor: Actor, *, now: datetime | None = None) -> int:
    """Put into the pool what nobody touched for the company's days and for which no day is set; returns how many.

    Who had it is told. Its version stays: an edit that waited on a phone was made before, and finds it again.
    """
    days = int(setting(actor, SILENCE))
    if not days:
        return 0
    moment = now or calendar.now()
    today = moment.astimezone(calendar.zone(actor)).date()
    planned = select(FollowUp.id).where(
        FollowUp.lead_id == Lead.id, FollowUp.done_at.is_(None), FollowUp.due_on >= today
    )
    silent = (
        select(Lead)
        .where(Lead.state.in_(OPEN), Lead.touched_at < moment - timedelta(days=days), ~planned.exists())
        .order_by(Lead.id)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    found = list(actor.session.execute(silent).scalars())
    for lead in found:
        lead.state, had = LEAD.check("give_back", lead.state), lead.rep_id
        _release(actor, lead)
        timeline.record(actor, "crm.lead.pooled", "lead", lead.id, partner_id=lead.id, name=lead.name, days=days)
        if had:
            notifications.tell(actor, [had], "crm.lead.gone", "lead", lead.id, name=lead.name, days=days)
    return len(found)


def _release(actor: Actor, lead: Lead) -> None:
    lead.rep_id = None
    waiting = update(FollowUp).where(FollowUp.lead_id == lead.id, FollowUp.done_at.is_(None))
    actor.session.execute(waiting.values(rep_id=None))
