"""The owner's day: the figures that tell how the company stands, each a link down."""

from flask import g, url_for

from webapp.insights.queries import day_figures
from webapp.kernel.web import allow, page

from .blueprint import blueprint, entries

READERS = ("owner", "manager", "accountant", "auditor")


@blueprint.get("/c/<company>/figures")
@allow(*READERS)
def figures() -> str:
    """Sales, profit, what is owed and what is there."""
    return page(
        "insights/figures.html",
        figures=day_figures(g.actor),
        places=entries("books"),
        account=lambda code: url_for("finance.account", code=code),
    )
