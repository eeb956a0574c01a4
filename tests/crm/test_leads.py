"""A lead's life: taken in, spoken with, found good or not, a customer; silent, into the pool, and out of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.crm import act_on, due
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look
from webapp.crm import Said, add_lead, ask_follow_up, convert, disqualify, give_back, leads_of, qualify, record_visit
from webapp.crm.jobs import pool
from webapp.crm.models import Lead
from webapp.crm.register import unfinished
from webapp.crm.verbs import change_lead, pool_silent, take, take_up
from webapp.identity.models import Membership
from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound, Refused, Stale, Taken, Warned
from webapp.kernel.settings import set_setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import customers_of
from webapp.partners.queries import between_us

TODAY = calendar.today(None)
SPOKEN = Said("call", "They want cream", TODAY + timedelta(days=3))


class World:
    """A company with a rep and a lead of theirs."""

    def __init__(self, session: Session) -> None:
        self.owner = a_company(session)
        self.rep = a_member(self.owner, "sales")
        self.id = self.added("Sea Line", contact="Ms Lu", phone="13900002222", rep_id=self.rep.user.id)

    def added(self, name: str, by: Actor | None = None, **known: Any) -> UUID:
        return act(by or self.owner, lambda actor: add_lead(actor, name, **known).id)

    def do(self, verb: Any, *said: Any, by: Actor | None = None, **known: Any) -> Any:
        return act(by or self.rep, lambda actor: verb(actor, leads_of(actor).locked(self.id), *said, **known) and None)

    def speak(self, said: Said = SPOKEN, by: Actor | None = None) -> None:
        act(by or self.rep, lambda actor: record_visit(actor, leads_of(actor).locked(self.id), said) and None)

    def state(self) -> str:
        return self.now().state

    def now(self) -> Lead:
        def ask(actor: Actor) -> Lead:
            found = leads_of(actor).get(self.id)
            actor.session.expunge(found)
            return found

        return look(self.owner, ask)

    def waiting(self) -> list[tuple[str, UUID | None]]:
        """What waits with the lead: why, and whose it is."""
        return look(self.owner, lambda a: [(found.code, found.rep_id) for found in leads_of(a).waiting(self.id)])


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_a_new_lead_is_on_today_at_once_and_due_within_a_day(world: World) -> None:
    assert world.waiting() == [("crm.lead.added", world.rep.user.id)]
    assert due(world.rep, TODAY, world.rep.user.id) == [world.id]
    found = look(world.owner, lambda a: [(f.due_on, f.due_at) for f in leads_of(a).waiting(world.id)])
    assert found[0][0] == TODAY + timedelta(days=1)
    assert found[0][1] is not None


def test_spoken_with_it_is_contacted_and_the_next_day_waits(world: World) -> None:
    act_on(TODAY + timedelta(days=0), world.rep, lambda actor: None)
    world.speak()
    assert world.state() == "contacted"
    assert ("again", world.rep.user.id) in world.waiting()
    assert look(world.owner, unfinished) == []


def test_good_and_a_customer_whose_page_keeps_the_thread(world: World) -> None:
    world.speak()
    world.do(qualify)
    world.do(convert)
    assert world.state() == "converted"
    customer = look(world.rep, lambda a: customers_of(a).get(world.id).name)
    assert customer == "Sea Line"
    people = look(world.rep, lambda a: [(c.name, c.phone) for c in customers_of(a).contacts(world.id)])
    assert people == [("Ms Lu", "13900002222")]
    told = look(world.rep, lambda a: [entry.code for entry in between_us(a, world.id)])
    for code in ("crm.lead.added", "crm.follow_up.call", "crm.lead.qualified", "crm.lead.converted"):
        assert code in told
    assert world.waiting() == []  # what waits, waits with the customer
    assert due(world.rep, TODAY + timedelta(days=3)).count(world.id) == 2


def test_it_turns_out_to_be_a_customer_one_has(world: World) -> None:
    world.speak()
    known = a_customer(world.owner, "Sea Line Group")

    def join(actor: Actor) -> None:
        convert(actor, leads_of(actor).locked(world.id), customer=customers_of(actor).get(known.id))

    act(world.rep, join)
    assert world.now().partner_id == known.id
    assert due(world.rep, TODAY + timedelta(days=3)) == [known.id, known.id]


def test_not_for_us_says_why_and_nothing_waits(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.do(disqualify, "  ")
    assert refused.value.field == "reason"
    world.do(disqualify, "they buy abroad")
    assert (world.state(), world.now().reason, world.waiting()) == ("disqualified", "they buy abroad", [])
    assert look(world.owner, unfinished) == []
    with pytest.raises(Refused):
        act(world.rep, lambda a: ask_follow_up(a, leads_of(a).get(world.id), TODAY, "again"))
    world.do(take_up)
    assert (world.state(), world.now().reason) == ("contacted", None)


@pytest.mark.parametrize("verb", [qualify, convert, take, take_up])
def test_what_is_not_allowed_in_its_state_is_refused(world: World, verb: Any) -> None:
    with pytest.raises(Refused) as refused:
        world.do(verb)
    assert refused.value.code == "state"
    assert world.state() == "new"


def test_given_back_it_is_nobodys_and_who_takes_it_has_what_waits(world: World) -> None:
    world.do(give_back)
    assert (world.state(), world.now().rep_id) == ("pool", None)
    assert world.waiting() == [("crm.lead.added", None)]
    assert due(world.rep, TODAY) == due(world.owner, TODAY) == []
    other = a_member(world.owner, "sales")
    world.do(take, by=other)
    assert (world.state(), world.now().rep_id) == ("new", other.user.id)
    assert world.waiting() == [("crm.lead.added", other.user.id)]
    with pytest.raises(Refused):
        world.do(take)


def test_silent_for_the_companys_days_it_goes_into_the_pool_and_its_rep_is_told(world: World) -> None:
    later = calendar.now() + timedelta(days=8)
    assert act(world.owner, lambda a: pool_silent(a, now=calendar.now() + timedelta(days=6))) == 0
    assert act(world.owner, lambda a: pool_silent(a, now=later)) == 1
    assert act(world.owner, lambda a: pool_silent(a, now=later)) == 0
    assert world.state() == "pool"
    told = "SELECT code FROM notification WHERE company_id = %(company)s AND user_id = %(user)s ORDER BY id DESC"
    codes = look(world.rep, lambda a: [r.code for r in a.db.ask(told, company=a.company_id, user=a.user.id)])
    assert codes[0] == "crm.lead.gone"


def test_one_with_a_day_set_is_not_silent(world: World) -> None:
    world.speak(Said("call", "Call me then", TODAY + timedelta(days=12)))
    assert act(world.owner, lambda a: pool_silent(a, now=calendar.now() + timedelta(days=11))) == 0
    assert act(world.owner, lambda a: pool_silent(a, now=calendar.now() + timedelta(days=14))) == 1


def test_a_company_may_keep_its_leads_for_ever(world: World) -> None:
    act(world.owner, lambda a: set_setting(a, "crm.pool_days", 0))
    world.owner.company = look(world.owner, lambda a: a.company)
    kept = a_member(world.owner, "manager")
    assert act(kept, lambda a: pool_silent(a, now=calendar.now() + timedelta(days=99))) == 0


def test_the_mornings_job_goes_over_every_company(world: World) -> None:
    act_on(TODAY - timedelta(days=20), world.owner, lambda a: add_lead(a, "Old", rep_id=world.rep.user.id) and None)
    pool()
    found = look(world.owner, lambda a: {row.name: row.state for row in leads_of(a).page("pool").rows})
    assert found == {"Old": "pool"}


def test_a_call_that_was_made_before_the_pool_took_it_keeps_it_with_the_rep(world: World) -> None:
    """The phone was offline: its call arrives after the morning's job, with the version it knew."""
    act(world.owner, lambda a: pool_silent(a, now=calendar.now() + timedelta(days=8)))
    act_on(TODAY, world.rep, lambda a: record_visit(a, leads_of(a).locked(world.id), SPOKEN) and None)
    assert (world.state(), world.now().rep_id) == ("contacted", world.rep.user.id)


