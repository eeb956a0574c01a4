"""The kernel's web part: what `views.py` may import, `url_for` for registers too. `install(app)` puts it in place."""

from flask import Flask, url_for

from . import compression, entry, errors, pages, security
from .access import allow, by_link, public, queues, signed_in, takes
from .answers import accepted, answer, attachment, operation, submit
from .conflicts import Conflict, Version
from .labels import label_address, qr_of
from .outside import read_by
from .pages import asset, event_words, is_partial, link_to, page

__all__ = [
    "Conflict",
    "Version",
    "accepted",
    "allow",
    "answer",
    "asset",
    "attachment",
    "by_link",
    "event_words",
    "install",
    "is_partial",
    "label_address",
    "link_to",
    "operation",
    "page",
    "public",
    "qr_of",
    "queues",
    "read_by",
    "signed_in",
    "submit",
    "takes",
    "url_for",
]


def install(app: Flask) -> None:
    """Compression (after all that changes an answer), door, errors, headers, template globals."""
    compression.install(app)
    entry.install(app)
    security.install(app)
    errors.install(app)
    pages.install(app)
