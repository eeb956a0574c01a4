"""Me → Group robots: the company's robots, for its owner."""

import uuid
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.kernel.i18n import N_, _, reading
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for
from webapp.notices import queries
from webapp.notices.forms import RobotForm, robot_form, switch
from webapp.notices.messages import all_kinds
from webapp.notices.models import NoticeRobot
from webapp.notices.robots import BEGINS, NAMES
from webapp.notices.verbs import add_robot, change_robot, remove_robot, try_robot
from webapp.notices.verbs.grouping import Wanted

from .blueprint import acting, blueprint


@blueprint.get("/c/<company>/company/robots")
@allow("owner")
def robots() -> str:
    """The robots, each with where it posts."""
    actor = acting()
    return page("notices/robots.html", robots=queries.robots_of(actor), names=NAMES, groups=queries.groups(actor))


@blueprint.get("/c/<company>/company/robots/new")
@allow("owner")
def new_robot() -> str:
    """A robot more."""
    return _new(_form(acting()))


@blueprint.post("/c/<company>/company/robots")
@allow("owner")
def add() -> BaseResponse:
    """Take a robot in."""
    form = _form(acting(), posted=True)

    def work(actor: Actor) -> Outcome:
        robot = add_robot(actor, _wanted(form))
        return Outcome(
            url_for("notices.robot", id=robot.id), N_("%(name)s gets notices from now on."), {"name": robot.title}
        )

    return submit(form, work, lambda: _new(form))


def _new(form: RobotForm) -> str:
    return page("notices/robot.html", robot=None, form=form, **_context())


def _context() -> dict[str, Any]:
    return {"begins": BEGINS, "names": NAMES, "kinds": all_kinds(), "switch": switch}


@blueprint.get("/c/<company>/company/robots/<uuid:id>")
@allow("owner")
def robot(id: uuid.UUID) -> str:
    """One robot: where it posts what, how it went."""
    return _shown(id, None)


def _shown(id: uuid.UUID, form: RobotForm | None) -> str:
    actor = acting()
    found = queries.robot_of(actor, id)
    stale = isinstance(g.get("refused"), Stale)
    return page(
        "notices/robot.html",
        robot=found,
        form=_form(actor, found) if form is None or stale else form,
        version=found.version if form is None or stale else form.base_version.data,
        **_context(),
    )


@blueprint.post("/c/<company>/company/robots/<uuid:id>")
@allow("owner")
def change(id: uuid.UUID) -> BaseResponse:
    """Change a robot."""
    form = _form(acting(), posted=True)

    def work(actor: Actor) -> Outcome:
        found = queries.robot_of(actor, id, lock=True)
        change_robot(actor, found, _wanted(form), form.base_version.data)
        return Outcome(url_for("notices.robot", id=id), N_("Saved."))

    return submit(form, work, lambda: _shown(id, form))


@blueprint.post("/c/<company>/company/robots/<uuid:id>/removal")
@allow("owner")
def removal(id: uuid.UUID) -> BaseResponse:
    """Post nothing there any more."""

    def work(actor: Actor) -> Outcome:
        outcome = remove_robot(actor, queries.robot_of(actor, id, lock=True))
        outcome.location = url_for("notices.robots")
        return outcome

    return submit(None, work, lambda: _shown(id, None))


@blueprint.post("/c/<company>/company/robots/<uuid:id>/trial")
@allow("owner")
def group_trial(id: uuid.UUID) -> BaseResponse:
    """Post a message to try it."""

    def work(actor: Actor) -> Outcome:
        outcome = try_robot(actor, queries.robot_of(actor, id))
        outcome.location = url_for("notices.robot", id=id)
        return outcome

    return submit(None, work, lambda: _shown(id, None))


def _form(actor: Actor, robot: NoticeRobot | None = None, *, posted: bool = False) -> RobotForm:
    """The form as posted, or of a robot as it stands, or for a new one with what is usually wanted."""
    data: dict[str, Any] = {"locale": reading(), "quiet": True, "format": "wecom"}
    chosen = {kind.key for kind in registers.notices if kind.on and not kind.for_partners}
    if robot is not None:
        data = {name: getattr(robot, name) for name in ("title", "format", "url", "locale", "quiet")}
        data["group"] = str(robot.partner_id or "")
        chosen = set(robot.kinds)
    data |= {switch("robot", kind): kind.key in chosen for kind in registers.notices}
    form = robot_form()(request.form) if posted else robot_form()(data=data)
    form.group.choices = [("", _("Our own")), *((str(key), name) for key, name in queries.groups(actor).items())]
    return form


def _wanted(form: RobotForm) -> Wanted:
    return Wanted(
        title=form.title.data or "",
        format=form.format.data,
        url=form.url.data or "",
        secret=form.secret.data or None,
        partner_id=form.partner_id,
        kinds=form.kinds,
        locale=form.locale.data,
        quiet=bool(form.quiet.data),
    )
