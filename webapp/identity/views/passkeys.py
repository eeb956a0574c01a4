"""Passkeys: what the browser asks and answers, in JSON; the challenge waits in the session and is used once."""

import json
import uuid
from typing import Any

from flask import Response, current_app, jsonify, request, session
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.verbs import limits
from webapp.identity.verbs.passkeys import (
    Asked,
    add_passkey,
    ask_to_register,
    ask_to_sign_in,
    check_registration,
    sign_in_with_passkey,
)
from webapp.kernel.db import db, leave
from webapp.kernel.i18n import N_, words
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import NotSignedIn, Refused
from webapp.kernel.web import public, signed_in, url_for

from .blueprint import address_limit, blueprint, in_words, let_in, onward, visitor
from .doors import prefer, this_device


@blueprint.post("/signin/passkey/options")
@public
def passkey_sign_in_options() -> BaseResponse:
    """What a browser is asked to sign in with."""
    return ask(ask_to_sign_in())


@blueprint.post("/signin/passkey")
@public
def passkey_sign_in() -> BaseResponse:
    """Sign in with the passkey a browser answered with."""
    try:
        limits.count_try(db.session(), address_limit())
        with before_wall(db.session()):
            device = sign_in_with_passkey(db.session(), answered(), challenge(), this_device())
        limits.forgive(db.session(), address_limit())
    except Refused as refused:
        return said(refused)
    last = session.get("company")
    let_in(device)
    if last:
        session["company"] = last
    return prefer(jsonify(location=onward(device.user_id)), device)


@blueprint.post("/passkeys/options")
@signed_in
def passkey_options() -> BaseResponse:
    """What a browser is asked for one more passkey of who is signed in."""
    person = visitor()
    if person is None:
        raise NotSignedIn
    asked = ask_to_register(db.session(), person.id, person.login, person.name)
    leave(db.session())
    return ask(asked)


@blueprint.post("/passkeys")
@signed_in
def passkey_add() -> BaseResponse:
    """Keep one more passkey of who is signed in."""
    person = visitor()
    if person is None:
        raise NotSignedIn
    try:
        answer = answered()
        made = check_registration(answer, challenge())
        with in_words(), before_wall(db.session()):
            add_passkey(db.session(), person.id, made, key_name(answer))
    except Refused as refused:
        return said(refused)
    company = session.get("company")
    return jsonify(location=url_for("identity.my_passkeys", company=company) if company else "/")


def ask(asked: Asked, **kept: Any) -> BaseResponse:
    """Send options, and keep their challenge (and what else belongs to it) in the session."""
    session["passkey"] = {"challenge": asked.challenge, **kept}
    return Response(asked.options, mimetype="application/json")


def challenge() -> str:
    """The challenge that was sent, once: it is forgotten as it is read."""
    return str(kept()["challenge"])


def kept(link_id: uuid.UUID | None = None) -> dict[str, Any]:
    """The challenge and what was kept beside it, once. Refused where there is none, or it was for another link."""
    waiting = session.pop("passkey", None)
    if not isinstance(waiting, dict) or waiting.get("link") != (str(link_id) if link_id else None):
        raise Refused("passkey.late", N_("That took too long. Press the button again."))
    return waiting


def answered() -> dict[str, Any]:
    """The browser's answer. Refused where it is no JSON object."""
    try:
        answer = json.loads(request.get_data(cache=False)[:65536])
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        session.pop("passkey", None)
        raise Refused("passkey.answer", N_("That could not be read. Press the button again."))
    return answer


def key_name(answer: dict[str, Any]) -> str:
    """What the person called the passkey, else what this browser is called."""
    name = answer.get("name")
    return name.strip() if isinstance(name, str) and name.strip() and name.isprintable() else this_device()


def said(refused: Refused) -> BaseResponse:
    """A refusal as the script shows it."""
    leave(db.session())
    current_app.logger.info("passkey refused: %s", refused.code)
    response = jsonify(message=words(refused.message, refused.params))
    response.status_code = refused.status
    return response
