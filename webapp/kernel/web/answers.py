"""From a posted form to one verb to an answer: the operation it carries, its outcome, its refusal."""

import contextlib
import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, flash, g, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.kernel import perform as performing
from webapp.kernel.forms import Form
from webapp.kernel.i18n import N_, words
from webapp.kernel.perform import Operation, Outcome
from webapp.kernel.refusals import Busy, Refused, Stale, Warned
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .conflicts import Conflict

UNSIGNED = {"csrf_token", "op_id", "op_names"}
"""Fields outside the fingerprint: they differ between two sends of one form."""
CLOCK_AHEAD = timedelta(minutes=5)
MOST_NAMES = 20
"""How many times one thing may be corrected before the first of its ids is forgotten."""

Page = Callable[[], Any]
Both = Callable[[], Conflict]


def operation() -> Operation:
    """The operation the posted form carries. Raises Refused for an id that is none."""
    try:
        key = uuid.UUID(request.form.get("op_id", ""))
    except ValueError:
        raise Refused("operation.id", N_("This form is incomplete. Open it again, then send it.")) from None
    return Operation(
        actor=g.actor,
        id=key,
        verb=str(request.endpoint),
        fingerprint=_fingerprint(),
        done_at=_done_at(),
        queued=request.headers.get("Op") == "queued",
        replaces=_replaces(),
    )


def _replaces() -> tuple[uuid.UUID, ...]:
    """The ids that a corrected form names; what is none says nothing."""
    found = []
    for text in request.form.getlist("op_names")[:MOST_NAMES]:
        with contextlib.suppress(ValueError):
            found.append(uuid.UUID(text))
    return tuple(found)


def _fingerprint() -> str:
    digest = hashlib.sha256(request.path.encode())
    for key in sorted(set(request.form) - UNSIGNED):
        for value in request.form.getlist(key):
            digest.update(f"\x00{key}\x01{value}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _done_at() -> datetime | None:
    """When the phone says it was done; a clock in the future is not believed."""
    text = request.form.get("done_at")
    if not text:
        return None
    try:
        done = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return done if done <= datetime.now(UTC) + CLOCK_AHEAD else None


def accepted() -> frozenset[str]:
    """The warnings the person said yes to."""
    return frozenset(request.form.getlist("accept"))


def submit(
    form: Form | None, work: Callable[[Actor], Outcome], again: Page, *, hot: bool = False, both: Both | None = None
) -> BaseResponse | Any:
    """Check the form, perform `work` once, answer. Anything refused shows `again()` with the words, as 422.

    `again` renders the page the form came from; `both` says in words what a stale edit and the present row differ in,
    for a phone that sent it from its outbox. They run in a fresh transaction behind the wall.
    """
    if form is not None and not form.validate():
        return _refuse(Refused("form", N_("Some of this needs another look.")), form, again, both)
    try:
        outcome = performing.perform(operation(), work, hot=hot)
    except Refused as refused:
        if form is not None and not isinstance(refused, Warned):
            form.refuse(refused, words(refused.message, refused.params))
        return _refuse(refused, form, again, both)
    return answer(outcome)


def answer(outcome: Outcome) -> BaseResponse:
    """The answer to what was applied or replayed: JSON for the outbox (header `Op`), else 303 to its page.

    Where a person waits for it, the page they go to next says it too; not where a sheet has said it.
    """
    said = words(outcome.message, outcome.params) if outcome.message else ""
    if said and request.headers.get("Op", "now") == "now" and "sheet_said" not in request.form:
        flash({"text": said, "undo": outcome.undo} if outcome.undo else said)  # type: ignore[arg-type]
    response: BaseResponse
    if "Op" in request.headers:
        response = jsonify(
            op=request.form.get("op_id"),
            result=outcome.status,
            location=outcome.location,
            versions=outcome.versions,
            message=said,
            undo=outcome.undo,
        )
    else:
        response = redirect(outcome.location or request.path, 303)
    response.headers["Op-Result"] = outcome.status
    return response


def _refuse(refused: Refused, form: Form | None, again: Page, both: Both | None) -> BaseResponse:
    if g.get("actor") is not None and g.actor.session.info.get("company") is None:
        g.actor.enter()
    g.refused = refused
    g.refused_words = words(refused.message, refused.params)
    if "Op" in request.headers:
        response: BaseResponse = jsonify(_refusal(refused, form, again, both))
    else:
        response = make_response(again())
    response.status_code = refused.status
    if isinstance(refused, Busy):
        response.headers["Retry-After"] = "2"  # nothing is decided yet, so no Op-Result
    else:
        response.headers["Op-Result"] = _result(refused)
    return response


def _result(refused: Refused) -> str:
    return "conflict" if isinstance(refused, Stale) else "rejected"


def _refusal(refused: Refused, form: Form | None, again: Page, both: Both | None) -> dict[str, Any]:
    """A refusal as the outbox reads it; where a person waits for it, with the form again, as they typed it."""
    said: dict[str, Any] = {
        "op": request.form.get("op_id"),
        "result": _result(refused),
        "code": refused.code,
        "message": g.refused_words,
        "errors": form.errors if form is not None else {},
    }
    if isinstance(refused, Warned):
        said["accept"] = refused.code
    if isinstance(refused, Stale) and both is not None:
        said["conflict"] = both().said()
    if request.headers["Op"] == "now":
        page = make_response(again())
        said["page"] = page.get_data(as_text=True)
    return said


def attachment(text: str, name: str, kind: str = "text/csv") -> Response:
    """A file to keep, such as a CSV of the list one looks at."""
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def fresh_op_id() -> str:
    """A new operation id for a form being shown."""
    return str(new_id())
