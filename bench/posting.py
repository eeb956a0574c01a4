"""Forms as a phone's outbox sends them: one fresh operation id a time, JSON back, nothing followed."""

from __future__ import annotations

from webapp.kernel.types import new_id

from .client import Answer, Client

OUTBOX = {"Op": "1"}


class Poster:
    """A signed-in person at a page whose forms are sent again and again."""

    def __init__(self, client: Client, page: str) -> None:
        self.first = client.get(page)
        if self.first.status != 200:
            raise RuntimeError(f"{page} answers {self.first.status}")
        self.client = client
        self.common = {name: self.first.hidden[name] for name in ("csrf_token", "as")}

    def post(self, path: str, **fields: object) -> Answer:
        """Send a form; its answer says what came of it."""
        return self.client.post(path, {**self.common, "op_id": new_id(), **fields}, OUTBOX)
