"""What crm offers: due follow-ups on Today, rules that listen to what happens, leads found, words, a check."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from webapp.kernel import calendar, constraints, timeline
from webapp.kernel.i18n import N_, _, _n, display_name
from webapp.kernel.register import (
    Action,
    Card,
    CardSource,
    Check,
    DocumentKind,
    Entry,
    Found,
    NoticeKind,
    Policy,
    SearchKind,
    registers,
    roles,
)
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for
from webapp.partners import Partner, partner_names
from webapp.partners.identifiers import callable_number

from .cadences import CADENCES, LEAD_ADDED
from .models import FollowUp, Lead
from .pack import PACK, PAGES
from .queries import Due, due_today, leads_of
from .queries.follow_ups import TODAYS
from .states import LEAD, READERS
from .verbs import lay_down_rules, open_after, withdraw_after
from .verbs.pool import SILENCE
from .words import follow_up_state, tone, why

COLLEAGUES = 3
"""Follow-ups of colleagues that an owner sees one by one."""

UNFINISHED = """
SELECT f.id FROM follow_up f
LEFT JOIN follow_up n ON n.company_id = f.company_id AND n.id = f.next_id
WHERE f.company_id = %(company)s AND f.done_at IS NOT NULL
  AND (coalesce(f.outcome, '') = '' OR f.how IS NULL OR (n.id IS NULL) = (f.no_next_reason IS NULL))
LIMIT 100"""


def _cards(actor: Actor) -> Iterable[Card]:
    """What is due: a rep's own. Owners and managers have their own first, a few of their colleagues', then the rest."""
    due = due_today(actor, actor.user.id if actor.role == "sales" else None)
    others = [row for row in due if row.rep_id != actor.user.id]
    yield from (_card(actor, row) for row in due if row.rep_id == actor.user.id)
    yield from (_card(actor, row) for row in others[:COLLEAGUES])
    if len(others) > COLLEAGUES:
        there = url_for("crm.follow_ups", whose="all")
        late = sum(row.due_on < calendar.today(actor) for row in others)
        yield Card(
            urgency=25,
            tone="",
            icon="users",
            state=_("Follow-ups of colleagues"),
            name=_n("%(num)s is due", "%(num)s are due", len(others)) if len(others) < TODAYS else _("Many are due"),
            reason=_n("%(num)s of them overdue", "%(num)s of them overdue", late) if late else "",
            href=there,
            action=Action(_("See them"), there),
            key="follow_ups",
        )


def _card(actor: Actor, due: Due) -> Card:
    today, own = calendar.today(actor), due.rep_id == actor.user.id
    name, reason, page = display_name(due), why(due.code, due.params, today), url_for("crm.follow_up", id=due.id)
    number = callable_number(due.phone)
    call = Action(_("Call"), f"tel:{number}", icon="phone")
    return Card(
        urgency=10 if own and due.due_on <= today else 20,
        tone=tone(due.due_on, today),
        icon="user-plus" if due.code == LEAD_ADDED else "calendar-check-2",
        state=follow_up_state(due.due_on, due.due_at, today, due.code),
        name=f"{name} · {due.contact}" if due.contact else name,
        reason=reason if own else f"{due.rep} · {reason}",
        href=page,
        action=call if number else Action(_("Record it"), page, icon="pencil"),
        key=f"follow_up:{due.id}",
    )


def _named(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The customers and leads of follow-ups, by follow-up."""
    statement = (
        select(FollowUp.id, func.coalesce(Partner.name, Lead.name).label("name"), Partner.name2)
        .outerjoin(Partner, (Partner.company_id == FollowUp.company_id) & (Partner.id == FollowUp.partner_id))
        .outerjoin(Lead, (Lead.company_id == FollowUp.company_id) & (Lead.id == FollowUp.lead_id))
        .where(FollowUp.id.in_(list(ids)))
    )
    return {row.id: display_name(row) for row in actor.session.execute(statement)}


