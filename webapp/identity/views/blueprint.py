"""The blueprint, and what every view of it says at the door: who comes, letting in, showing again what was refused."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from flask import Blueprint, Response, current_app, g, make_response, redirect, request, session
from flask_login import current_user, login_user
from psycopg import errors
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity import installation
from webapp.identity.models import Device
from webapp.identity.queries.people import Person, companies_of, person_of_device
from webapp.identity.roles import PARTNER_ROLES
from webapp.identity.tokens import Gone
from webapp.identity.verbs import limits
from webapp.identity.verbs.sign_in import seen
from webapp.kernel import constraints
from webapp.kernel.db import db, leave
from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_, words
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import Busy, NotFound, Refused
from webapp.kernel.web import page, url_for
from webapp.kernel.web.entry import Principal

blueprint = Blueprint("identity", __name__)

HELD = (errors.LockNotAvailable, errors.DeadlockDetected)
HOUR = 3600
A_YEAR = 365 * 24 * HOUR


@blueprint.record_once
def _tell(state: Any) -> None:
    installation.tell(state.app.config["BASE_URL"], state.app.config["SECRET_KEY"])


@blueprint.app_errorhandler(Gone)
def gone(refused: Gone) -> BaseResponse:
    """A link that no longer opens, in words; home for the person who used it, whose phone asks again."""
    leave(db.session())
    person = visitor()
    leave(db.session())
    if person is not None and refused.used_by == str(person.id):
        return redirect(onward(person.id), 303)
    g.setdefault("actor", None)
    response = make_response(page("identity/gone.html", said=words(refused.message, refused.params)), 410)
    response.headers["Op-Result"] = "rejected"
    return response


@blueprint.after_app_request
def _keep_up(response: Response) -> Response:
    """Remember the last company, and once an hour that this device is in use."""
    actor = g.get("actor")
    if actor is None:
        return response
    if session.get("company") != actor.company.slug:
        session["company"] = actor.company.slug
    noted, moment = session.get("seen"), int(time.time())
    if noted is None or moment - noted > HOUR:
        session["seen"] = moment
        if noted is not None or not session.get("_fresh"):
            leave(db.session())
            with before_wall(db.session()):
                seen(db.session(), actor.device_id)
    return response


def visitor() -> Person | None:
    """Who is signed in here, on pages that need nobody to be."""
    if not current_user.is_authenticated:
        return None
    return person_of_device(db.session(), current_user.device_id)


def let_in(device: Device) -> None:
    """Sign this browser in, in a fresh session: nothing of the one before is kept but where one was going."""
    going = session.get("next")
    session.clear()
    if going:
        session["next"] = going
    session["seen"] = int(time.time())
    login_user(Principal(device.id), remember=True)


def put_out() -> None:
    """Forget everything of this browser's session, the long-lived cookie too."""
    session.clear()
    session["_remember"] = "clear"


def address_limit() -> limits.Limit:
    """The limit for where this request comes from."""
    return limits.of_address(request.remote_addr or "nowhere")


def attempt(form: Form | None, work: Callable[[], BaseResponse], again: Callable[[], str]) -> BaseResponse:
    """Check the form, do `work` before the wall; what is refused shows the page again, as 422, with the words."""
    if form is not None and not form.validate():
        return make_response(again(), 422)
    try:
        with in_words():
            return work()
    except Refused as refused:
        if refused.status not in {409, 422}:
            raise
        leave(db.session())
        said = words(refused.message, refused.params)
        if form is not None:
            form.refuse(refused, said)
        g.refused, g.refused_words = refused, said
        response = make_response(again(), refused.status)
        response.headers["Op-Result"] = "rejected"
        if refused.status == 409:
            response.headers["Retry-After"] = "2"
        return response


@contextmanager
def in_words() -> Iterator[None]:
    """What a constraint refuses, or a twin holds too long, as a refusal; an accident stays one."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, HELD):
            raise Busy("busy", N_("Someone else is at this just now. Try again in a moment.")) from error
        refused = constraints.refusal(cause) if isinstance(cause, Exception) else None
        if refused is None:
            raise
        raise refused from error


def home_of(company: Any) -> str:
    """Where someone begins in a company: Today, or what a supplier or customer sees; Me where there is neither."""
    wanted = ("portal.home", "portal.orders") if company.role in PARTNER_ROLES else ("insights.today",)
    endpoint = next((name for name in wanted if may_open(name, company.role)), "identity.me")
    return url_for(endpoint, company=company.slug)


def may_open(endpoint: str, role: str) -> bool:
    """Whether a page exists and is for this role."""
    access = getattr(current_app.view_functions.get(endpoint), "access", None)
    return access is not None and role in access.roles


def companies_here(person_id: uuid.UUID) -> list[Any]:
    """The companies of a person, asked outside any of them."""
    rows = companies_of(db.session(), person_id)
    leave(db.session())
    return rows


def onward(person_id: uuid.UUID) -> str:
    """Where to go once signed in: where one was going, else the last company, else the first."""
    going = safe_path(session.pop("next", None))
    mine = companies_here(person_id)
    slugs = {company.slug: company for company in mine}
    if going and not going.startswith("/sign") and (not going.startswith("/c/") or going.split("/")[2] in slugs):
        return going
    last = slugs.get(session.get("company") or request.cookies.get("company", ""))
    company = last or (mine[0] if mine else None)
    return home_of(company) if company else url_for("identity.start")


def safe_path(path: str | None) -> str | None:
    """The path if it is one of ours: begins with one slash, names no host, holds no trick."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(c) < 33 for c in path):
        return None
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc and "\\" not in path else None


def the_company(slug: str, person_id: uuid.UUID) -> Any:
    """One of a person's companies. Raises NotFound."""
    for company in companies_here(person_id):
        if company.slug == slug:
            return company
    raise NotFound
