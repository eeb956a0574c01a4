"""What a phone asks before it sends what waited: who is signed in here, and a token for the posts."""

from flask import Response, jsonify
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from webapp.identity.queries.people import person_of_device
from webapp.kernel.db import db, leave
from webapp.kernel.web import public

from .blueprint import blueprint


@blueprint.get("/session")
@public
def session() -> Response:
    """Who is signed in, as JSON with a fresh token; 401 for nobody. The header `Throughline` says that it is ours."""
    person = person_of_device(db.session(), current_user.device_id) if current_user.is_authenticated else None
    leave(db.session())
    response = jsonify(user=str(person.id), csrf=generate_csrf()) if person else jsonify(user=None)
    response.status_code = 200 if person else 401
    response.headers["Throughline"] = "session"
    response.headers["Cache-Control"] = "no-store"
    return response