def _lead_names(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {key: lead.name for key, lead in leads_of(actor).many(ids).items()}


def _leads_found(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    found = leads_of(actor).many(ids)
    return [
        Found("lead", key, lead.name, _sub(lead), url_for("crm.lead", id=key), "user-plus")
        for key in ids
        if (lead := found.get(key))
    ]


def _sub(lead: Lead) -> str:
    return " · ".join(word for word in (lead.contact, lead.phone, _(LEAD.words[lead.state])) if word)


def unfinished(actor: Actor) -> list[str]:
    """Follow-ups that are done and do not say what came of them or what is next: the constraint should leave none."""
    rows = actor.db.ask(UNFINISHED, company=actor.company_id)
    return [f"follow-up {row.id} is done without what came of it or what is next" for row in rows]


registers.starts.append(lay_down_rules)
registers.cards.append(CardSource(roles("sales"), _cards))
registers.checks.append(Check("every follow-up that is done says what came of it and what is next", unfinished))
registers.settings[SILENCE] = 7
registers.policies.append(
    Policy(
        SILENCE,
        N_("Selling"),
        N_("Days of silence after which a lead goes to the pool"),
        "count",
        help=N_("0 for never. A lead with a day set for the next word is not silent."),
        unit=N_("days"),
        most=365,
    )
)
constraints.only_new("lead", "follow_up")
registers.search["lead"] = SearchKind("lead", N_("Leads"), READERS, _leads_found)
registers.documents |= {
    "lead": DocumentKind(
        "lead", N_("Lead"), icon="user-plus", link=lambda key: url_for("crm.lead", id=key), identify=_lead_names
    ),
    "follow_up": DocumentKind(
        "follow_up",
        N_("Follow-up"),
        icon="calendar-check-2",
        link=lambda key: url_for("crm.follow_up", id=key),
        identify=_named,
    ),
    "customer": DocumentKind(
        "customer",
        N_("Customer"),
        icon="store",
        link=lambda key: url_for("crm.customer", id=key),
        identify=partner_names,
    ),
}
registers.packs += PACK
registers.pack_pages += PAGES
registers.events |= {
    "crm.follow_up.asked": N_("Follow-up planned: %(note)s"),
    "crm.follow_up.call": N_("Called: %(outcome)s"),
    "crm.follow_up.visit": N_("Visited: %(outcome)s"),
    "crm.follow_up.message": N_("Wrote: %(outcome)s"),
    "crm.follow_up.snoozed": N_("Follow-up put off"),
    "crm.follow_up.reassigned": N_("Follow-up given to a colleague"),
    "crm.follow_up.taken_back": N_("Follow-up opened again"),
    "crm.follow_up.given": N_("A follow-up with %(name)s is yours now"),
    "crm.follow_up.due": N_("Speak with %(name)s%(hour)s"),
    "crm.lead.added": N_("%(name)s taken in as a lead"),
    "crm.lead.changed": N_("Details of the lead changed"),
    "crm.lead.qualified": N_("They need what we sell"),
    "crm.lead.disqualified": N_("Not for us: %(reason)s"),
    "crm.lead.taken_up": N_("Taken up again"),
    "crm.lead.converted": N_("The lead became a customer"),
    "crm.lead.given_back": N_("Given to the pool"),
    "crm.lead.pooled": N_("Into the pool after %(days)s days of silence"),
    "crm.lead.taken": N_("Taken out of the pool"),
    "crm.lead.given": N_("The lead %(name)s is yours now"),
    "crm.lead.gone": N_("%(name)s went to the pool after %(days)s days of silence"),
    "crm.rule.changed": N_("A follow-up rule was changed"),
}
registers.entries += [
    Entry("new", N_("Lead"), "user-plus", roles("sales"), "crm.new_lead", order=22),
    Entry("books", N_("Leads"), "user-plus", READERS, "crm.leads", order=22),
    Entry("books", N_("Follow-ups"), "calendar-check-2", roles("sales", "auditor"), "crm.follow_ups", order=25),
    Entry("me", N_("Follow-up rules"), "list-checks", roles(), "crm.rules", order=60),
]
for cadence in CADENCES:
    timeline.on(cadence.event)(open_after)
timeline.on("sales.delivery.reversed")(withdraw_after)
registers.notices += [
    NoticeKind(
        "follow_up.due",
        N_("A follow-up is due"),
        frozenset({"crm.follow_up.due", "crm.follow_up.given"}),
        roles("sales"),
        help=N_("At its hour, or in the morning; and when a colleague gives you one."),
        order=10,
    ),
    NoticeKind(
        "lead",
        N_("A lead is yours"),
        frozenset({"crm.lead.given", "crm.lead.gone"}),
        roles("sales"),
        help=N_("When a colleague gives you one; and when one goes to the pool, because nobody spoke with them."),
    ),
]
