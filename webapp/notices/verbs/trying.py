"""A message to try it with, on every way of a person or to a group, whatever the hour. Run by jobs."""

import uuid

from sqlalchemy.orm import Session

from webapp.kernel.perform import before_wall
from webapp.kernel.wall import Actor
from webapp.kernel.web import read_by, url_for
from webapp.notices import mail, push, queries, robots
from webapp.notices.messages import trial

from .delivering import ROBOT_FAULT, UNSUBSCRIBE, mail_text, member


def send_trial(session: Session, company_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Send a person a notice to try it: to each browser that takes push, and by e-mail where they want that."""
    gone = []
    with before_wall(session):
        actor = member(session, company_id, queries.MEMBER, user=user_id)
        if actor is None:
            return
        browsers, reader = queries.subscriptions_of(actor), queries.reader_of(actor)
        count = queries.unseen(actor)
    for row in browsers:
        with read_by(actor, row.locale):
            message = trial(actor)
        lang = actor.user.locale or row.locale or "en"
        data = push.payload(message, count=count, lang=lang, membership_id=actor.membership_id)
        browser = push.Browser(row.endpoint, row.p256dh, row.auth)
        if push.send(browser, data, topic=message.topic).state == "gone":
            gone.append(row.id)
    if reader.letters_to and mail.configured():
        with read_by(actor, reader.locale) as base:
            message, stop = trial(actor), base + url_for("notices.mine")
        mail.send(reader.letters_to, message.title, mail_text(message, base), stop=stop)
    _forget(session, actor, gone)


def _forget(session: Session, actor: Actor, gone: list[uuid.UUID]) -> None:
    if not gone:
        return
    with before_wall(session):
        actor.enter()
        for key in gone:
            actor.db.run(UNSUBSCRIBE, company=actor.company_id, id=key)


def send_trial_to_group(session: Session, company_id: uuid.UUID, user_id: uuid.UUID, robot_id: uuid.UUID) -> None:
    """Post a message to a group to try it; what its service answers stands on the robot's page."""
    with before_wall(session):
        actor = member(session, company_id, queries.MEMBER, user=user_id)
        robot = next((one for one in queries.robots_of(actor) if one.id == robot_id), None) if actor else None
        if actor is None or robot is None:
            return
        form = robots.Robot(robot.format, robot.url, robot.secret, robot.locale)
    with read_by(actor, robot.locale) as base:
        message = trial(actor)
    result = robots.send(form, message, base)
    with before_wall(session):
        actor.enter()
        fault = result.fault or None
        actor.db.run(ROBOT_FAULT, company=company_id, id=robot_id, fault=fault)
