"""Accounting months: which day a thing posts on, closing and opening again."""

import uuid
from datetime import date, timedelta

from webapp.finance.queries import checklist
from webapp.finance.states import PERIOD
from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor

FARTHEST = timedelta(days=366)

HOLD_OPEN = """
SELECT month FROM period WHERE company_id = %(company)s AND month >= %(month)s AND state = 'open'
ORDER BY month LIMIT 1 FOR SHARE"""
LAST_CLOSED = """
SELECT max(month) AS closed FROM period
WHERE company_id = %(company)s AND month >= %(month)s AND state <> 'open'"""
OPEN = """
INSERT INTO period (company_id, month, state) VALUES (%(company)s, %(month)s, 'open')
ON CONFLICT (company_id, month) DO NOTHING"""
LAY_BALANCES = """
INSERT INTO account_balance (company_id, month, account, debit, credit)
SELECT company_id, %(month)s, code, 0, 0 FROM account WHERE company_id = %(company)s ORDER BY code
ON CONFLICT (company_id, month, account) DO NOTHING"""

LOCK = "SELECT state FROM period WHERE company_id = %(company)s AND month = %(month)s FOR UPDATE"
SET_STATE = "UPDATE period SET state = %(state)s WHERE company_id = %(company)s AND month = %(month)s"


def posting_day(actor: Actor, on: date) -> date:
    """The day that what happened `on` posts on: `on` itself where its period is open, else the first open day after.

    The period is held FOR SHARE until commit, so nobody closes it meanwhile: one round trip. A month that does not
    exist yet is opened, unless a later one is closed already or the company's books begin after it. Refused more than
    a year ahead.
    """
    if on > calendar.today(actor) + FARTHEST:
        raise Refused("day.far", N_("%(day)s is more than a year ahead. Choose an earlier day."), "day", day=on)
    month = on.replace(day=1)
    held = actor.db.one(HOLD_OPEN, company=actor.company_id, month=month)
    if held is not None and held.month == month:
        return on
    closed = actor.db.one(LAST_CLOSED, company=actor.company_id, month=month)
    assert closed is not None
    if closed.closed is None:
        books_begin = setting(actor, "company.first_period")
        if books_begin and month < date.fromisoformat(books_begin):
            return posting_day(actor, date.fromisoformat(books_begin))
        open_period(actor, month)
        return posting_day(actor, on)
    if held is not None:
        first: date = held.month
        return first
    return posting_day(actor, next_month(closed.closed))


def open_period(actor: Actor, month: date) -> None:
    """Open the month that begins on `month`, with a balance of zero for every account; twice does no harm."""
    actor.db.run(OPEN, company=actor.company_id, month=month)
    actor.db.run(LAY_BALANCES, company=actor.company_id, month=month)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def period_key(actor: Actor, month: date) -> uuid.UUID:
    """The id under which the timeline knows a month: always the same for a company's month."""
    return uuid.uuid5(actor.company_id, f"period {month:%Y-%m}")


def close_period(actor: Actor, month: date) -> None:
    """Close the month: nothing posts into it any more. Waits for whoever is posting just now.

    Refused while the month still runs, while an earlier one is open, and where debits do not equal credits.
    Raises NotFound.
    """
    state = PERIOD.check("close_period", _locked(actor, month))
    if calendar.today(actor) < next_month(month):
        raise Refused("period.runs", N_("This month still runs until %(day)s. Close it after that."), day=_last(month))
    for item in checklist(actor, month):
        if item.stops:
            raise Refused(item.code, item.words, **item.params)
    actor.db.run(SET_STATE, company=actor.company_id, month=month, state=state)
    timeline.record(actor, "finance.period.closed", "period", period_key(actor, month), month=f"{month:%Y-%m}")


def reopen_period(actor: Actor, month: date, reason: str) -> None:
    """Open a closed month again, and say why. Refused while a later one is closed. Raises NotFound."""
    state = PERIOD.check("reopen_period", _locked(actor, month))
    if not reason.strip():
        raise Refused("period.reason", N_("Say why the month is opened again."), "reason")
    later = actor.db.one(LAST_CLOSED, company=actor.company_id, month=next_month(month))
    if later is not None and later.closed is not None:
        raise Refused("period.later", N_("%(month)s is closed too. Open that first."), month=f"{later.closed:%Y-%m}")
    actor.db.run(SET_STATE, company=actor.company_id, month=month, state=state)
    timeline.record(
        actor,
        "finance.period.reopened",
        "period",
        period_key(actor, month),
        month=f"{month:%Y-%m}",
        reason=reason.strip(),
    )


def _locked(actor: Actor, month: date) -> str:
    row = actor.db.one(LOCK, company=actor.company_id, month=month)
    if row is None:
        raise NotFound
    state: str = row.state
    return state


def _last(month: date) -> date:
    return next_month(month) - timedelta(days=1)
