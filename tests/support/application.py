"""The application on this worker's database, a session in its context, and a client that speaks to it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session


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
        }
    )
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
