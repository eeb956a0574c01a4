"""Taking an invitation. Opening the link only shows it; a button takes it, once."""

import uuid
from typing import Any

from flask import jsonify, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import JoinForm
from webapp.identity.models import Device, User
from webapp.identity.queries.links import Link, read_link
from webapp.identity.roles import PARTNER_ROLES, ROLE_MEANS, ROLE_WORDS
from webapp.identity.verbs import accept_invitation, check_login, login_for, new_user, open_device, set_secret
from webapp.identity.verbs.links import check_code
from webapp.identity.verbs.passkeys import add_passkey, ask_to_register, check_registration
from webapp.kernel.db import db, leave
from webapp.kernel.i18n import N_, _, reading
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import NotSignedIn, Refused
from webapp.kernel.types import new_id
from webapp.kernel.web import by_link, page

from .blueprint import attempt, blueprint, home_of, in_words, let_in, the_company, visitor
from .doors import prefer, this_device
from .passkeys import answered, ask, kept, said


@blueprint.get("/i/<token>")
@by_link
def invitation(token: str) -> str:
    """Who invites, to what, and the button."""
    link = _open(token)
    return _shown(link, token)


@blueprint.post("/i/<token>/acceptance")
@by_link
def invitation_accept(token: str) -> BaseResponse:
    """Join as the person who is signed in here."""
    person = visitor()
    if person is None:
        raise NotSignedIn
    link = _open(token)

    def work() -> BaseResponse:
        with before_wall(db.session()):
            user = db.session().get_one(User, person.id)
            slug = accept_invitation(db.session(), link, user).company.slug
        return redirect(home_of(the_company(slug, person.id)), 303)

    return attempt(None, work, lambda: _shown(link, token))


@blueprint.get("/i/<token>/pin")
@by_link
def invitation_pin(token: str) -> str:
    """Joining in a browser without passkeys: one-time code, login, PIN or password."""
    link = _open(token)
    return _pin_page(link, token, JoinForm(name=request.args.get("name") or link.payload.get("name")))


@blueprint.post("/i/<token>/pin")
@by_link
def invitation_pin_post(token: str) -> BaseResponse:
    """Join with the one-time code."""
    link = _open(token)
    form = JoinForm(request.form)

    def work() -> BaseResponse:
        check_code(db.session(), link.id, form.code.data or "")
        with before_wall(db.session()):
            check_login(db.session(), form.login.data or "")
            user = new_user(form.login.data or "", form.name.data or "", locale=reading())
            set_secret(user, form.secret.data or "", pin=is_partner(link), field="secret")
            slug, device = _join(link, user)
        return come_in(device, slug)

    return attempt(form, work, lambda: _pin_page(link, token, form))


@blueprint.post("/i/<token>/passkey/options")
@by_link
def invitation_passkey_options(token: str) -> BaseResponse:
    """What a browser is asked for the passkey of who is about to join."""
    try:
        link = _open(token)
        name = _name(answered())
        user_id, login = new_id(), login_for(name)
        asked = ask_to_register(db.session(), user_id, name, name)
        leave(db.session())
    except Refused as refused:
        return said(refused)
    return ask(asked, user=str(user_id), login=login, name=name, link=str(link.id))


@blueprint.post("/i/<token>/passkey")
@by_link
def invitation_passkey(token: str) -> BaseResponse:
    """Join with the passkey just made."""
    try:
        link = _open(token)
        answer, waiting = answered(), kept(link.id)
        made = check_registration(answer, waiting["challenge"])
        with in_words(), before_wall(db.session()):
            user = new_user(waiting["login"], waiting["name"], locale=reading())
            user.id = uuid.UUID(waiting["user"])
            slug, device = _join(link, user)
            add_passkey(db.session(), user.id, made, this_device())
    except Refused as refused:
        return said(refused)
    let_in(device)
    return prefer(jsonify(location=home_of(the_company(slug, device.user_id))), device)


def is_partner(link: Link) -> bool:
    """Whether the link is for a supplier's or customer's person, who may come back with a short PIN."""
    return link.payload.get("role") in PARTNER_ROLES


def come_in(device: Device, slug: str) -> BaseResponse:
    """Sign the device in and go to the company just joined."""
    let_in(device)
    return prefer(redirect(home_of(the_company(slug, device.user_id)), 303), device)


def _open(token: str) -> Link:
    link = read_link(db.session(), token, "invitation")
    leave(db.session())
    return link


def _shown(link: Link, token: str) -> str:
    role = link.payload["role"]
    return page(
        "identity/invitation.html",
        link=link,
        token=token,
        person=visitor(),
        form=JoinForm(name=link.payload.get("name")),
        role=ROLE_WORDS[role],
        means=ROLE_MEANS[role],
    )


def _pin_page(link: Link, token: str, form: JoinForm) -> str:
    if is_partner(link):
        form.secret.label.text = _("PIN")
    return page("identity/join.html", link=link, token=token, form=form, pin=is_partner(link))


def _name(answer: dict[str, Any]) -> str:
    """The name typed beside the passkey button. Refused where it is none."""
    typed = answer.get("name")
    form = JoinForm(MultiDict({"name": typed if isinstance(typed, str) else ""}))
    if not form.name.validate(form) or not form.name.data:
        raise Refused("invite.name", N_("Fill in your name, then press the button again."))
    return str(form.name.data)


def _join(link: Link, user: User) -> tuple[str, Device]:
    actor = accept_invitation(db.session(), link, user)
    return actor.company.slug, open_device(db.session(), user.id, this_device())
