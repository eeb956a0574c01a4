"""The signed-out doors: the first page, signing in by password, passkey or recovery code, signing out."""

from flask import Response, current_app, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import RecoveryForm, SignInForm
from webapp.identity.installation import here
from webapp.identity.logins import folded
from webapp.identity.models import Device
from webapp.identity.queries.people import demo_company, has_pin, person_of_device
from webapp.identity.verbs import limits, sign_in_with_code, sign_in_with_password, sign_out
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.web import page, public, url_for

from .blueprint import A_YEAR, address_limit, attempt, blueprint, let_in, onward, put_out, safe_path, visitor
from .labels import device_label


@blueprint.get("/")
@public
def home() -> BaseResponse | str:
    """Today of the last company for who is signed in; else the doors."""
    person = visitor()
    if person is not None:
        return redirect(onward(person.id), 303)
    return page("identity/home.html", demo=demo_company(db.session()) if here().is_local else None)


@blueprint.get("/signin")
@public
def sign_in() -> str:
    """Login and password, or a passkey."""
    going = safe_path(request.args.get("next"))
    if going:
        session["next"] = going
    return page("identity/sign_in.html", form=SignInForm())


@blueprint.post("/signin")
@public
def sign_in_post() -> BaseResponse:
    """Sign in by password or PIN."""
    form = SignInForm(request.form)

    def work() -> BaseResponse:
        login = folded(form.login.data or "")
        tried = (limits.of_login(login, pin=has_pin(db.session(), login)), address_limit())
        limits.count_try(db.session(), *tried)
        with before_wall(db.session()):
            device = sign_in_with_password(db.session(), login, form.password.data or "", this_device())
        limits.forgive(db.session(), *tried)
        return welcome(device)

    return attempt(form, work, lambda: page("identity/sign_in.html", form=form))


@blueprint.get("/signin/recovery")
@public
def recovery() -> str:
    """One of the recovery codes."""
    return page("identity/recovery.html", form=RecoveryForm())


@blueprint.post("/signin/recovery")
@public
def recovery_post() -> BaseResponse:
    """Sign in by a recovery code, then set a new way in."""
    form = RecoveryForm(request.form)

    def work() -> BaseResponse:
        login = folded(form.login.data or "")
        tried = (limits.of_login(login), address_limit())
        limits.count_try(db.session(), *tried)
        with before_wall(db.session()):
            device = sign_in_with_code(db.session(), login, form.code.data or "", this_device())
        limits.forgive(db.session(), *tried)
        return welcome(device)

    return attempt(form, work, lambda: page("identity/recovery.html", form=form))


@blueprint.post("/signout")
@public
def sign_out_post() -> BaseResponse:
    """End this device and forget it; the browser's caches go too."""
    if current_user.is_authenticated:
        with before_wall(db.session()):
            sign_out(db.session(), current_user.device_id)
    put_out()
    response = redirect(url_for("identity.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def this_device() -> str:
    """What this browser is called."""
    return device_label(request.user_agent.string)


def welcome(device: Device) -> BaseResponse:
    """Let the device in and send it on, in its person's language and theme."""
    last = session.get("company")
    let_in(device)
    if last:
        session["company"] = last
    return prefer(redirect(onward(device.user_id), 303), device)


def prefer(response: Response | BaseResponse, device: Device) -> BaseResponse:
    """Let signed-out pages of this browser read as the person likes."""
    person = person_of_device(db.session(), device.id)
    db.session().rollback()
    if person is not None:
        keep(response, "theme", person.theme)
        if person.locale:
            keep(response, "locale", person.locale)
    return response


def keep(response: BaseResponse, name: str, value: str) -> None:
    """A cookie of a year, for this browser."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure, httponly=True)
