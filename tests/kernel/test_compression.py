"""Answers go out gzipped where that is worth it, and a poll is still told that nothing changed."""

import gzip

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import a_company

TAKES = {"Accept-Encoding": "gzip, deflate, br"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def pages(session: Session, client: FlaskClient) -> Pages:
    return Pages(client, a_company(session))


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    client.minds = False  # type: ignore[attr-defined]
    return client


def test_a_page_is_gzipped_for_who_takes_it(pages: Pages) -> None:
    path = f"/c/{pages.actor.company.slug}/new"
    plain, packed = pages.client.get(path), pages.client.get(path, headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data) / 2
    assert b"</html>" in gzip.decompress(packed.data)
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, packed))
    assert "Cookie" in packed.headers["Vary"]


@pytest.mark.parametrize("said", ["identity", "br", "gzip;q=0", ""])
def test_who_does_not_take_gzip_gets_none(pages: Pages, said: str) -> None:
    answer = pages.client.get(f"/c/{pages.actor.company.slug}/new", headers={"Accept-Encoding": said})
    assert "Content-Encoding" not in answer.headers
    assert b"</html>" in answer.data


def test_what_is_small_stays_as_it_is(pages: Pages) -> None:
    answer = pages.client.get("/", headers=TAKES)
    assert answer.status_code == 303
    assert "Content-Encoding" not in answer.headers


def test_a_poll_with_the_tag_it_was_given_is_told_that_nothing_changed(pages: Pages) -> None:
    path = f"/c/{pages.actor.company.slug}/today"
    first = pages.client.get(path, headers={**TAKES, **PART})
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["ETag"].startswith("W/")
    again = pages.client.get(path, headers={**TAKES, **PART, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
