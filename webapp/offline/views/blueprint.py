"""The blueprint, and whose page an answer is: the worker keeps whole pages a reader, and nobody else's."""

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.models import ROLES
from webapp.kernel.web import is_partial

blueprint = Blueprint("offline", __name__)

EVERYONE = frozenset(ROLES)


@blueprint.after_app_request
def _whose(response: Response) -> BaseResponse:
    """Say who reads, on whole pages only: a page without it is never kept on a phone."""
    actor = g.get("actor")
    if actor is not None and response.mimetype == "text/html" and response.status_code == 200 and not is_partial():
        response.headers["Reader"] = str(actor.user.id)
    return response
