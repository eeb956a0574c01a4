"""What a rep does without a network, as it arrives: posted with `Op: queued`, hours late, twice, or against others."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.crm import ships, waiting
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.world import act, look
from webapp.crm import leads_of
from webapp.crm.models import FollowUp
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner, customers_of

TODAY = calendar.today(None)


def day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


class Phone(Pages):
    """A rep's phone that was offline and now sends what it kept."""

    def send(self, path: str, status: int = 200, *, done: datetime | None = None, **fields: Any) -> TestResponse:
        headers = self._headers() | {"Op": "queued"}
        form = {"op_id": str(new_id()), "as": str(self.actor.membership_id), "csrf_token": self.token}
        form |= {"done_at": done.isoformat()} if done else {}
        answer = self.client.post(self._address(path), data=form | fields, headers=headers)
        assert answer.status_code == status, (answer.status_code, answer.text[:2000])
        return answer


@pytest.fixture
def customer(owner: Actor, rep: Actor) -> Partner:
    return a_customer(owner, "Sea Line", contact="Chef Sun", owner_id=rep.user.id)


@pytest.fixture
def due(owner: Actor, customer: Partner) -> UUID:
    act(owner, lambda actor: ships(actor, customer.id, day=TODAY - timedelta(days=7)))
    return waiting(owner, customer.id)[0].id


def test_two_recorded_it_and_both_are_shown_then_mine_is_kept_beside(
    client: FlaskClient, owner: Actor, rep: Actor, customer: Partner, due: UUID
) -> None:
    mine = {"how": "call", "outcome": "They want rice", "next_on": day(3), "base_version": "1"}
    theirs = {"how": "visit", "outcome": "Met the chef", "next_on": day(9), "base_version": "1"}
    Pages(client, owner).post(f"follow-ups/{due}/outcome", **theirs)
    phone = Phone(client, rep)
    said = phone.send(f"follow-ups/{due}/outcome", 412, done=datetime.now(UTC) - timedelta(hours=2), **mine).json
    assert said
    both = said["conflict"]
    assert "you were offline, Owner" in said["message"]
    assert (both["theirs"]["who"], both["versions"]) == ("Owner", {str(due): 2})
    assert both["mine"]["text"].endswith("Call")
    assert both["theirs"]["text"].endswith("Visit")
    assert both["mine"]["title"] != both["theirs"]["title"]
    answer = phone.send(f"follow-ups/{due}/outcome", **(mine | {"base_version": "2"})).json
    assert answer
    assert answer["versions"][str(due)] == 3
    assert [found.due_on for found in waiting(rep, customer.id)] == [TODAY + timedelta(days=3)]


def test_put_off_meanwhile_both_days_are_shown_in_chinese(
    client: FlaskClient, owner: Actor, rep: Actor, due: UUID
) -> None:
    Pages(client, owner).post(f"follow-ups/{due}/postponement", until=day(1), base_version="1")
    said = Phone(client, rep, "zh-CN").send(f"follow-ups/{due}/postponement", 412, until=day(2), base_version="1").json
    assert said
    assert said["conflict"]["theirs"]["title"] == "明天"
    assert "你离线时，Owner" in said["message"]


def test_it_counts_as_of_when_it_was_done(client: FlaskClient, rep: Actor, customer: Partner, due: UUID) -> None:
    """Called three days ago, to call again the next day: by now that is overdue, and right."""
    done = datetime.now(UTC) - timedelta(days=3)
    Phone(client, rep).send(
        f"follow-ups/{due}/outcome", done=done, how="call", outcome="Good", next_on=day(-2), base_version="1"
    )
    assert [found.due_on for found in waiting(rep, customer.id)] == [TODAY - timedelta(days=2)]
    at = look(rep, lambda a: a.session.get_one(FollowUp, (a.company_id, due)).done_at)
    assert at == done


def test_a_customer_of_a_minute_ago_with_people_follow_up_and_visit(client: FlaskClient, rep: Actor) -> None:
    """All made in a basement, by the phone's own ids, sent in order; each is there once."""
    phone, firm, person, place, asked, seen = Phone(client, rep), *(str(new_id()) for _ in range(5))
    made = phone.send("customers", id=firm, name="Basement Noodles", payment_days="30").json
    assert made
    assert made["versions"] == {firm: 1}
    told = phone.send(f"partners/{firm}/contacts", id=person, name="Mr He").json
    assert told
    assert told["versions"] == {firm: 2}
    phone.send(f"partners/{firm}/addresses", id=place, text="3 Deep Lane")
    ask = {"note": "bring samples", "due_on": day(2), "rep_id": str(rep.user.id)}
    phone.send(f"customers/{firm}/follow-ups", id=asked, **ask)
    visit = {"how": "visit", "outcome": "Tasted noodles", "place": "their kitchen", "next_on": day(5)}
    phone.send(f"customers/{firm}/visits", id=seen, **visit)
    key = UUID(firm)
    assert look(rep, lambda a: [str(c.id) for c in customers_of(a).contacts(key)]) == [person]
    assert look(rep, lambda a: [str(c.id) for c in customers_of(a).addresses(key)]) == [place]
    assert asked in {str(found.id) for found in waiting(rep, key)}
    assert look(rep, lambda a: a.session.get_one(FollowUp, (a.company_id, UUID(seen))).place) == "their kitchen"
    again = [
        ("customers", {"id": firm, "name": "Another", "payment_days": "30"}),
        (f"partners/{firm}/contacts", {"id": person, "name": "Mr He"}),
        (f"partners/{firm}/addresses", {"id": place, "text": "3 Deep Lane"}),
        (f"customers/{firm}/follow-ups", {"id": asked, **ask}),
        (f"customers/{firm}/visits", {"id": seen, **visit}),
    ]
    for path, fields in again:
        said = phone.send(path, 409, **fields)
        assert (said.json or {})["code"] == "id.taken"
        assert said.headers["Op-Result"] == "rejected"


