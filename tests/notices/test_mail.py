"""Notices by e-mail, where a server for it is set and the person wants it."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.identity import an_invitation, path_of
from tests.support.notices import a_company_where_it_is, confirm_address, tell
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.sales import confirmed
from tests.support.services import Mailbox
from tests.support.world import a_member, act, look
from webapp.identity.verbs import withdraw_invitation
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.wall import Actor
from webapp.notices import jobs, mail
from webapp.notices.verbs import choose, letters, send_link

Carry = Callable[[Actor], None]


def wants(actor: Actor, *, confirmed: bool = True, **more: Any) -> None:
    usual: dict[str, Any] = {
        "quiet": True,
        "begins": time(21),
        "ends": time(7, 30),
        "mail": "rep@fenghe.example",
        "choices": {"mail": {"order.goods": True}},
        "locale": "zh-Hans",
        "base_version": None,
    }
    act(actor, lambda a: choose(a, **(usual | more)))
    if confirmed:
        confirm_address(actor)


def test_a_letter_says_it_in_words_with_a_link(session: Session, mailbox: Mailbox, carry: Carry) -> None:
    owner = a_company_where_it_is(session)
    rep = a_member(owner, "sales")
    wants(rep)
    order = tell(owner, rep)
    carry(rep)
    carry(rep)
    ((sender, to, letter),) = mailbox.letters
    assert (sender, to) == ("notices@fenghe.example", ["rep@fenghe.example"])
    assert letter["Subject"] == "订单等的货到了"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == f"<http://localhost/c/{owner.company.slug}/me/notices>"
    text = letter.get_content()
    assert "SO-2611-0001 的货到了：Rice" in text
    assert f"http://localhost/c/{owner.company.slug}/sales/orders/{order}" in text


def test_a_kind_that_is_switched_off_is_not_sent(session: Session, mailbox: Mailbox, carry: Carry) -> None:
    owner = a_company_where_it_is(session)
    rep = a_member(owner, "sales")
    wants(rep, choices={"mail": {"order.goods": False}})
    tell(owner, rep)
    carry(rep)
    assert not mailbox.letters


def test_nobody_gets_letters_unasked(session: Session, mailbox: Mailbox, carry: Carry) -> None:
    owner = a_company_where_it_is(session)
    rep = a_member(owner, "sales")
    tell(owner, rep)
    carry(rep)
    wants(rep)
    carry(rep)
    assert not mailbox.letters, "nor what was there before they asked"


def test_a_mailbox_that_is_full_is_tried_again(session: Session, mailbox: Mailbox) -> None:
    mailbox.recipient = b"452 full"
    assert mail.send("rep@fenghe.example", "Hello", "Hello").state == "waiting"
    mailbox.recipient = b"550 nobody"
    assert mail.send("rep@fenghe.example", "Hello", "Hello").state == "failed"


def test_a_subject_is_one_line(session: Session, mailbox: Mailbox) -> None:
    assert mail.send("rep@fenghe.example", "Hello\r\nBcc: all@example.com", "Hello").state == "sent"
    ((_sender, to, letter),) = mailbox.letters
    assert to == ["rep@fenghe.example"]
    assert letter["Bcc"] is None


@pytest.mark.parametrize(
    "wrong", ["rep", "rep@host", "a b@host.example", "<a@b.example>\r\nBcc: c@d.example", "@b.example"]
)
def test_what_is_no_address_is_refused(session: Session, wrong: str) -> None:
    owner = a_company_where_it_is(session)
    with pytest.raises(Refused):
        wants(owner, mail=wrong)


def test_two_tabs_are_told_apart(session: Session) -> None:
    owner = a_company_where_it_is(session)
    wants(owner, base_version=0)
    with pytest.raises(Stale):
        wants(owner, base_version=0)


def test_an_invitation_by_letter(session: Session, mailbox: Mailbox, client: FlaskClient) -> None:
    """The letter holds the link and not the code; the queue holds neither; a link that is used up is not sent."""
    owner = a_company_where_it_is(session)
    pages, invitation = Pages(client, owner, "zh-CN"), an_invitation(owner, name="李雷")
    assert f"/links/{invitation.id}/letter" in pages.get(f"links/{invitation.id}")
    pages.post(f"links/{invitation.id}/letter", 422, to="nobody")
    pages.post(f"links/{invitation.id}/letter", to="li.lei@example.com")
    asked = "SELECT args FROM procrastinate_jobs WHERE args ->> 'link_id' = %(id)s"
    (job,) = look(owner, lambda a: a.db.ask(asked, id=str(invitation.id)))
    assert path_of(invitation) not in str(job.args)
    jobs.link_letter(**{**job.args, "company_id": owner.company_id})
    ((_sender, to, letter),) = mailbox.letters
    assert to == ["li.lei@example.com"]
    assert letter["Subject"] == "Fenghe Foods邀请你"
    assert invitation.url in letter.get_content()
    assert invitation.code not in letter.get_content()
    act(owner, lambda a: withdraw_invitation(a, invitation.id))
    jobs.link_letter(**{**job.args, "company_id": owner.company_id})
    assert len(mailbox.letters) == 1


def test_a_customer_follows_an_order_by_letter(session: Session, mailbox: Mailbox, client: FlaskClient) -> None:
    owner = a_company_where_it_is(session)
    customer = a_customer(owner, email="buyer@lucky.example")
    order = confirmed(owner, customer, (a_product(owner, "Rice"), 5))
    pages = Pages(client, owner)
    assert "Send it by e-mail" in pages.get(f"sales/orders/{order}")
    assert 'value="buyer@lucky.example"' in pages.get(f"sales/orders/{order}/letter")
    pages.post(f"sales/orders/{order}/letter", to="buyer@lucky.example")
    asked = "SELECT args FROM procrastinate_jobs WHERE args ->> 'document_id' = %(id)s"
    (job,) = look(owner, lambda a: a.db.ask(asked, id=str(order)))
    jobs.tracking_letter(**{**job.args, "company_id": owner.company_id})
    ((_sender, to, letter),) = mailbox.letters
    assert to == ["buyer@lucky.example"]
    link = re.search(r"http://localhost(/t/\S+)", letter.get_content())
    assert link
    assert client.get(link[1]).status_code == 200


def test_who_sent_a_letter_hears_that_it_failed(session: Session, mailbox: Mailbox) -> None:
    owner = a_company_where_it_is(session)
    invitation = an_invitation(owner)
    mailbox.recipient = b"550 nobody"
    jobs.link_letter(owner.company_id, str(owner.user.id), str(invitation.id), "gone@example.com", "en")
    mine = "SELECT code, params FROM notification WHERE company_id = %(company)s AND user_id = %(user)s"
    (told,) = look(owner, lambda a: a.db.ask(mine, company=a.company_id, user=a.user.id))
    assert (told.code, told.params["address"]) == ("notices.letter.failed", "gone@example.com")


def test_nobody_sends_letters_by_the_hundred(session: Session, mailbox: Mailbox) -> None:
    owner = a_company_where_it_is(session)
    invitation = an_invitation(owner)
    for _ in range(letters.MOST):
        act(owner, lambda a: send_link(a, invitation.id, "li.lei@example.com", "en"))
    with pytest.raises(Refused) as refused:
        act(owner, lambda a: send_link(a, invitation.id, "li.lei@example.com", "en"))
    assert refused.value.status == 429
