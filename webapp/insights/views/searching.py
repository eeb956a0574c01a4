"""Search as one types, over all that the actor may find."""

from flask import g, request

from webapp.insights.queries import search_all
from webapp.kernel.i18n import _
from webapp.kernel.register import ALL_INTERNAL
from webapp.kernel.web import allow, page
from webapp.offline.queries import kinds_of

from .blueprint import blueprint, entries

LONGEST = 80


@blueprint.get("/c/<company>/search")
@allow(ALL_INTERNAL)
def search() -> str:
    """What is found, by kind; before anything is typed, the lists and reports one can open."""
    typed = request.args.get("q", "").strip()[:LONGEST]
    groups = search_all(g.actor, typed) if typed else []
    return page(
        "insights/search.html",
        block="results",
        typed=typed,
        groups=[{"title": _(group.title), "rows": group.rows} for group in groups],
        places=[] if typed else entries("books"),
        carried=kinds_of(g.actor),
    )
