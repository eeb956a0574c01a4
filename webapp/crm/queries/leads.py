"""Finders of leads. Colleagues see each other's and the pool; suppliers' and customers' people see none."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from webapp.crm.models import FollowUp, Lead
from webapp.crm.states import OPEN
from webapp.identity.models import User
from webapp.kernel import paging
from webapp.kernel.refusals import NotFound
from webapp.kernel.search import LONGEST, folded
from webapp.kernel.wall import Actor

from .finding import Finder

TWINS = """
SELECT t.kind, t.id, coalesce(l.name, p.name) AS name, u.name AS rep
FROM search_term t
LEFT JOIN lead l ON t.kind = 'lead' AND l.company_id = t.company_id AND l.id = t.id
LEFT JOIN partner p ON t.kind = 'customer' AND p.company_id = t.company_id AND p.id = t.id
LEFT JOIN app_user u ON u.id = l.rep_id
WHERE t.company_id = %(company)s AND t.term = ANY(%(terms)s) AND t.kind IN ('lead', 'customer')
  AND t.id IS DISTINCT FROM %(but)s
  AND (t.term = ANY(%(numbers)s) OR lower(coalesce(l.name, p.name)) = lower(%(name)s))
ORDER BY t.kind, t.id LIMIT 1"""
"""Terms are suffixes: a number that ends like ours is ours, a name must be the whole one."""
SHORTEST = 7
"""Characters of a number or WeChat name by which two may be taken for one."""


@dataclass(slots=True, frozen=True)
class Twin:
    """A lead or customer that has the name or number of a new lead already, and who looks after the lead."""

    kind: str
    id: uuid.UUID
    name: str
    rep: str | None


def twin_of(actor: Actor, name: str, numbers: Sequence[str | None], *, but: uuid.UUID | None = None) -> Twin | None:
    """Who has the name or one of the numbers already, customers first; `but` is not counted."""
    typed = [term for number in numbers if number and len(term := folded(number)[:LONGEST]) >= SHORTEST]
    terms = [*typed, folded(name)[:LONGEST]]
    rows = actor.db.ask(TWINS, company=actor.company_id, terms=terms, numbers=typed, name=name.strip(), but=but)
    return Twin(*rows[0]) if rows else None


@dataclass(slots=True, frozen=True)
class Leads(Finder[Lead]):
    """The leads an actor may see."""

    model = Lead

    def many(self, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Lead]:
        """Those of `ids` that may be seen, by id, in one query."""
        if not ids or not self._may():
            return {}
        found = self.actor.session.execute(select(Lead).where(Lead.id.in_(list(ids)))).scalars()
        return {lead.id: lead for lead in found}

    def waiting(self, lead_id: uuid.UUID) -> list[FollowUp]:
        """What waits with a lead, the soonest first."""
        statement = select(FollowUp).where(FollowUp.lead_id == lead_id, FollowUp.done_at.is_(None))
        return list(self.actor.session.execute(statement.order_by(FollowUp.due_on, FollowUp.id).limit(10)).scalars())

    def page(self, which: str, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
        """A page, the newest first: `mine` (worked on), the `pool`, `all` that are worked on, or `closed` ones."""
        if not self._may():
            raise NotFound
        rep = aliased(User)
        statement = (
            select(
                *(Lead.id, Lead.name, Lead.contact, Lead.phone, Lead.wechat, Lead.source, Lead.region, Lead.wants),
                *(Lead.state, Lead.reason, Lead.touched_at, Lead.created_at, Lead.partner_id, Lead.rep_id),
                rep.name.label("rep"),
            )
            .outerjoin(rep, rep.id == Lead.rep_id)
            .where(*self._conditions(which))
        )
        return paging.page(self.actor.session, statement, [Lead.created_at, Lead.id], mark, size=size)

    def _conditions(self, which: str) -> list[Any]:
        if which == "mine":
            return [Lead.rep_id == self.actor.user.id, Lead.state.in_(OPEN)]
        if which == "pool":
            return [Lead.state == "pool"]
        return [Lead.state.in_(("converted", "disqualified") if which == "closed" else OPEN)]


def leads_of(actor: Actor) -> Leads:
    """The leads `actor` may see."""
    return Leads(actor)


def leads_to_export(actor: Actor, which: str, size: int = 500) -> Iterator[Any]:
    """All of a list, page by page."""
    for found in paging.every(lambda mark: leads_of(actor).page(which, mark, size=size)):
        yield from found.rows
