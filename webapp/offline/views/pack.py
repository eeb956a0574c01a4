"""The pack: which rows and pages the phone of this role carries, and what of them it lacks."""

import base64
import binascii
import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, request, url_for

from webapp.kernel import calendar, i18n
from webapp.kernel.web import allow
from webapp.kernel.web.pages import link_to, within_reach
from webapp.offline import queries

from .blueprint import EVERYONE, blueprint


@blueprint.get("/c/<company>/offline/pack")
@allow(EVERYONE)
def pack() -> Response:
    """Each table with its stamp and how its rows' pages are addressed; each page with its stamp."""
    stamps = queries.stamps(g.actor)
    tables = [
        {
            "name": table.name,
            "kind": table.kind,
            "stamp": stamps[table.name],
            "page": link_to(table.kind, queries.NOBODY),
            "rows": url_for("offline.pack_rows", table=table.name),
        }
        for table in queries.tables_of(g.actor)
    ]
    edition = _edition()
    pages = [
        [address, f"{edition}.{stamp}" if stamp else ""]
        for address, stamp in queries.pages_of(g.actor)
        if within_reach(address)
    ]
    return _json(json.dumps({"tables": tables, "pages": pages}, separators=(",", ":")))


@blueprint.get("/c/<company>/offline/pack/<table>")
@allow(EVERYONE)
def pack_rows(table: str) -> Response:
    """The rows of the buckets whose digests differ from those that `have` says."""
    wanted = queries.table_named(g.actor, table)
    return _json(queries.difference(g.actor, wanted, _have()).as_json())


def _have() -> bytes:
    """The digests of what the phone has; nothing where they cannot be read."""
    try:
        return base64.b64decode(request.args.get("have", ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _edition() -> str:
    """What every page depends on: the release, the reader's language and theme, the day, the company's settings."""
    actor: Any = g.actor
    said = (
        *(_release(current_app.root_path), i18n.reading(), actor.user.theme, actor.role),
        *(str(calendar.today(actor)), str(actor.company.version)),
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:12]


@functools.cache
def _release(root: str) -> str:
    """What this release's pages are made of; read once."""
    kinds = (("webapp", "*.py"), ("webapp", "*.mo"), ("templates", "*.html"), ("static/build", "*.json"))
    paths = (path for folder, ending in kinds for path in sorted(Path(root, folder).rglob(ending)))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _json(text: str) -> Response:
    return Response(text, mimetype="application/json")
