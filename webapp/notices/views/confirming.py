"""The page of a letter's link: opening it changes nothing, a button confirms the address."""

from flask import redirect
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity import Gone
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.web import by_link, page, url_for
from webapp.notices.verbs import asked_by, confirm

from .blueprint import blueprint


@blueprint.get("/m/<token>")
@by_link
def address(token: str) -> str:
    """Whose notices are to come to which address; or that they come."""
    try:
        return page("notices/address.html", link=asked_by(db.session(), token), token=token)
    except Gone as gone:
        if gone.code != "link.used":
            raise
        return page("notices/address.html", link=None, token=token)


@blueprint.post("/m/<token>/confirmation")
@by_link
def confirm_address(token: str) -> BaseResponse:
    """Confirm the address, once."""
    link = asked_by(db.session(), token)
    with before_wall(db.session()):
        confirm(db.session(), link)
    return redirect(url_for("notices.address", token=token), 303)
