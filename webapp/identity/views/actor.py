"""Who acts, for the views: a member of the company in the path."""

from typing import TypeVar

from flask import g

from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

T = TypeVar("T")


def acting() -> Actor:
    """The member this request comes from."""
    actor: Actor = g.actor
    return actor


def found(thing: T | None) -> T:
    """The thing, or NotFound."""
    if thing is None:
        raise NotFound
    return thing
