"""Notices by e-mail, where a server for it is set and the person wants it."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.notices import a_company_where_it_is, tell
from tests.support.services import Mailbox
from tests.support.world import a_member, act
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.wall import Actor
from webapp.notices import mail
from webapp.notices.verbs import choose

Carry = Callable[[Actor], None]


def wants(actor: Actor, **more: Any) -> None:
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
