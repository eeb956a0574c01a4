"""Language and theme: for this browser, and for the person where one is signed in."""

from flask import redirect, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.verbs.preferences import THEMES, choose_language, choose_theme
from webapp.kernel.db import db
from webapp.kernel.i18n import LOCALES
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import NotFound
from webapp.kernel.web import public, url_for

from .blueprint import blueprint, safe_path, visitor
from .doors import keep


@blueprint.post("/preferences/language")
@public
def language() -> BaseResponse:
    """Read in another language from now on."""
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        raise NotFound
    person = visitor()
    if person is not None:
        with before_wall(db.session()):
            choose_language(db.session(), person.id, locale)
    return _back("locale", locale)


@blueprint.post("/preferences/theme")
@public
def theme() -> BaseResponse:
    """Light, dark, or as the device has it."""
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        raise NotFound
    person = visitor()
    if person is not None:
        with before_wall(db.session()):
            choose_theme(db.session(), person.id, chosen)
    return _back("theme", chosen)


def _back(name: str, value: str) -> BaseResponse:
    response = redirect(safe_path(request.form.get("next")) or url_for("identity.home"), 303)
    keep(response, name, value)
    return response
