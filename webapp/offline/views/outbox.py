"""The page of what waits on this phone. The server knows nothing of it: the script fills it in."""

from webapp.kernel.web import allow, page

from .blueprint import EVERYONE, blueprint


@blueprint.get("/c/<company>/outbox")
@allow(EVERYONE)
def outbox() -> str:
    """What waits, what needs a person, what was sent today."""
    return page("offline/outbox.html")
