"""Who is told: those the verbs tell, by way of what is theirs; no rival, no other company, no private network."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.notices import a_company_where_it_is, takes_push, tell
from tests.support.partners import a_supplier
from tests.support.purchasing import sent
from tests.support.services import Service
from tests.support.world import a_member, act, look
from webapp.kernel.wall import Actor
from webapp.notices import installed, outgoing, queries
from webapp.notices.verbs import see

Carry = Callable[[Actor], None]


def test_a_supplier_gets_what_is_theirs(session: Session, service: Service, carry: Carry) -> None:
    """By the real verb: an order is sent; the supplier's person is told, the rival's is not."""
    owner = a_company_where_it_is(session)
    theirs, rivals = a_supplier(owner, "Mill"), a_supplier(owner, "Rival")
    supplier, rival = a_member(owner, "supplier", theirs.id), a_member(owner, "supplier", rivals.id)
    mine, others = takes_push(supplier, service.url), takes_push(rival, service.url)
    order = sent(owner, theirs, (a_product(owner, "Rice"), 5, 12))
    for person in (supplier, rival):
        carry(person)
    (request,) = service.requests
    told = mine.read(request)
    assert request.path.endswith(mine.endpoint.rsplit("/", 1)[1])
    assert others.endpoint not in request.path
    assert told["title"] == "A purchase order to accept"
    assert told["url"] == f"/c/{owner.company.slug}/portal/orders/{order}"
    assert "60" not in told["body"], "no figure on a lock screen"


def test_a_person_of_two_companies_is_told_by_each_where_they_asked(
    session: Session, service: Service, carry: Carry
) -> None:
    first, second = a_company_where_it_is(session), a_company_where_it_is(session)
    rep = a_member(first, "sales")
    takes_push(rep, service.url)
    tell(second, a_member(second, "sales"))
    carry(rep)
    assert not service.requests
    assert not look(second, queries.subscriptions_of)


def test_nobody_marks_anothers_news_as_seen(session: Session) -> None:
    owner = a_company_where_it_is(session)
    rep, other = a_member(owner, "sales"), a_member(owner, "sales")
    tell(owner, rep)
    asked = "SELECT id FROM notification WHERE company_id = %(company)s AND user_id = %(user)s"
    ids = [row.id for row in look(rep, lambda a: a.db.ask(asked, company=a.company_id, user=a.user.id))]
    act(other, lambda a: see(a, ids))
    assert look(rep, queries.unseen) == 1
    act(rep, lambda a: see(a, ids))
    assert look(rep, queries.unseen) == 0


def test_a_name_that_leads_inside_gets_nowhere(service: Service) -> None:
    """The address looks public and its name resolves to this machine: the connection itself is looked at."""
    installed.tell(replace(installed.here(), local=False))
    inside = service.url.replace("http://127.0.0.1", "https://rebound.example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socket.getaddrinfo", _here)
        with pytest.raises(outgoing.Unreachable, match="PrivateAddress") as refused:
            outgoing.post(inside, headers={}, data=b"")
    assert not refused.value.unsure
    assert not service.requests


def _here(_host: str, port: int, *_more: object, **_known: object) -> list[tuple[object, ...]]:
    import socket

    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
