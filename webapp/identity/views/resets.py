"""A new way in for a colleague who lost theirs, by an owner's link. Opening it changes nothing; a button does, once."""

import uuid
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import ResetForm
from webapp.identity.models import Device, User
from webapp.identity.queries.links import Link, read_link
from webapp.identity.verbs import open_device, set_secret, use_reset
from webapp.identity.verbs.links import check_code
from webapp.identity.verbs.passkeys import add_passkey, ask_to_register, check_registration
from webapp.kernel.db import db, leave
from webapp.kernel.i18n import _
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import Refused
from webapp.kernel.web import by_link, page

from .blueprint import attempt, blueprint, let_in, onward
from .doors import prefer, this_device, welcome
from .invitations import is_partner
from .passkeys import answered, ask, kept, said


@blueprint.get("/r/<token>")
@by_link
def reset(token: str) -> str:
    """Whose new way in this is, and the button."""
    return page("identity/reset.html", link=_open(token), token=token)


@blueprint.get("/r/<token>/pin")
@by_link
def reset_pin(token: str) -> str:
    """A new password or PIN, with the one-time code."""
    return _shown(_open(token), token, ResetForm())


@blueprint.post("/r/<token>/pin")
@by_link
def reset_pin_post(token: str) -> BaseResponse:
    """Set the new password or PIN; everything that let them in before is gone."""
    link = _open(token)
    form = ResetForm(request.form)

    def work() -> BaseResponse:
        check_code(db.session(), link.id, form.code.data or "")
        with before_wall(db.session()):
            user = use_reset(db.session(), link)
            set_secret(user, form.secret.data or "", pin=is_partner(link), field="secret")
            device = open_device(db.session(), user.id, this_device())
        return welcome(device)

    return attempt(form, work, lambda: _shown(link, token, form))


@blueprint.post("/r/<token>/passkey/options")
@by_link
def reset_passkey_options(token: str) -> BaseResponse:
    """What a browser is asked for the new passkey."""
    try:
        link = _open(token)
        user_id = uuid.UUID(link.payload["user"])
        user = db.session().get_one(User, user_id)
        asked = ask_to_register(db.session(), user_id, user.login, user.name)
        leave(db.session())
    except Refused as refused:
        return said(refused)
    return ask(asked, link=str(link.id))


@blueprint.post("/r/<token>/passkey")
@by_link
def reset_passkey(token: str) -> BaseResponse:
    """Set the new passkey; everything that let them in before is gone."""
    try:
        link = _open(token)
        answer, waiting = answered(), kept(link.id)
        device = _renewed(link, answer, waiting)
    except Refused as refused:
        return said(refused)
    let_in(device)
    return prefer(jsonify(location=onward(device.user_id)), device)


def _renewed(link: Link, answer: dict[str, Any], waiting: dict[str, Any]) -> Device:
    made = check_registration(answer, str(waiting["challenge"]))
    with before_wall(db.session()):
        user = use_reset(db.session(), link)
        add_passkey(db.session(), user.id, made, this_device())
        return open_device(db.session(), user.id, this_device())


def _open(token: str) -> Link:
    link = read_link(db.session(), token, "reset")
    leave(db.session())
    return link


def _shown(link: Link, token: str, form: ResetForm) -> str:
    if is_partner(link):
        form.secret.label.text = _("New PIN")
    return page("identity/reset_pin.html", link=link, token=token, form=form, pin=is_partner(link))
