"""What the generated tests look at: two firms with one of everything, and somebody signed in for every role."""

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.matrix import Firm
from tests.support.pages import signed_in
from tests.support.two_firms import MARK, firm
from webapp.kernel.postgres import for_libpq


@pytest.fixture(scope="session")
def look(database: str) -> Iterator[psycopg.Connection]:
    """The database as its owner sees it."""
    with psycopg.connect(for_libpq(database), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def firms(app: Flask) -> tuple[Firm, Firm]:
    """Ours, and another one all of whose names bear a mark that nobody of ours may ever see. To read, not to change."""
    with app.app_context():
        return firm("Ours", ""), firm("Theirs", MARK)


@pytest.fixture(scope="session")
def clients(app: Flask, firms: tuple[Firm, Firm]) -> dict[str, FlaskClient]:
    """Our people, each at a browser."""
    return {role: signed_in(app, actor) for role, actor in firms[0].members.items()}
