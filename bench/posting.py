"""Forms as a phone's outbox sends them: one fresh operation id a time, JSON back, nothing followed."""

from __future__ import annotations

from webapp.kernel.types import new_id

from .client import Answer, Client

OUTBOX = {"Op": "1"}


class Poster:
    """A signed-in person at a page whose forms are sent again and again."""

    def __init__(self, client: Client, page: str) -> None:
        answer = client.get(page)
        if answer.status != 200:
            raise RuntimeError(f"{page} answers {answer.status}")
        self.client = client
        self.common = {name: answer.hidden[name] for name in ("csrf_token", "as")}

    def post(self, path: str, **fields: object) -> Answer:
        """Send a form; its answer says what came of it."""
        return self.client.post(path, {**self.common, "op_id": new_id(), **fields}, OUTBOX)
