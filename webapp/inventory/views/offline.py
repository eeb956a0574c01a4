"""Scanning and moving without a network: the page that a script fills from the phone's own catalogue."""

from flask import g

from webapp.kernel.web import allow, page

from .blueprint import MOVERS, READERS, blueprint


@blueprint.get("/c/<company>/scan/offline")
@allow(READERS)
def offline_scan() -> str:
    """What a code means as far as the phone knows; who may move does so, which `transfers` takes later."""
    return page("inventory/scan_offline.html", may_move=g.actor.role in MOVERS)
