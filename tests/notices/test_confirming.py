"""An address gets notices once whoever reads it has said so, by the button behind the link of a letter."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.notices import a_company_where_it_is, tell
from tests.support.pages import Pages
from tests.support.services import Mailbox
from tests.support.world import a_member, act, look
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.notices import jobs, queries
from webapp.notices.verbs import ask_again, choose, letters

JOBS = """
SELECT args FROM procrastinate_jobs WHERE task_name = 'notices.confirmation_letter' AND args ->> 'user_id' = %(user)s
ORDER BY id"""


class Reader:
    """A rep who types an address on Me → Notices; the worker sends; the letter is opened in any browser."""

    def __init__(self, app: Flask, client: FlaskClient, session: Session, mailbox: Mailbox) -> None:
        self.app, self.mailbox = app, mailbox
        self.owner = a_company_where_it_is(session)
        self.rep = a_member(self.owner, "sales")
        self.pages = Pages(client, self.rep)

    def types(self, address: str, status: int = 303) -> str:
        said = {"quiet_from": "21:00", "quiet_to": "07:30", "quiet": "y", "mail": address, "mail-order-goods": "y"}
        version = look(self.rep, queries.reader_of).version
        answer = self.pages.post("me/notices", status, **said, base_version=str(version))
        return self.pages.follow(answer) if status == 303 else answer.text

    def works(self) -> None:
        """The worker does what was enqueued, all of it, in its order."""
        for job in look(self.rep, lambda a: a.db.ask(JOBS, user=str(a.user.id))):
            jobs.confirmation_letter(**{**job.args, "company_id": self.owner.company_id})

    def links(self) -> list[str]:
        found = [
            re.search(r"http://localhost(/m/\S+)", letter.get_content()) for _from, _to, letter in self.mailbox.letters
        ]
        return [link[1] for link in found if link]

    def presses(self, link: str, status: int = 303) -> str:
        """Somebody opens the link where nobody is signed in, and presses the button."""
        browser = self.app.test_client()
        shown = browser.get(link, headers={"Accept-Language": "en"})
        assert shown.status_code == 200, shown.text
        token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
        assert token
        data = {"csrf_token": token[1], "op_id": "01935b5e-0000-7000-8000-000000000000"}
        answer = browser.post(f"{link}/confirmation", data=data, headers={"Accept-Language": "en"})
        assert answer.status_code == status, answer.text
        return browser.get(answer.location).text if status == 303 else answer.text

    def confirmed(self) -> bool:
        return bool(look(self.rep, queries.reader_of).letters_to)


@pytest.fixture
def reader(app: Flask, client: FlaskClient, session: Session, mailbox: Mailbox) -> Reader:
    return Reader(app, client, session, mailbox)


def test_only_a_confirmed_address_gets_notices(reader: Reader, carry: Callable[[Actor], None]) -> None:
    shown = reader.types("rep@fenghe.example")
    assert "Not confirmed yet: rep@fenghe.example" in shown
    tell(reader.owner, reader.rep)
    carry(reader.rep)
    assert not reader.mailbox.letters, "the letter that asks is the worker's too"
    reader.works()
    ((_sender, to, letter),) = reader.mailbox.letters
    assert to == ["rep@fenghe.example"]
    assert "Confirm your address for notices of Fenghe Foods" in letter["Subject"]
    assert reader.app.test_client().get(reader.links()[0]).status_code == 200
    assert not reader.confirmed(), "opening the link changes nothing"
    assert "Confirmed" in reader.presses(reader.links()[0])
    assert reader.confirmed()
    carry(reader.rep)
    assert len(reader.mailbox.letters) == 1, "nor what was told before the address was confirmed"
    tell(reader.owner, reader.rep, number="SO-2611-0002")
    carry(reader.rep)
    assert "SO-2611-0002" in reader.mailbox.letters[-1][2].get_content()
    assert "Not confirmed yet" not in reader.pages.get("me/notices")


def test_a_link_works_once(reader: Reader) -> None:
    reader.types("rep@fenghe.example")
    reader.works()
    (link,) = reader.links()
    browser = reader.app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(link).text)
    assert token
    assert "Confirmed" in reader.presses(link)
    again = browser.post(f"{link}/confirmation", data={"csrf_token": token[1], "op_id": str(reader.rep.user.id)})
    assert again.status_code == 410
    assert reader.app.test_client().get("/m/nobody-sent-this").status_code == 404


def test_another_address_is_asked_anew(reader: Reader) -> None:
    reader.types("rep@fenghe.example")
    reader.works()
    reader.presses(reader.links()[0])
    reader.types("other@fenghe.example")
    assert not reader.confirmed()
    reader.works()
    assert reader.mailbox.letters[-1][1] == ["other@fenghe.example"]
    assert len(reader.mailbox.letters) == 2, "what was answered is not sent once more"
    reader.presses(reader.links()[1])
    assert reader.confirmed()
    reader.types("other@fenghe.example")
    assert reader.confirmed(), "saving the page changes nothing about the address"


def test_a_link_to_an_address_that_was_given_up_confirms_nothing(reader: Reader) -> None:
    reader.types("wrong@fenghe.example")
    reader.works()
    reader.types("rep@fenghe.example")
    reader.works()
    first, second = reader.links()
    assert reader.app.test_client().get(first).status_code == 410
    reader.types("")
    assert reader.app.test_client().get(second).status_code == 410
    assert not reader.confirmed()


def test_the_letter_is_sent_again(reader: Reader) -> None:
    reader.pages.post("me/notices/letter", 422)
    reader.types("rep@fenghe.example")
    reader.works()
    assert "Send the letter again" in reader.pages.get("me/notices")
    reader.pages.post("me/notices/letter")
    reader.works()
    first, second = reader.links()
    assert reader.app.test_client().get(first).status_code == 410
    reader.presses(second)
    reader.pages.post("me/notices/letter", 422)


def test_nobody_is_flooded_with_questions(reader: Reader) -> None:
    reader.types("rep@fenghe.example")
    for _n in range(letters.MOST_TO_CONFIRM - 1):
        act(reader.rep, lambda a: ask_again(a, "en"))
    with pytest.raises(Refused) as refused:
        act(reader.rep, lambda a: ask_again(a, "en"))
    assert refused.value.status == 429


def test_the_question_is_in_the_language_of_who_asked(reader: Reader) -> None:
    known: dict[str, Any] = {
        "quiet": True,
        "begins": time(21),
        "ends": time(7, 30),
        "choices": {},
        "base_version": None,
    }
    act(reader.rep, lambda a: choose(a, mail="rep@fenghe.example", locale="zh-Hans", **known))
    reader.works()
    ((_sender, _to, letter),) = reader.mailbox.letters
    assert "请确认" in letter["Subject"]
    assert "打开此链接并确认" in letter.get_content()