def test_a_lead_queued_twice_is_one_and_a_second_of_its_id_is_refused(client: FlaskClient, rep: Actor) -> None:
    phone, key, op = Phone(client, rep), str(new_id()), str(new_id())
    lead = {"id": key, "name": "Roadside Grill", "source": "visit", "rep_id": str(rep.user.id)}
    results = [phone.send("leads", op_id=op, **lead).headers["Op-Result"] for _time in range(2)]
    assert results == ["applied", "replayed"]
    assert (phone.send("leads", 409, **(lead | {"name": "Other Grill"})).json or {})["code"] == "id.taken"
    warned = phone.send("leads", 422, **(lead | {"id": str(new_id())})).json
    assert warned
    assert warned["accept"] == "lead.twin"
    phone.send("leads", accept="lead.twin", **(lead | {"id": str(new_id())}))


def test_a_lead_edited_by_two_shows_what_differs(client: FlaskClient, owner: Actor, rep: Actor) -> None:
    key = str(new_id())
    Pages(client, owner).post("leads", id=key, name="Grill", source="visit", rep_id=str(rep.user.id))
    edit = {"name": "Grill", "source": "visit", "rep_id": str(rep.user.id), "base_version": "1"}
    Pages(client, owner).post(f"leads/{key}", wants="butter", **edit)
    phone = Phone(client, rep)
    both = (phone.send(f"leads/{key}", 412, wants="cream", **edit).json or {})["conflict"]
    assert (both["mine"]["title"], both["theirs"]["title"]) == ("cream", "butter")
    assert (both["theirs"]["who"], both["versions"]) == ("Owner", {key: 2})
    answer = phone.send(f"leads/{key}", wants="cream", **(edit | {"base_version": "2"})).json
    assert answer
    assert answer["versions"] == {key: 3}


def test_a_customers_person_edited_by_two(client: FlaskClient, owner: Actor, rep: Actor, customer: Partner) -> None:
    person = look(rep, lambda a: customers_of(a).contacts(customer.id)[0].id)
    path = f"partners/{customer.id}/contacts/{person}"
    Pages(client, owner).post(path, name="Chef Sun", phone="13900001111", base_version="2")
    said = Phone(client, rep).send(path, 412, name="Chef Sun", phone="13900009999", base_version="2").json
    assert said
    assert said["conflict"]["mine"]["title"] == "13900009999"
    assert said["conflict"]["theirs"]["who"] == "Owner"
    assert said["conflict"]["versions"] == {str(customer.id): 3}


def test_a_leads_whole_life_in_one_queue(client: FlaskClient, owner: Actor, rep: Actor) -> None:
    phone, key = Phone(client, rep), str(new_id())
    done = datetime.now(UTC) - timedelta(hours=20)
    phone.send("leads", done=done, id=key, name="Dumpling Hall", source="referral", rep_id=str(rep.user.id))
    visit = {"how": "visit", "outcome": "They need rice", "next_on": day(4)}
    spoken = phone.send(f"leads/{key}/visits", done=done + timedelta(hours=1), **visit).json
    assert spoken
    assert spoken["versions"][key] == 1  # what happens to it does not make its form stale
    phone.send(f"leads/{key}/qualification", done=done + timedelta(hours=2))
    answer = phone.send(f"leads/{key}/conversion", done=done + timedelta(hours=3)).json
    assert answer
    assert answer["location"].endswith(f"customers/{key}")
    assert look(owner, lambda a: leads_of(a).get(UUID(key)).state) == "converted"
    refused = phone.send(f"leads/{key}/disqualification", 422, reason="late").json
    assert refused
    assert "Customer now" in refused["message"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("id", "no id"), ("name", " "), ("phone", "12"), ("source", "stars"), ("rep_id", "nobody")],
)
def test_bad_input_is_refused_with_its_field(client: FlaskClient, rep: Actor, field: str, typed: str) -> None:
    lead = {"id": str(new_id()), "name": "Grill", "source": "visit", "rep_id": str(rep.user.id)}
    said = Phone(client, rep).send("leads", 422, **(lead | {field: typed})).json
    assert said
    assert field in said["errors"]
