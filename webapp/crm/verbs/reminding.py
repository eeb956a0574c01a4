"""Telling reps what is due now: by the clock, once for each day and hour that a follow-up is due."""

from datetime import datetime, time, timedelta

from webapp.kernel import calendar, notifications
from webapp.kernel.i18n import both_names
from webapp.kernel.wall import Actor

MORNING = time(8, 30)
"""When one is told of what is due at no hour of its own."""
AHEAD = timedelta(minutes=15)
"""How long before its hour one is told of what has one."""

DUE = """
SELECT f.id, f.rep_id, f.due_on, f.due_at, coalesce(p.name, l.name) AS name, p.name2
FROM follow_up f
LEFT JOIN partner p ON p.company_id = f.company_id AND p.id = f.partner_id
LEFT JOIN lead l ON l.company_id = f.company_id AND l.id = f.lead_id
WHERE f.company_id = %(company)s AND f.done_at IS NULL AND f.due_on = %(today)s AND f.rep_id IS NOT NULL
  AND CASE WHEN f.due_at IS NULL THEN %(morning)s::time <= %(clock)s::time ELSE f.due_at <= %(soon)s::time END
  AND NOT EXISTS (SELECT FROM notification n WHERE n.company_id = f.company_id AND n.document_id = f.id
                  AND n.code = 'crm.follow_up.due' AND n.user_id = f.rep_id
                  AND n.params ->> 'due' = concat_ws(' ', f.due_on, f.due_at))
ORDER BY f.id LIMIT 500"""


def remind_due(actor: Actor, *, moment: datetime | None = None) -> int:
    """Tell each rep of the follow-ups that are due; returns how many. What was due on other days stands on Today."""
    local = (moment or calendar.now()).astimezone(calendar.zone(actor))
    ahead = local + AHEAD
    soon = ahead.time() if ahead.date() == local.date() else time.max
    rows = actor.db.ask(
        DUE, company=actor.company_id, today=local.date(), morning=MORNING, clock=local.time(), soon=soon
    )
    for row in rows:
        due = " ".join(str(part) for part in (row.due_on, row.due_at) if part is not None)
        hour = f" · {row.due_at:%H:%M}" if row.due_at else ""
        notifications.remind(
            *(actor, [row.rep_id], "crm.follow_up.due", "follow_up", row.id),
            name=both_names(row),
            hour=hour,
            due=due,
        )
    return len(rows)
