"""The door of every request: who comes, in which company, and whether this route is theirs."""

import time
import uuid
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as BaseResponse

from webapp.kernel import currency
from webapp.kernel.db import db
from webapp.kernel.pipeline import Count, Database
from webapp.kernel.refusals import NotFound, NotSignedIn
from webapp.kernel.wall import enter

from .access import Access

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}

login = LoginManager()


class Principal(UserMixin):
    """A signed-in device, bare: nothing is asked of the database until a company is entered."""

    def __init__(self, device_id: uuid.UUID) -> None:
        self.id = str(device_id)
        self.device_id = device_id


@login.user_loader
def _principal(key: str) -> Principal | None:
    try:
        return Principal(uuid.UUID(key))
    except ValueError:
        return None


def install(app: Flask) -> None:
    """Put the door in front of every view."""
    login.init_app(app)
    login.session_protection = None  # a phone's address changes by the minute
    app.url_value_preprocessor(_take_company)
    app.url_defaults(_give_company)
    app.before_request(_admit)
    app.after_request(_say_cost)


def _take_company(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.company_slug = values.pop("company", None) if values else None


def _give_company(endpoint: str, values: dict[str, Any]) -> None:
    if "company" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "company"):
        values["company"] = g.get("company_slug") or (g.actor.company.slug if g.get("actor") else None)


def _admit() -> BaseResponse | None:
    g.started = time.perf_counter()
    g.actor = None
    currency.use(None)
    if request.endpoint in (None, "static"):
        return None
    view = _view(request.endpoint)
    request.max_content_length = getattr(view, "most_bytes", request.max_content_length)
    access: Access | None = getattr(view, "access", None)
    if access is None:
        abort(404)  # a route nobody classified is not there; a house test names it
    if request.method in UNSAFE and not _same_origin():
        abort(403)
    if access.kind in ("public", "link"):
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if access.kind == "signed_in":
        return None
    try:
        g.actor = enter(db.session(), current_user.device_id, g.company_slug)
    except NotFound:
        return _to_sign_in() if not _device_lives() else abort(404)
    currency.use(g.actor.company.currency)
    if request.method in UNSAFE and request.form.get("as") != str(g.actor.membership_id):
        raise NotSignedIn
    if g.actor.role not in access.roles:
        abort(404)
    return None


def _view(endpoint: str | None) -> Any:
    return current_app.view_functions.get(endpoint or "")


def _device_lives() -> bool:

    row = Database(db.session()).one("SELECT device_lives(%(device)s) AS lives", device=current_user.device_id)
    return bool(row and row.lives)


def _same_origin() -> bool:
    """Whether the browser says this came from our own page (Fetch metadata, else the Origin)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin in (current_app.config["BASE_URL"], request.host_url.rstrip("/"))


def _to_sign_in() -> BaseResponse:
    """A page goes to sign-in; an operation or a fragment gets 401, never a redirect."""
    if request.method in UNSAFE or "Op" in request.headers or "HX-Request" in request.headers:
        raise NotSignedIn
    session["next"] = request.full_path.rstrip("?")
    return redirect(url_for("identity.sign_in"), 303)


def _say_cost(response: Response) -> Response:
    """How long the server took and what it asked of the database, for the bench and the browser's own tools."""
    count: Count | None = db.session.info.get("count") if db.session.registry.has() else None
    took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    asked = f', db;desc="{count.statements} statements, {count.round_trips} round trips"' if count else ""
    response.headers["Server-Timing"] = f"app;dur={took:.2f}{asked}"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if request.method in UNSAFE else "private, no-cache")
        response.vary.update(["Cookie", "HX-Request-Type", "Accept-Language"])
    return response
