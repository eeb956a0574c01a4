"""What is broken gets a logged id that the person sees; never a trace, never a half-written row."""

import logging
from typing import Any

from flask import Flask, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from webapp.kernel.db import db, leave
from webapp.kernel.i18n import _, words
from webapp.kernel.refusals import NotFound, NotSignedIn, Refused
from webapp.kernel.types import new_id

log = logging.getLogger("throughline")

DECIDED = {400: "rejected", 404: "rejected", 405: "rejected", 413: "rejected", 422: "rejected"}
"""What these say of an operation stays so however often it is sent. Anything else decides nothing: it is kept."""


def install(app: Flask) -> None:
    """Handlers for refusals nobody caught, for what is not there, and for accidents."""
    app.register_error_handler(NotFound, lambda _e: _page(404))
    app.register_error_handler(NotSignedIn, lambda _e: _page(401))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, lambda _e: _page(403))
    app.register_error_handler(HTTPException, lambda e: _page(e.code or 500))
    app.register_error_handler(Exception, _accident)


def _refused(refused: Refused) -> Response:
    response = _page(refused.status, words(refused.message, refused.params))
    if refused.status == 409:
        response.headers["Retry-After"] = "2"
    else:
        response.headers["Op-Result"] = "rejected"
    return response


def _accident(error: Exception) -> Response:
    key = str(new_id())
    log.error("request %s %s %s", key, request.method, request.path, exc_info=error)
    return _page(500, reference=key)


def _page(status: int, said: str = "", **context: Any) -> Response:
    leave(db.session())
    title, text = _words(status)
    if "Op" in request.headers:
        response = jsonify(result=DECIDED.get(status), message=said or text or title)
        if status in DECIDED:
            response.headers["Op-Result"] = DECIDED[status]
    else:
        g.setdefault("actor", None)
        body = render_template("layouts/error.html", status=status, title=title, text=said or text, **context)
        response = make_response(body)
    response.status_code = status
    return response


def _words(status: int) -> tuple[str, str]:
    return {
        400: (_("That could not be read"), _("Go back, open the page again and send it once more.")),
        401: (_("Sign in again"), _("You are signed out here. Nothing was changed.")),
        403: (_("That did not come from this page"), _("Open the page again and send it from there.")),
        404: (_("Not here"), _("This page does not exist, or it is not yours to see.")),
        405: (_("Not here"), _("This page does not exist, or it is not yours to see.")),
        413: (_("Too large"), _("Send something smaller.")),
        422: (_("That cannot be done"), ""),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    }.get(
        status,
        (
            _("Something broke here"),
            _("It was logged and nothing was half-written. Try again; if it stays, say this number."),
        ),
    )
