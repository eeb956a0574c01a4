"""What of the company is on this phone: how much, how old; to fetch it now, or to empty it."""

from flask import g

from webapp.kernel.i18n import _
from webapp.kernel.register import registers
from webapp.kernel.web import allow, page
from webapp.offline import queries

from .blueprint import EVERYONE, blueprint


@blueprint.get("/c/<company>/offline")
@allow(EVERYONE)
def phone() -> str:
    """The page; the script says what is there."""
    tables = [
        {"name": table.name, "title": _(table.title), "icon": registers.documents[table.kind].icon}
        for table in queries.tables_of(g.actor)
    ]
    return page("offline/phone.html", tables=tables)
