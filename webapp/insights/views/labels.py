"""Our own labels: the page behind the code on one."""

from flask import g, redirect, request
from werkzeug.wrappers import Response

from webapp.inventory.queries.scanning import meanings
from webapp.kernel.labels import codes
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL, registers
from webapp.kernel.web import allow, link_to

from .blueprint import blueprint

LABELLED = ALL_INTERNAL | {"supplier"}
"""Who has anything with a label on it."""


@blueprint.get("/c/<company>/q/<short>")
@allow(LABELLED)
def labelled(short: str) -> Response:
    """Onward to the page of what a label names: the house's own, or the supplier's; else to what one does with it."""
    code = codes.of_short(short)
    kind = registers.documents.get(code.kind) if code else None
    if not code or not kind or not kind.identify or not kind.identify(g.actor, [code.id]):
        raise NotFound
    address = link_to(code.kind, code.id) or next((one.href for one in meanings(g.actor, request.path)), None)
    if not address:
        raise NotFound
    return redirect(address, 303)
