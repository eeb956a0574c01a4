"""The application on this worker's database, and a client that speaks to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    from webapp import create_app

    var: Path = tmp_path_factory.mktemp("var")
    return create_app(
        {"DATABASE_URL": database, "VAR_DIR": str(var), "TESTING": True, "SECRET_KEY": "only for tests",
         "BASE_URL": "http://localhost"}
    )  # fmt: skip


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
