"""Scanning and moving without a network: the page that a script fills from the phone's own catalogue."""

from flask import g

from webapp.kernel.web import allow, page
from webapp.offline.queries import kinds_of

from .blueprint import MOVERS, READERS, blueprint


@blueprint.get("/c/<company>/scan/offline")
@allow(READERS)
def offline_scan() -> str:
    """What a code means as far as the phone knows; goods and a place make a move, which `transfers` takes later."""
    return page("inventory/scan_offline.html", may_move=g.actor.role in MOVERS, carried=kinds_of(g.actor))
