"""One helper decides between a whole page and a fragment; globals and filters of every template."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import HTTPException

from webapp.kernel import calendar, currency, i18n, show
from webapp.kernel.register import registers
from webapp.kernel.settings import setting

from .answers import fresh_op_id
from .once import rendered_once


def page(template: str, *, block: str | None = None, **context: Any) -> str:
    """Render a template; for an htmx request that asks for a part, only its block `block`."""
    if block and is_partial():
        return str(render_block(template, block, **context))
    return render_template(template, **context)


def is_partial() -> bool:
    """Whether htmx asks for a fragment of this page (htmx 4 says so itself)."""
    return request.headers.get("HX-Request-Type") == "partial"


def asset(name: str) -> str:
    """The address of a built file, with its content's hash in the name."""
    built: dict[str, str] = current_app.extensions["assets"]
    if not built:
        built.update(_built(Path(current_app.static_folder or "static")))
    return url_for("static", filename="build/" + built.get(name, name))


def _built(static: Path) -> dict[str, str]:
    manifest = static / "build" / "manifest.json"
    return dict(json.loads(manifest.read_text())) if manifest.exists() else {}


def has_endpoint(name: str) -> bool:
    """Whether a page of that name exists in this application."""
    return name in current_app.view_functions


def link_to(kind: str, document_id: Any) -> str | None:
    """The page of a document or thing, by its kind; nothing where the reader may not open it."""
    document = registers.documents.get(kind)
    address = document.link(document_id) if document and document.link else None
    return address if address and within_reach(address) else None


def within_reach(address: str) -> bool:
    """Whether the reader's role may open a page of ours."""
    actor = g.get("actor")
    if actor is None:
        return True
    try:
        endpoint, _values = current_app.url_map.bind("").match(address.partition("?")[0], method="GET")
    except HTTPException:
        return False
    access = getattr(current_app.view_functions.get(endpoint), "access", None)
    return access is None or not access.roles or actor.role in access.roles


def scan_page() -> str | None:
    """The page a scanned code opens, where the reader has one."""
    if g.get("actor") is None or not has_endpoint("inventory.scan"):
        return None
    address = url_for("inventory.scan")
    return address if within_reach(address) else None


def event_words(code: str, params: dict[str, Any]) -> str:
    """The words of a timeline or notification code in the reader's language."""
    return i18n.words(registers.events.get(code, code), params)


class _Macros:
    """The shared macros under one name, found when first used; so a partial and a page have the same `ui`."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app.jinja_env.get_template("ui/all.html").module, name)


def install(app: Flask) -> None:
    """Give every template its globals and filters."""
    app.extensions["assets"] = {}
    app.jinja_env.install_gettext_callables(**i18n.for_templates())  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        asset=asset,
        rendered_once=rendered_once,
        ui=_Macros(app),
        has_endpoint=has_endpoint,
        link_to=link_to,
        within_reach=within_reach,
        event_words=event_words,
        scan_page=scan_page,
        policy=lambda key: setting(g.actor, key),
        new_op_id=fresh_op_id,
        portal_role=lambda: g.actor.role if g.get("actor") and g.actor.is_portal else "",
        current_membership_id=lambda: str(g.actor.membership_id) if g.get("actor") else "",
        display_name=i18n.display_name,
        money_sign=currency.sign,
        today=lambda: calendar.today(g.get("actor")),
    )
    app.jinja_env.filters.update(
        money=show.money,
        signed=currency.signed,
        unbroken=show.unbroken,
        quantity=show.quantity,
        first_letter=show.first_letter,
        day=lambda value: show.day(value, calendar.today(g.get("actor"))),
        moment=lambda value: show.moment(value, g.get("actor")),
        day_exact=_exact,
    )
    app.context_processor(_context)


def _exact(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(calendar.zone(g.get('actor'))):%Y-%m-%d %H:%M}"
    return value.isoformat() if value else ""


def _context() -> dict[str, Any]:
    actor = g.get("actor")
    return {
        "actor": actor,
        "offline": current_app.config["OFFLINE"],
        "locale": i18n.reading(),
        "theme": actor.user.theme if actor else request.cookies.get("theme", "auto"),
        "refused": g.get("refused"),
        "refused_words": g.get("refused_words"),
    }
