"""Every link of every page leads somewhere: whoever follows them, role by role, one page of each kind."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support.matrix import Firm

ROLES = ("owner", "supplier")
OTHERS = ("sales", "buyer", "warehouse", "accountant", "auditor", "customer")
LINK = re.compile(r'<a [^>]*href="(/c/[^"#]+)"')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST = 400
"""Pages a walk opens; an endless one is a fault of its own."""


def kind(address: str) -> str:
    """What a page is, whichever row it shows: its path without ids, and by which fields it is asked, empty or not."""
    path, _, asked = address.partition("?")
    fields = sorted({pair.split("=")[0] + ("" if pair.partition("=")[2] else "=") for pair in asked.split("&") if pair})
    return ID.sub("*", path) + "?" + "&".join(fields)


@pytest.mark.parametrize("role", [*ROLES, *(pytest.param(role, marks=pytest.mark.wide) for role in OTHERS)])
def test_every_link_leads_somewhere(clients: dict[str, FlaskClient], firms: tuple[Firm, Firm], role: str) -> None:
    slug, client = firms[0].owner.company.slug, clients[role]
    waiting = {
        kind(start): (start, "the dock") for start in (f"/c/{slug}/today", f"/c/{slug}/search", f"/c/{slug}/new")
    }
    seen: set[str] = set()
    dead: list[str] = []
    while waiting and len(seen) < MOST:
        here, (address, where) = waiting.popitem()
        seen.add(here)
        answer = client.get(address, follow_redirects=True)
        if answer.status_code != 200 and where != "the dock":
            dead.append(f"{answer.status_code}: {address} on {where}")
        if answer.mimetype == "text/html":
            for link in map(unescape, LINK.findall(answer.text)):
                if kind(link) not in seen:
                    waiting.setdefault(kind(link), (link, address))
    assert not dead, "\n".join(dead)
    assert len(seen) < MOST