def test_whoever_is_here_already_is_asked_about(world: World) -> None:
    a_customer(world.owner, "Old Friends", contact="Mr Wu", contact_phone="13900003333")
    asked = [
        {"name": "sea line"},
        {"name": "Sea Line East", "phone": "13900002222"},
        {"name": "Anything", "phone": "13900003333"},
        {"name": "Old Friends"},
    ]
    for known in asked:
        with pytest.raises(Warned) as warned:
            world.added(accepted=frozenset(), **known)
        assert warned.value.code == "lead.twin"
    world.added("Sea", accepted=frozenset())
    world.added("Sea Line", accepted=frozenset({"lead.twin"}))


def test_a_phones_own_id_is_for_one_new_lead(world: World) -> None:
    key, partner = new_id(), a_customer(world.owner)
    assert world.added("By phone", id=key) == key
    for taken in (key, world.id, partner.id):
        with pytest.raises(Taken):
            world.added("Another", id=taken)


def test_changed_it_may_go_to_a_colleague_with_what_waits(world: World) -> None:
    other, clerk = a_member(world.owner, "sales"), a_member(world.owner, "accountant")
    world.do(change_lead, 1, wants="cream", rep_id=other.user.id)
    assert (world.now().version, world.now().rep_id) == (2, other.user.id)
    assert world.waiting() == [("crm.lead.added", other.user.id)]
    with pytest.raises(Stale):
        world.do(change_lead, 1, wants="butter")
    with pytest.raises(Refused):
        world.do(change_lead, 2, rep_id=clerk.user.id)
    world.do(change_lead, 2, rep_id=None)
    assert world.state() == "pool"
    world.do(change_lead, 3, rep_id=world.rep.user.id)
    assert world.state() == "new"


def test_only_who_sells_or_audits_finds_it(session: Session, world: World) -> None:
    stranger = a_company(session)
    for actor in (stranger, *(a_member(world.owner, role) for role in ("buyer", "warehouse", "accountant"))):
        with pytest.raises(NotFound):
            act(actor, lambda acting: leads_of(acting).get(world.id))
    act(a_member(world.owner, "auditor"), lambda acting: leads_of(acting).get(world.id).name)


def test_who_has_left_can_have_none(world: World) -> None:
    gone = a_member(world.owner, "sales")

    def leave(actor: Actor) -> None:
        actor.session.get_one(Membership, gone.membership_id).ended_at = calendar.now()

    act(world.owner, leave)
    with pytest.raises(Refused) as refused:
        world.added("For someone", rep_id=gone.user.id)
    assert refused.value.field == "rep_id"
