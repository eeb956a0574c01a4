"""The rules that open follow-ups: laid down for a new company, changed by it, obeyed when something happens."""

import functools
import uuid
from datetime import date

from webapp.crm.cadences import BY_EVENT, CADENCES
from webapp.crm.models import FollowUpRule
from webapp.kernel import calendar, timeline
from webapp.kernel.calendar import working_days_after
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.timeline import Event
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

MOST_WORKING_DAYS = 60

LAY_DOWN = """
INSERT INTO follow_up_rule (company_id, event, days, working_days, active, version)
SELECT %(company)s, r.event, r.days, r.working, r.active, 1
FROM unnest(%(events)s::text[], %(days)s::int[], %(workings)s::bool[], %(actives)s::bool[])
     AS r(event, days, working, active)
ON CONFLICT DO NOTHING"""

OPEN = """
INSERT INTO follow_up (company_id, id, partner_id, rep_id, due_on, code, params, kind, document_id, version)
SELECT %(company)s, %(id)s, p.id, coalesce(%(rep)s, p.owner_id, %(user)s),
       CASE WHEN r.working_days AND r.days > 0 THEN (%(working)s::date[])[least(r.days, %(most)s)]
            ELSE %(day)s::date + r.days END,
       r.event, %(params)s, %(kind)s, %(document)s, 1
FROM follow_up_rule r JOIN partner p ON p.company_id = %(company)s AND p.id = %(partner)s AND p.is_customer
WHERE r.company_id = %(company)s AND r.event = %(event)s AND r.active
  AND NOT EXISTS (SELECT FROM follow_up f WHERE f.company_id = %(company)s AND f.partner_id = p.id
                  AND f.code = r.event AND f.done_at IS NULL)
ON CONFLICT DO NOTHING"""

OPEN_FOR_LEAD = """
INSERT INTO follow_up (company_id, id, lead_id, rep_id, due_on, due_at, code, params, kind, document_id, version)
SELECT %(company)s, %(id)s, %(lead)s, %(rep)s,
       CASE WHEN r.working_days AND r.days > 0 THEN (%(working)s::date[])[least(r.days, %(most)s)]
            ELSE %(day)s::date + r.days END,
       CASE WHEN r.days = 1 AND NOT r.working_days THEN %(hour)s::time END, r.event, %(params)s, 'lead', %(lead)s, 1
FROM follow_up_rule r WHERE r.company_id = %(company)s AND r.event = %(event)s AND r.active
ON CONFLICT DO NOTHING"""

WITHDRAW = """
DELETE FROM follow_up
WHERE company_id = %(company)s AND document_id = %(document)s AND done_at IS NULL AND version = 1"""


def lay_down_rules(actor: Actor) -> None:
    """Give a new company the cadences it begins with; what it has already stays."""
    actor.db.run(
        LAY_DOWN,
        company=actor.company_id,
        events=[cadence.event for cadence in CADENCES],
        days=[cadence.days for cadence in CADENCES],
        workings=[cadence.working_days for cadence in CADENCES],
        actives=[cadence.active for cadence in CADENCES],
    )


def open_after(actor: Actor, event: Event) -> None:
    """Open the follow-up that a rule wants after `event`, for the rep it names, else the partner's, else who acts.

    One statement that asks nothing. Where one for the same reason still waits with this customer, that one covers it.
    """
    if event.kind == "lead":
        if rep := event.facts.get("rep_id"):
            open_for_lead(actor, event.code, event.document_id, rep, _day_of(actor, event))
        return
    if event.partner_id is None:
        return
    day = _day_of(actor, event)
    actor.db.run(
        OPEN,
        company=actor.company_id,
        id=new_id(),
        rep=event.facts.get("rep_id"),
        user=actor.user.id,
        day=day,
        working=_working_days(day),
        most=MOST_WORKING_DAYS,
        params={"day": day.isoformat()},
        kind=event.kind,
        document=event.document_id,
        partner=event.partner_id,
        event=event.code,
    )


def open_for_lead(actor: Actor, code: str, lead_id: uuid.UUID, rep_id: uuid.UUID, day: date) -> None:
    """Open the follow-up that a rule wants with a lead; one day on means within 24 hours, to the minute."""
    actor.db.run(
        OPEN_FOR_LEAD,
        company=actor.company_id,
        id=new_id(),
        lead=lead_id,
        rep=rep_id,
        day=day,
        hour=f"{(actor.done_at or calendar.now()).astimezone(calendar.zone(actor)):%H:%M}",
        working=_working_days(day),
        most=MOST_WORKING_DAYS,
        params={"day": day.isoformat()},
        event=code,
    )


def withdraw_after(actor: Actor, event: Event) -> None:
    """Take back what a rule opened for a document that is undone, if nobody has touched it yet."""
    actor.db.run(WITHDRAW, company=actor.company_id, document=event.document_id)


def change_rule(
    actor: Actor, event: str, base_version: int, *, days: int, working_days: bool, active: bool
) -> FollowUpRule:
    """Change when a follow-up is due after `event`; those already open stay as they are.

    Refused for days outside 0 to 365 (60 working days), Stale where someone changed it since, NotFound for no cadence.
    """
    rule = actor.session.get(FollowUpRule, (actor.company_id, event), with_for_update=True, populate_existing=True)
    if rule is None or event not in BY_EVENT:
        raise NotFound
    if rule.version != base_version:
        raise Stale("stale", N_("Someone changed this while you were writing. Compare both, then save again."))
    most = MOST_WORKING_DAYS if working_days else 365
    if not 0 <= days <= most:
        raise Refused("rule.days", N_("From 0 to %(most)s days."), field="days", most=most)
    if (rule.days, rule.working_days, rule.active) != (days, working_days, active):
        rule.days, rule.working_days, rule.active = days, working_days, active
        rule.version += 1
        timeline.record(actor, "crm.rule.changed", "company", actor.company_id, event=event, days=days, active=active)
    return rule


def _day_of(actor: Actor, event: Event) -> date:
    day = event.facts.get("day") or event.params.get("day") or calendar.today(actor)
    return date.fromisoformat(day) if isinstance(day, str) else day


@functools.lru_cache(maxsize=64)
def _working_days(day: date) -> list[date]:
    """The working days after `day`, in order."""
    days = []
    for _number in range(MOST_WORKING_DAYS):
        day = working_days_after(day, 1)
        days.append(day)
    return days
