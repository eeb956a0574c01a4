"""A person at their pages: reads one, posts a form as that page would."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .world import sign_in


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    """A browser at which the actor is signed in; every one knows the same secret against forged requests."""
    client = app.test_client()
    client.minds = False
    with app.app_context():
        sign_in(client, actor)
    with client.session_transaction() as cookies:
        cookies["csrf_token"] = "a test's"
    return client


class Pages:
    """`Pages(client, rep).get('customers')`, `.post('customers', name=…)`: paths are within the company."""

    def __init__(self, client: FlaskClient, actor: Actor, language: str = "en") -> None:
        self.client, self.actor, self.language = client, actor, language
        sign_in(client, actor)
        with client.session_transaction() as cookies:
            cookies["csrf_token"] = "a test's"
        signer = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token")  # type: ignore[arg-type]
        self.token = signer.dumps("a test's")

    def get(self, path: str, status: int = 200, **query: Any) -> str:
        """The page's text; spaces that tie a number to its unit are spaces here."""
        response = self.client.get(self._address(path), query_string=query, headers=self._headers())
        assert response.status_code == status, (response.status_code, path)
        return response.text.replace("\u00a0", " ")

    def part(self, path: str, **query: Any) -> str:
        """What a script is answered that asks for the page's part."""
        headers = {**self._headers(), "HX-Request": "true", "HX-Request-Type": "partial"}
        return self.client.get(self._address(path), query_string=query, headers=headers).text

    def post(self, path: str, status: int = 303, op_id: UUID | None = None, **fields: Any) -> TestResponse:
        """The answer to a form as the page would send it."""
        form = {"op_id": str(op_id or new_id()), "as": str(self.actor.membership_id), "csrf_token": self.token}
        said = form | {key: value for key, value in fields.items() if value is not None}
        response = self.client.post(self._address(path), data=said, headers=self._headers())
        assert response.status_code == status, (response.status_code, path, response.text[:3000])
        return response

    def queued(
        self, path: str, status: int = 200, op_id: UUID | None = None, done_at: datetime | None = None, **fields: Any
    ) -> Any:
        """What a phone's outbox is answered that sends what was done without a network, at `done_at` or just now."""
        form = {"op_id": str(op_id or new_id()), "as": str(self.actor.membership_id), "csrf_token": self.token}
        form["done_at"] = (done_at or datetime.now(UTC)).isoformat()
        said = form | {key: value for key, value in fields.items() if value is not None}
        response = self.client.post(self._address(path), data=said, headers=self._headers() | {"Op": "queued"})
        assert response.status_code == status, (response.status_code, path, response.text[:3000])
        return response.json

    def follow(self, response: TestResponse) -> str:
        """The page that an answer leads to."""
        return self.get(urlsplit(response.location).path)

    def _address(self, path: str) -> str:
        return path if path.startswith("/") else f"/c/{self.actor.company.slug}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}
