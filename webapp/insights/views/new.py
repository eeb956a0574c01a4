"""What one can make new."""

from webapp.kernel.register import ALL_INTERNAL
from webapp.kernel.web import allow, page

from .blueprint import blueprint, entries


@blueprint.get("/c/<company>/new")
@allow(ALL_INTERNAL)
def new() -> str:
    """The actor's role's entries, the most used first."""
    return page("insights/new.html", entries=entries("new"))
