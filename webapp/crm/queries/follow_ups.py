"""Finders of follow-ups. Colleagues see each other's, for one answers the phone for another; customers see none."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from webapp.crm.cadences import LEAD_ADDED
from webapp.crm.models import FollowUp, Lead
from webapp.identity.models import User
from webapp.kernel import calendar, paging
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners import Partner, customers_of

from .finding import Finder

TODAYS = 20
"""Follow-ups that Today shows at most; the list has the rest."""

DUE = """
SELECT f.id, coalesce(f.partner_id, f.lead_id) AS whom_id, f.rep_id, f.due_on, f.due_at, f.code, f.params, f.version,
       coalesce(p.name, l.name) AS name, p.name2, coalesce(c.phone, p.phone, l.phone) AS phone,
       coalesce(c.name, l.contact) AS contact, u.name AS rep
FROM (SELECT * FROM follow_up d
      WHERE d.company_id = %(company)s AND d.done_at IS NULL AND d.due_on <= %(today)s + 1
        AND (d.due_on <= %(today)s OR d.code = '{new}') AND {whose}
      ORDER BY d.due_on, d.due_at NULLS LAST, d.id LIMIT %(most)s) f
LEFT JOIN partner p ON p.company_id = f.company_id AND p.id = f.partner_id
LEFT JOIN lead l ON l.company_id = f.company_id AND l.id = f.lead_id
JOIN app_user u ON u.id = f.rep_id
LEFT JOIN LATERAL (SELECT name, phone FROM contact WHERE company_id = f.company_id AND partner_id = f.partner_id
                   ORDER BY main DESC, id LIMIT 1) c ON true
ORDER BY f.due_on, f.due_at NULLS LAST, f.id"""
"""The most overdue are chosen before they are looked up, so that a long list costs no more than a short one.

A new lead is there from the first hour, though it has a day.
"""
DUE_OF_REP = DUE.format(new=LEAD_ADDED, whose="d.rep_id = %(rep)s")
DUE_OF_ALL = DUE.format(new=LEAD_ADDED, whose="d.rep_id IS NOT NULL")


@dataclass(slots=True, frozen=True)
class Due:
    """A follow-up that is due, with whom one calls."""

    id: uuid.UUID
    whom_id: uuid.UUID
    rep_id: uuid.UUID
    due_on: date
    due_at: time | None
    code: str
    params: dict[str, Any]
    version: int
    name: str
    name2: str | None
    phone: str | None
    contact: str | None
    rep: str


def due_today(actor: Actor, rep_id: uuid.UUID | None, *, on: date | None = None, most: int = TODAYS) -> list[Due]:
    """What is due today (or `on` another day) or was before, the longest overdue first: of one rep, or of all.

    One query.
    """
    today = on or calendar.today(actor)
    due = DUE_OF_REP if rep_id else DUE_OF_ALL
    rows = actor.db.ask(due, company=actor.company_id, today=today, rep=rep_id, most=most)
    return [Due(*row) for row in rows]


@dataclass(slots=True, frozen=True)
class FollowUps(Finder[FollowUp]):
    """The follow-ups an actor may see."""

    model = FollowUp

    def open_with(self, partner_id: uuid.UUID) -> list[FollowUp]:
        """What waits with a customer, the soonest first."""
        if not self._may():
            return []
        statement = select(FollowUp).where(FollowUp.partner_id == partner_id, FollowUp.done_at.is_(None))
        return list(self.actor.session.execute(statement.order_by(FollowUp.due_on, FollowUp.id).limit(10)).scalars())

    def page(
        self, which: str, mark: str | None = None, *, rep_id: uuid.UUID | None = None, size: int = paging.PAGE
    ) -> paging.Page:
        """A page of what waits (`open`, the soonest first) or is `done` (the latest first), of a rep or of all."""
        if not self._may():
            raise NotFound
        rep = aliased(User)
        statement = (
            select(
                *(FollowUp.id, FollowUp.partner_id, FollowUp.lead_id, FollowUp.due_on, FollowUp.due_at, FollowUp.code),
                *(FollowUp.params, FollowUp.done_at, FollowUp.how, FollowUp.outcome, FollowUp.no_next_reason),
                *(func.coalesce(Partner.name, Lead.name).label("name"), Partner.name2, rep.name.label("rep")),
                FollowUp.rep_id,
            )
            .outerjoin(Lead, (Lead.company_id == FollowUp.company_id) & (Lead.id == FollowUp.lead_id))
            .outerjoin(Partner, (Partner.company_id == FollowUp.company_id) & (Partner.id == FollowUp.partner_id))
            .join(rep, rep.id == FollowUp.rep_id)
        )
        if rep_id is not None:
            statement = statement.where(FollowUp.rep_id == rep_id)
        if which == "done":
            statement = statement.where(FollowUp.done_at.isnot(None))
            return paging.page(self.actor.session, statement, [FollowUp.done_at, FollowUp.id], mark, size=size)
        statement = statement.where(FollowUp.done_at.is_(None))
        keys = [FollowUp.due_on, FollowUp.id]
        return paging.page(self.actor.session, statement, keys, mark, descending=False, size=size)


@dataclass(slots=True, frozen=True)
class Whom:
    """With whom a follow-up is: a customer or a lead, the person there, and a number to call."""

    kind: str
    id: uuid.UUID
    name: str
    name2: str | None
    contact: str | None
    phone: str | None


def whom_of(actor: Actor, follow_up: FollowUp) -> Whom:
    """With whom a follow-up (found already) is."""
    if follow_up.lead_id is not None:
        lead = actor.session.get_one(Lead, (actor.company_id, follow_up.lead_id))
        return Whom("lead", lead.id, lead.name, None, lead.contact, lead.phone)
    finder = customers_of(actor)
    partner = finder.get(follow_up.whom_id)
    contacts = finder.contacts(partner)
    phone = next((contact.phone for contact in contacts if contact.phone), partner.phone)
    main = contacts[0].name if contacts else None
    return Whom("customer", partner.id, partner.name, partner.name2, main, phone)


def follow_ups_of(actor: Actor) -> FollowUps:
    """The follow-ups `actor` may see."""
    return FollowUps(actor)


def follow_ups_to_export(
    actor: Actor, which: str, rep_id: uuid.UUID | None, size: int = 500
) -> Iterator[tuple[str, str, date, datetime | None, str | None, str | None]]:
    """All of a list, page by page: with whom, rep, due, done, how, outcome."""
    for found in paging.every(lambda mark: follow_ups_of(actor).page(which, mark, rep_id=rep_id, size=size)):
        for row in found.rows:
            yield row.name, row.rep, row.due_on, row.done_at, row.how, row.outcome
