"""How often a page may ask the database, and that it says nothing in the other language."""

import re
from pathlib import Path

import psycopg
import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import matrix
from tests.support.hygiene import Document, faults
from tests.support.matrix import Firm
from webapp.identity.models import ROLES

from .house import ROOT

USUAL = 8
# Pages that may ask more often, and no more than so often. It is only ever lowered.
CEILINGS = {
    "crm.customer": 10,  # the person, what is due, what they bought, what they owe, what happened
    "finance.vouchers": 9,
    "identity.my_companies": 19,  # in each company (here one) all that its Today asks
    "insights.today": 17,  # an owner's, which is everybody's
    "inventory.product": 10,  # free and why, places, coming, barcodes, moves
    "offline.pack": 22,  # one for all tables, one a source of pages, and Today for where it leads
    "planning.proposal": 11,  # each figure with where it comes from
    "purchasing.order": 13,  # answers, notices, receipts and their history
    "purchasing.receipt": 9,
    "sales.edit_order": 10,
    "sales.order": 9,
}
ASKED = re.compile(r"(\d+) statements")
SAME = re.compile(r"^[^A-Za-z]*$|^.{1,3}$|^[A-Z]{2,5}$")
"""What may read alike in both languages: signs, units, abbreviations."""


def pages(app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], role: str) -> list[tuple[str, str]]:
    """(endpoint, path) of every page that a role may open."""
    actor = firms[0].members[role]
    mine = matrix.own(app, look, actor)
    return [
        (rule.endpoint, matrix.path(app, rule, firms[0].slug, mine) + matrix.asking(look, actor, rule.endpoint))
        for rule in matrix.member_rules(app)
        if "GET" in matrix.methods(rule) and role in matrix.access(app, rule).roles
    ]


def opened(client: FlaskClient, path: str, language: str = "en") -> TestResponse:
    return client.get(path, headers={"Accept-Language": language})


@pytest.mark.parametrize("role", ["owner", "supplier"])
def test_a_page_asks_the_database_few_times(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """Twice, so that what a process reads once is not counted."""
    over = {}
    for endpoint, path in pages(app, look, firms, role):
        opened(clients[role], path)
        found = ASKED.search(opened(clients[role], path).headers.get("Server-Timing", ""))
        if found and int(found[1]) > CEILINGS.get(endpoint, USUAL):
            over[endpoint] = int(found[1])
    assert not over, dict(sorted(over.items()))


def test_ceilings_are_of_pages_that_exist(app: Flask) -> None:
    assert set(CEILINGS) <= set(app.view_functions)
    assert all(ceiling > USUAL for ceiling in CEILINGS.values())


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_clean(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """Title, labels, references, budget, links, and no accident of a template, in Chinese."""
    found = {}
    for endpoint, path in pages(app, look, firms, role):
        answer = opened(clients[role], path, "zh-CN")
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[endpoint] = faults(app, path, answer.text)
    assert not {endpoint: wrong for endpoint, wrong in found.items() if wrong}


@pytest.mark.parametrize("role", ["owner", "supplier"])
def test_a_chinese_page_says_nothing_in_english(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """No piece of a page reads as one of our English sentences that have a Chinese one."""
    english = {message for message, chinese in catalogue().items() if chinese != message and not SAME.match(message)}
    english -= {actor.user.name for actor in firms[0].members.values()}
    bare = {}
    for endpoint, path in pages(app, look, firms, role):
        answer = opened(clients[role], path, "zh-CN")
        if answer.status_code == 200 and answer.mimetype == "text/html":
            bare[endpoint] = english & pieces(answer.text)
    assert not {endpoint: said for endpoint, said in bare.items() if said}


def catalogue() -> dict[str, str]:
    """Every sentence without a gap to fill, with its Chinese."""
    known: dict[str, str] = {}
    for path in sorted(Path(ROOT).glob("webapp/*/translations/zh_Hans/LC_MESSAGES/messages.po")):
        with path.open("rb") as source:
            known |= {
                message.id: str(message.string)
                for message in read_po(source)
                if isinstance(message.id, str) and message.id and "%(" not in message.id
            }
    return known


def pieces(source: str) -> set[str]:
    """What a page says, piece by piece: its elements without others inside, and the attributes read aloud."""
    elements = Document(source).elements
    words = {element.text.strip() for element in elements if not element.all and element.tag not in {"script", "style"}}
    for name in ("title", "placeholder", "aria-label", "alt", "data-confirm"):
        words |= {element.get(name).strip() for element in elements}
    return words - {""}
