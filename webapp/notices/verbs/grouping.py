"""Robots of chat groups: taken in, changed, tried, taken away. Owners only."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.kernel import jobs, timeline
from webapp.kernel.i18n import LOCALES, N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.register import registers
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.notices import outgoing, queries
from webapp.notices.models import FORMATS, NoticeRobot

MOST = 20
"""Robots a company may have."""


@dataclass(slots=True, frozen=True)
class Wanted:
    """A robot as it is to be."""

    title: str
    format: str
    url: str
    secret: str | None
    partner_id: uuid.UUID | None
    kinds: Sequence[str]
    locale: str
    quiet: bool


def add_robot(actor: Actor, wanted: Wanted) -> NoticeRobot:
    """Post notices to a group from now on. Refused for an address that is not allowed, or no kind of notice."""
    _check(actor, wanted)
    if len(queries.robots_of(actor)) >= MOST:
        raise Refused("robot.many", N_("That is enough robots. Remove one first."))
    robot = NoticeRobot(id=new_id(), company_id=actor.company_id, created_by=actor.user.id, version=1)
    _fill(robot, wanted)
    actor.session.add(robot)
    actor.session.flush()  # so that its page finds it
    timeline.record(actor, "notices.robot.added", "notice_robot", robot.id, name=robot.title)
    return robot


def change_robot(actor: Actor, robot: NoticeRobot, wanted: Wanted, base_version: int | None) -> None:
    """Change a robot (found locked). An empty secret keeps the one there is, for the same kind of group."""
    if base_version is not None and base_version != robot.version:
        raise Stale("robot.stale", N_("Someone else changed this robot meanwhile. Look at it, then send yours again."))
    _check(actor, wanted)
    _fill(robot, wanted)
    robot.fault = None
    robot.version += 1
    timeline.record(actor, "notices.robot.changed", "notice_robot", robot.id, name=robot.title)


def remove_robot(actor: Actor, robot: NoticeRobot) -> Outcome:
    """Post nothing there any more."""
    timeline.record(actor, "notices.robot.removed", "notice_robot", robot.id, name=robot.title)
    actor.session.delete(robot)
    return Outcome(message=N_("%(name)s gets no more notices."), params={"name": robot.title})


def try_robot(actor: Actor, robot: NoticeRobot) -> Outcome:
    """Ask for a message to try it with; a job posts it."""
    connection = actor.db.connection()
    jobs.defer(connection, "notices.group_trial", actor.company_id, user_id=actor.user.id, robot_id=robot.id)
    return Outcome(message=N_("On its way. Look into the group."))


def _check(actor: Actor, wanted: Wanted) -> None:
    if wanted.format not in FORMATS or wanted.locale not in LOCALES:
        raise Refused("robot.format", N_("Choose one of these."), field="format")
    if not outgoing.allowed(wanted.url):
        raise Refused(
            "robot.url",
            N_("Paste the whole address that the group’s robot shows. It begins with https://."),
            field="url",
        )
    if not {kind.key for kind in registers.notices} & set(wanted.kinds):
        raise Refused("robot.kinds", N_("Choose at least one kind of notice."), field="kinds")
    if wanted.partner_id is not None and wanted.partner_id not in queries.groups(actor):
        raise Refused("robot.group", N_("Choose one from the list."), field="group")


def _fill(robot: NoticeRobot, wanted: Wanted) -> None:
    if wanted.secret or robot.format != wanted.format:
        robot.secret = wanted.secret
    robot.title, robot.format, robot.url = wanted.title, wanted.format, wanted.url
    robot.partner_id, robot.kinds = wanted.partner_id, sorted(set(wanted.kinds))
    robot.locale, robot.quiet = wanted.locale, wanted.quiet
