"""What a phone shows of a stale edit that was sent from its outbox: mine and theirs, who and when, in words."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True, frozen=True)
class Version:
    """One of the two versions, only what differs: the point of it large, the rest beneath."""

    title: str
    text: str = ""
    who: str = ""
    when: str = ""


@dataclass(slots=True, frozen=True)
class Conflict:
    """Both versions. `versions` are the rows' present ones: keeping mine is a new operation based on them."""

    mine: Version
    theirs: Version
    versions: dict[str, int] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """As the outbox reads it."""
        return asdict(self)
