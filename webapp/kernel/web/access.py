"""Who may use a route. Every view says so by one of these; a house test fails on one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

ROOM = 64 * 1024
"""What a form with a file has around it."""
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(slots=True, frozen=True)
class Access:
    """`kind`: public (anyone), signed_in (any user, no company), member (roles of a company), link (a token)."""

    kind: str
    roles: frozenset[str] = frozenset()


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def allow(*roles: str | frozenset[str]) -> Callable[[View], View]:
    """Members of the company with one of `roles`; everyone else gets 404, as for a page that is not there."""
    names: set[str] = set()
    for role in roles:
        names |= role if isinstance(role, frozenset) else {role}
    return _mark(Access("member", frozenset(names)))


public = _mark(Access("public"))
"""Anyone, signed in or not."""
signed_in = _mark(Access("signed_in"))
"""Any signed-in user, in no company."""
by_link = _mark(Access("link"))
"""Whoever holds the token in the path."""


def takes(most: int) -> Callable[[View], View]:
    """A post of up to `most` bytes, such as a picture; others take `MAX_CONTENT_LENGTH`."""

    def mark(view: View) -> View:
        view.most_bytes = most + ROOM  # type: ignore[attr-defined]
        return view

    return mark


def queues(view: View) -> View:
    """A post that a phone may keep and send later: its forms carry `queue=`, and the outbox sends them, never htmx."""
    view.queues = True  # type: ignore[attr-defined]
    return view
