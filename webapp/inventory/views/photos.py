"""A photo from the gallery: its codes, as if they had been scanned. Nothing is written, and the picture is not kept."""

from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.inventory.queries import scanning
from webapp.kernel.i18n import words
from webapp.kernel.refusals import Refused
from webapp.kernel.register import Found
from webapp.kernel.scanning import NOTHING_SEEN, Seen, read_image
from webapp.kernel.scanning.pictures import MOST_BYTES
from webapp.kernel.web import allow, page, takes

from .blueprint import READERS, blueprint
from .scanning import source_of

MOST_CODES = 8
"""So many codes of a picture are offered; on a whole shelf nobody finds the one that is meant."""


@blueprint.post("/c/<company>/scan/photos")
@allow(READERS - {"auditor"})
@takes(MOST_BYTES)
def scan_photo() -> str | Response | tuple[str, int]:
    """What is on a photo: one code is looked up, of several one is chosen; else words on what to do."""
    source = source_of(request.form.get("from"))
    photo = request.files.get("photo")
    try:
        seen = read_image(photo.read() if photo else b"")
    except Refused as refused:
        return _page(source, [], words(refused.message, refused.params)), 422
    if not seen:
        return _page(source, [], words(NOTHING_SEEN)), 422
    if len(seen) == 1:
        return redirect(_link(seen[0], source), 303)
    return _page(source, seen[:MOST_CODES])


def _link(seen: Seen, source: Found | None) -> str:
    place: dict[str, Any] = {"from": source.id} if source else {}
    return url_for("inventory.scan", code=seen.code, **place)


def _page(source: Found | None, seen: list[Seen], why: str = "") -> str:
    means = [(each, scanning.meanings(g.actor, each.code), _link(each, source)) for each in seen]
    return page("inventory/scan_photo.html", source=source, means=means, why=why)
