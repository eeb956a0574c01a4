"""Finders of follow-ups. Colleagues see each other's, for one answers the phone for another; customers see none."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from webapp.crm.models import FollowUp
from webapp.crm.states import READERS
from webapp.identity.models import User
from webapp.kernel import calendar, paging
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners import Partner

TODAYS = 20
"""Follow-ups that Today shows at most; the list has the rest."""

DUE = """
SELECT f.id, f.partner_id, f.rep_id, f.due_on, f.due_at, f.code, f.params, f.version,
       p.name, p.name2, p.phone AS partner_phone, c.name AS contact, c.phone AS contact_phone, u.name AS rep
FROM (SELECT * FROM follow_up d
      WHERE d.company_id = %(company)s AND d.done_at IS NULL AND d.due_on <= %(today)s {whose}
      ORDER BY d.due_on, d.due_at NULLS LAST, d.id LIMIT %(most)s) f
JOIN partner p ON p.company_id = f.company_id AND p.id = f.partner_id
JOIN app_user u ON u.id = f.rep_id
LEFT JOIN LATERAL (SELECT name, phone FROM contact WHERE company_id = f.company_id AND partner_id = f.partner_id
                   ORDER BY main DESC, id LIMIT 1) c ON true
ORDER BY f.due_on, f.due_at NULLS LAST, f.id"""
"""The most overdue are chosen before they are looked up, so that a long list costs no more than a short one."""
DUE_OF_REP, DUE_OF_ALL = DUE.format(whose="AND d.rep_id = %(rep)s"), DUE.format(whose="")


@dataclass(slots=True, frozen=True)
class Due:
    """A follow-up that is due, with whom one calls."""

    id: uuid.UUID
    partner_id: uuid.UUID
    rep_id: uuid.UUID
    due_on: date
    due_at: time | None
    code: str
    params: dict[str, Any]
    version: int
    name: str
    name2: str | None
    partner_phone: str | None
    contact: str | None
    contact_phone: str | None
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
class FollowUps:
    """The follow-ups an actor may see."""

    actor: Actor

    def get(self, id: uuid.UUID) -> FollowUp:
        """The follow-up. Raises NotFound where there is none, or not for this actor."""
        return self._one(select(FollowUp).where(FollowUp.id == id))

    def locked(self, id: uuid.UUID) -> FollowUp:
        """The follow-up, held FOR UPDATE until the verb ends. Raises NotFound."""
        statement = select(FollowUp).where(FollowUp.id == id).with_for_update()
        return self._one(statement.execution_options(populate_existing=True))

    def _one(self, statement: Select[FollowUp]) -> FollowUp:
        found = self.actor.session.execute(statement).scalar_one_or_none() if self._may() else None
        if found is None:
            raise NotFound
        return found

    def _may(self) -> bool:
        return self.actor.role in READERS

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
                *(FollowUp.id, FollowUp.partner_id, FollowUp.due_on, FollowUp.due_at, FollowUp.code, FollowUp.params),
                *(FollowUp.done_at, FollowUp.how, FollowUp.outcome, FollowUp.no_next_reason, FollowUp.rep_id),
                *(Partner.name, Partner.name2, rep.name.label("rep")),
            )
            .join(Partner, (Partner.company_id == FollowUp.company_id) & (Partner.id == FollowUp.partner_id))
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


def follow_ups_of(actor: Actor) -> FollowUps:
    """The follow-ups `actor` may see."""
    return FollowUps(actor)


def follow_ups_to_export(
    actor: Actor, which: str, rep_id: uuid.UUID | None, size: int = 500
) -> Iterator[tuple[str, str, date, datetime | None, str | None, str | None]]:
    """All of a list, page by page: customer, rep, due, done, how, outcome."""
    mark = None
    while True:
        found = follow_ups_of(actor).page(which, mark, rep_id=rep_id, size=size)
        for row in found.rows:
            yield row.name, row.rep, row.due_on, row.done_at, row.how, row.outcome
        if not (mark := found.next):
            return
