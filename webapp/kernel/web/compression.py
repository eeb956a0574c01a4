"""Answers of a kilobyte and more go out gzipped where the client takes it; built files lie compressed already.

What a page holds in secret is the CSRF token alone, which is signed anew every second, so that its length after
compression tells nobody anything (BREACH).
"""

import gzip

from flask import Flask, Response, request

LEAST = 1_000
LEVEL = 5
KINDS = ("text/", "application/json", "application/manifest+json", "application/javascript", "image/svg+xml")


def install(app: Flask) -> None:
    """Compress what is sent. To be installed before all others: what came first in changes an answer last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag, weak=True)  # the same page in other bytes; If-None-Match compares weakly
    return response


def _worth_it(response: Response) -> bool:
    if response.is_streamed or response.direct_passthrough or response.status_code in (204, 206, 304):
        return False
    if "Content-Encoding" in response.headers or not (response.mimetype or "").startswith(KINDS):
        return False
    return (response.calculate_content_length() or 0) >= LEAST
