"""Leads: taken in, changed, found good or not for us, and made a customer whose page keeps what was noted."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from webapp.crm.cadences import CALLED_OFF, LEAD_ADDED, SOURCES
from webapp.crm.models import FollowUp, Lead
from webapp.crm.queries.leads import twin_of
from webapp.crm.states import LEAD
from webapp.kernel import calendar, notifications, search, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.wall import Actor
from webapp.partners import Partner, add_contact, add_partner

from .checks import check_follower, check_version
from .rules import open_for_lead

CHANGEABLE = ("name", "contact", "phone", "wechat", "source", "region", "wants", "note", "rep_id")


def add_lead(
    actor: Actor,
    name: str,
    *,
    source: str = "other",
    rep_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
    accepted: frozenset[str] | None = None,
    **known: Any,
) -> Lead:
    """Take in a lead for `rep_id`, who gets a follow-up by the company's rule; without one it lies in the pool.

    With `accepted` (a form's), one whose name or number is here already asks first (`lead.twin`). Refused unnamed,
    for a source or colleague that is none; Taken for an id that a lead or a customer has.
    """
    _check(actor, name, source, rep_id)
    key = new_key(actor, id, Lead, Partner)
    if accepted is not None and "lead.twin" not in accepted:
        _ask_about_twin(actor, name, known)
    lead = Lead(
        id=key,
        company_id=actor.company_id,
        name=name.strip(),
        source=source,
        rep_id=rep_id,
        state="new" if rep_id else "pool",
        touched_at=actor.done_at or calendar.now(),
        created_at=actor.done_at or calendar.now(),
        version=1,
        **known,
    )
    actor.session.add(lead)
    actor.session.flush()  # an id that is taken must be refused before terms and timeline name the row
    make_findable(actor, lead)
    facts = {"rep_id": rep_id, "day": calendar.today(actor)}
    timeline.record(actor, "crm.lead.added", "lead", lead.id, partner_id=lead.id, facts=facts, name=lead.name)
    if rep_id:
        notifications.tell(actor, [rep_id], "crm.lead.given", "lead", lead.id, name=lead.name)
    return lead


def change_lead(actor: Actor, lead: Lead, base_version: int, **changes: Any) -> Lead:
    """Change what is known of a lead (found locked) or who looks after it. Nothing changed writes nothing.

    Stale (412) where someone changed it since the form was shown. Refused for one that is a customer now.
    """
    check_version(actor, lead, base_version)
    if lead.state == "converted":
        raise Refused("lead.converted", N_("This lead is a customer now. Change it on the customer’s page."))
    _check(actor, changes.get("name", lead.name), changes.get("source", lead.source), changes.get("rep_id"))
    if lead.state == "disqualified" and changes.get("rep_id", lead.rep_id) is None:
        changes["rep_id"] = lead.rep_id
    changed = [key for key in CHANGEABLE if key in changes and getattr(lead, key) != changes[key]]
    if not changed:
        return lead
    for key in changed:
        setattr(lead, key, changes[key])
    if "rep_id" in changed:
        hand_over(actor, lead)
    lead.version += 1
    touch(actor, lead)
    make_findable(actor, lead)
    timeline.record(actor, "crm.lead.changed", "lead", lead.id, partner_id=lead.id, name=lead.name, what=changed)
    return lead


def qualify(actor: Actor, lead: Lead) -> None:
    """Note that a lead (found locked) needs what we sell and can pay for it."""
    lead.state = LEAD.check("qualify", lead.state)
    touch(actor, lead)
    timeline.record(actor, "crm.lead.qualified", "lead", lead.id, partner_id=lead.id, name=lead.name)


def disqualify(actor: Actor, lead: Lead, reason: str) -> None:
    """Note why a lead is not for us; what was still to follow up with it goes. Refused without a reason."""
    state = LEAD.check("disqualify", lead.state)
    if not reason.strip():
        raise Refused("lead.reason", N_("Write why it is not for us."), field="reason")
    lead.state, lead.reason = state, reason.strip()
    close_follow_ups(actor, lead, reason.strip())
    touch(actor, lead)
    timeline.record(
        actor, "crm.lead.disqualified", "lead", lead.id, partner_id=lead.id, name=lead.name, reason=lead.reason
    )


def take_up(actor: Actor, lead: Lead) -> None:
    """Take a lead up again that was not for us."""
    lead.state, lead.reason = LEAD.check("take_up", lead.state), None
    touch(actor, lead)
    timeline.record(actor, "crm.lead.taken_up", "lead", lead.id, partner_id=lead.id, name=lead.name)


def convert(
    actor: Actor, lead: Lead, *, customer: Partner | None = None, accepted: frozenset[str] | None = None
) -> Partner:
    """Make a customer of a lead (found locked), or note which `customer` it turned out to be.

    A new customer has the lead's key, its person and number; what waits with the lead waits with the customer now.
    With `accepted`, a customer of the same name asks first (`partner.twin`).
    """
    state = LEAD.check("convert", lead.state)
    partner = customer or _customer_of(actor, lead, accepted)
    lead.state, lead.partner_id = state, partner.id
    touch(actor, lead)
    moved = update(FollowUp).where(FollowUp.lead_id == lead.id)
    actor.session.execute(moved.values(partner_id=partner.id, lead_id=None))
    search.index(actor, "lead", [(lead.id, ())])
    timeline.record(actor, "crm.lead.converted", "lead", lead.id, partner_id=partner.id, name=lead.name)
    return partner


def touch(actor: Actor, lead: Lead) -> None:
    """Somebody had to do with the lead: its silence begins anew."""
    lead.touched_at = max(lead.touched_at, actor.done_at or calendar.now())


def make_findable(actor: Actor, lead: Lead) -> None:
    """Name, pinyin, person, number and WeChat find the lead."""
    search.index(actor, "lead", [(lead.id, (lead.name, lead.contact, lead.phone, lead.wechat))])


def hand_over(actor: Actor, lead: Lead) -> None:
    """What waits goes along to whom the lead was given, who is told; with nobody it lies in the pool.

    Out of the pool it is new again, and due by the company's rule for new ones.
    """
    was_pooled = lead.state == "pool"
    if lead.state != "disqualified":
        lead.state = "pool" if lead.rep_id is None else "new" if was_pooled else lead.state
    waiting = update(FollowUp).where(FollowUp.lead_id == lead.id, FollowUp.done_at.is_(None))
    due = {"due_on": calendar.today(actor) + timedelta(days=1), "due_at": None} if was_pooled else {}
    along = waiting.values(rep_id=lead.rep_id, version=FollowUp.version + 1, **due).returning(FollowUp.id)
    if not actor.session.execute(along).first() and was_pooled and lead.rep_id:
        open_for_lead(actor, LEAD_ADDED, lead.id, lead.rep_id, calendar.today(actor))
    if lead.rep_id:
        notifications.tell(actor, [lead.rep_id], "crm.lead.given", "lead", lead.id, name=lead.name)


def close_follow_ups(actor: Actor, lead: Lead, reason: str) -> None:
    """End what waits with a lead: nobody is to call there, and `reason` says why."""
    waiting = update(FollowUp).where(FollowUp.lead_id == lead.id, FollowUp.done_at.is_(None))
    done = {"done_at": actor.done_at or calendar.now(), "done_by": actor.user.id, "how": CALLED_OFF, "outcome": reason}
    actor.session.execute(waiting.values(**done, no_next_reason=reason, version=FollowUp.version + 1))


def _customer_of(actor: Actor, lead: Lead, accepted: frozenset[str] | None) -> Partner:
    note = "\n".join(text for text in (lead.wants, lead.note) if text) or None
    known: dict[str, Any] = {"phone": None if lead.contact else lead.phone, "region": lead.region, "note": note}
    partner = add_partner(
        actor, lead.name, is_customer=True, id=lead.id, accepted=accepted, owner_id=lead.rep_id, **known
    )
    if lead.contact:
        add_contact(actor, partner, lead.contact, phone=lead.phone, told=False)
    return partner


def _check(actor: Actor, name: str, source: str, rep_id: uuid.UUID | None) -> None:
    if not name.strip():
        raise Refused("lead.name", N_("Type the name."), field="name")
    if source not in SOURCES:
        raise Refused("lead.source", N_("Choose one of these."), field="source")
    if rep_id is not None:
        check_follower(actor, rep_id)


def _ask_about_twin(actor: Actor, name: str, known: dict[str, Any]) -> None:
    twin = twin_of(actor, name, [known.get("phone"), known.get("wechat")])
    if twin is None:
        return
    if twin.kind == "customer":
        words = N_("“%(name)s” is a customer already. Take in a lead all the same?")
    elif twin.rep:
        words = N_("“%(name)s” is a lead already, with %(rep)s. Take in a second one?")
    else:
        words = N_("“%(name)s” is a lead already, in the pool. Take in a second one?")
    raise Warned("lead.twin", words, name=twin.name, rep=twin.rep or "")
