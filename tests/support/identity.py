"""People at the doors: sending a page's form as a browser would, invitations, a phone with a passkey."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import count
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from webapp.identity import Invitation, invite
from webapp.identity.models import User
from webapp.identity.verbs import new_user
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .world import PASSWORD, act

FORM = re.compile(r"<form\b[^>]*\baction=\"(?P<action>[^\"]*)\"[^>]*>(?P<inside>.*?)</form>", re.DOTALL)
INPUT = re.compile(r"<input\b[^>]*\bname=\"(?P<name>[^\"]*)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
HIDDEN = re.compile(r"\btype=\"hidden\"")
_n = count(1)


def send(client: FlaskClient, page: str, action: str, **typed: Any) -> TestResponse:
    """Open `page`, fill in the form to `action` and send it, with all that it carries hidden."""
    return client.post(action, data=hidden_fields(client.get(page).text, action) | typed)


def hidden_fields(source: str, action: str) -> dict[str, str]:
    """What the form to `action` carries hidden."""
    for form in FORM.finditer(source):
        if unescape(form["action"]) == action:
            return {
                field["name"]: unescape(value[1])
                for field in INPUT.finditer(form["inside"])
                if HIDDEN.search(field[0]) and (value := VALUE.search(field[0]))
            }
    raise AssertionError(f"no form to {action}")


def token(client: FlaskClient, page: str = "/signin") -> str:
    """The page's token against forged requests, for what is sent without a form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found
    return unescape(found[1])


def a_person(session: Session, name: str = "Li Lei", password: str | None = PASSWORD) -> User:
    """Someone with a login, in no company."""
    user = new_user(f"person{next(_n)}.{new_id()}", name, password)
    with before_wall(session):
        session.add(user)
    return user


def an_invitation(
    owner: Actor, role: str = "buyer", partner_id: UUID | None = None, name: str = "Li Lei"
) -> Invitation:
    """A link the owner gave out."""
    return act(owner, lambda actor: invite(actor, role, partner_id, name))


def path_of(invitation: Invitation) -> str:
    """The invitation's path, without the host."""
    return "/i/" + invitation.url.rsplit("/", 1)[1]


def sign_in_by_password(client: FlaskClient, login: str, password: str = PASSWORD) -> TestResponse:
    """Type login and password into the sign-in page."""
    return send(client, "/signin", "/signin", login=login, password=password)


@contextmanager
def passkey_holder(page: Any) -> Iterator[str]:
    """A phone that has a screen lock and keeps passkeys: Chromium's virtual authenticator."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    made = browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    try:
        yield made["authenticatorId"]
    finally:
        browser.send("WebAuthn.removeVirtualAuthenticator", made)
