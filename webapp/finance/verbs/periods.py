"""Accounting months: which day a thing posts on, closing and opening again."""

from datetime import date, timedelta

from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
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


def posting_day(actor: Actor, on: date) -> date:
    """The day that what happened `on` posts on: `on` itself where its period is open, else the first open day after.

    The period is held FOR SHARE until commit, so nobody closes it meanwhile: one round trip. A month that does not
    exist yet is opened, unless a later one is closed already. Refused more than a year ahead.
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
