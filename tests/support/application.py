"""The application on this worker's database, a session in its context, and a client that minds every page it gets."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from .hygiene import faults


class MindfulClient(FlaskClient):
    """A client that fails on a 5xx that nobody asked for, and on a page that is not clean (see hygiene.py)."""

    minds = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():  # a test's own context outlives its requests: who came last must not come again
            for name in list(g):
                g.pop(name)
        response = super().open(*args, **kwargs)
        if self.minds and response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            path = response.request.path
            assert response.status_code < 500, f"{path}: {response.status_code}"
            assert not (found := faults(self.application, path, response.text)), f"{path}: {found}"
        return response


@pytest.fixture(scope="session")
def app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    from webapp import create_app
    from webapp.kernel.db import db

    app = create_app(
        {
            "DATABASE_URL": database,
            "VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "TESTING": True,
            "SECRET_KEY": "only for tests",
            "BASE_URL": "http://localhost",
            "SMTP_URL": "smtp://127.0.0.1:9",  # there is none, and nothing is sent within a request
            "MAIL_FROM": "notices@throughline.example",
        }
    )
    app.test_client_class = MindfulClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The application's session, as a command has it: no company is entered yet."""
    from webapp.kernel.db import db

    with app.app_context():
        yield db.session()
        db.session.remove()
