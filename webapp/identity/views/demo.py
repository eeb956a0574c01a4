"""The demo company's one-tap sign-ins: only while nobody else can reach this address."""

import uuid
from typing import Any

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.demo import DEMO_PASSWORD
from webapp.identity.installation import here
from webapp.identity.queries.people import demo_company, demo_people
from webapp.identity.roles import ROLE_MEANS, ROLE_WORDS
from webapp.identity.verbs import open_device
from webapp.identity.verbs.passwords import matches
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import behind_wall
from webapp.kernel.web import page, public

from .blueprint import blueprint
from .doors import this_device, welcome


def _people() -> tuple[Any, list[Any]]:
    company = demo_company(db.session()) if here().is_local else None
    if company is None:
        raise NotFound
    with behind_wall(db.session(), company.id):
        return company, demo_people(db.session(), company.id)


@blueprint.get("/demo")
@public
def demo() -> str:
    """Who one can be in the demo company."""
    company, people = _people()
    return page("identity/demo.html", company=company, people=people, words=ROLE_WORDS, means=ROLE_MEANS)


@blueprint.post("/demo")
@public
def demo_sign_in() -> BaseResponse:
    """Be one of the demo's people. Whoever has a password of their own is not among them."""
    try:
        wanted = uuid.UUID(request.form.get("person", ""))
    except ValueError:
        raise NotFound from None
    _company, people = _people()
    person = next((person for person in people if person.id == wanted), None)
    if person is None or not matches(person.password_hash, DEMO_PASSWORD):
        raise NotFound
    with before_wall(db.session()):
        device = open_device(db.session(), person.user_id, this_device())
    return welcome(device)
