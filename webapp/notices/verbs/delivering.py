"""Carrying notices on, in jobs: first claimed in one transaction, then sent in none, then noted in another."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from webapp.kernel import calendar, jobs
from webapp.kernel.perform import before_wall
from webapp.kernel.pipeline import Database
from webapp.kernel.wall import Actor, enter_as
from webapp.kernel.web import read_by, url_for
from webapp.notices import mail, push, queries, robots
from webapp.notices.messages import Message, compose, kind_of
from webapp.notices.models import NoticeRobot
from webapp.notices.queries import Outgoing, Reader
from webapp.notices.quiet import quiet_until
from webapp.notices.sending import TRIES, Result, backoff

from .claiming import alone, claim, give_up, note

GATHER = timedelta(seconds=15)
"""How long a first notice waits for others of the same moment."""
BETWEEN = timedelta(minutes=3)
"""The least time between two messages one way: what comes meanwhile becomes one."""

ENQUEUE = """
SELECT procrastinate_defer_jobs_v1(array_agg(
    ROW(%(queue)s, w.task, 0, NULL, NULL, w.args, %(at)s)::procrastinate_job_to_defer_v1))
FROM (
  SELECT 'notices.deliver' AS task, jsonb_build_object('company_id', %(company)s::uuid, 'user_id', u.id) AS args
  FROM unnest(%(users)s::uuid[]) AS u(id)
  WHERE EXISTS (SELECT FROM push_subscription s WHERE s.company_id = %(company)s AND s.user_id = u.id)
     OR EXISTS (SELECT FROM notice_reader r
                WHERE r.company_id = %(company)s AND r.user_id = u.id AND r.mail_confirmed_at IS NOT NULL)
  UNION ALL
  SELECT 'notices.group', jsonb_build_object('company_id', %(company)s::uuid, 'robot_id', g.id)
  FROM notice_robot g WHERE g.company_id = %(company)s) w
HAVING count(*) > 0"""
FRESH_READERS = """
SELECT DISTINCT user_id FROM notification
WHERE company_id = %(company)s AND id > %(first)s AND seen_at IS NULL LIMIT 1000"""
SWEEP_SUBSCRIPTIONS = """
DELETE FROM push_subscription s USING device d
WHERE s.company_id = %(company)s AND d.id = s.device_id AND d.ended_at IS NOT NULL"""
SWEEP_DELIVERIES = """
DELETE FROM notice_delivery WHERE company_id = %(company)s AND at < now() - interval '40 days'"""
UNSUBSCRIBE = "DELETE FROM push_subscription WHERE company_id = %(company)s AND id = %(id)s"
ROBOT_FAULT = """
UPDATE notice_robot SET fault = %(fault)s
WHERE company_id = %(company)s AND id = %(id)s AND fault IS DISTINCT FROM %(fault)s"""


@dataclass(slots=True)
class Way:
    """One message on its way: what was claimed, how it is sent, and what follows from a `gone`."""

    target_id: uuid.UUID
    message_id: uuid.UUID
    ids: list[uuid.UUID]
    tries: int
    send: Callable[[], Result]
    is_robot: bool = False


def enqueue(actor: Actor, users: Sequence[uuid.UUID], code: str) -> None:
    """Someone was told of something: enqueue the jobs that carry it on, where there is any way to."""
    if kind_of(code) is not None:
        _enqueue(actor, users, calendar.now() + GATHER)


def enqueue_fresh(actor: Actor) -> None:
    """What a worker that was killed left behind, or nobody enqueued: look again at whoever has fresh news."""
    first = uuid.UUID(int=int((calendar.now() - queries.FRESH).timestamp() * 1000) << 80)
    rows = actor.db.ask(FRESH_READERS, company=actor.company_id, first=first)
    _enqueue(actor, [row.user_id for row in rows], calendar.now())


def _enqueue(actor: Actor, users: Sequence[uuid.UUID], at: datetime) -> None:
    actor.db.run(ENQUEUE, queue=jobs.QUEUE, company=actor.company_id, users=list(users), at=at)


def deliver(session: Session, company_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Send a person what they were told and have not seen, by each of their ways."""
    with before_wall(session):
        actor = member(session, company_id, queries.MEMBER, user=user_id)
        ways = _claimed(actor) if actor else []
    _send(session, actor, ways, "notices.deliver", user_id=user_id)


def deliver_to_group(session: Session, company_id: uuid.UUID, robot_id: uuid.UUID) -> None:
    """Post to a group what its people were told."""
    with before_wall(session):
        actor = member(session, company_id, queries.OWNER)
        ways = _claimed_for_group(actor, robot_id) if actor else []
    _send(session, actor, ways, "notices.group", robot_id=robot_id)


def member(session: Session, company_id: uuid.UUID, statement: str, **who: Any) -> Actor | None:
    """A member of a company, who acts here from now on; none where there is no such one."""
    database = Database(session)
    database.ask("SELECT set_config('app.company', %(company)s, true)", company=str(company_id))
    row = database.one(statement, company=company_id, **who)
    return enter_as(session, row.id) if row else None


def _claimed(actor: Actor) -> list[Way]:
    """One message for each way on which something is due. What is not due yet is enqueued for when it is."""
    reader = queries.reader_of(actor)
    subscriptions = queries.subscriptions_of(actor)
    if (morning := reader.quiet_until(actor)) is not None:
        _later(actor, "notices.deliver", morning, user_id=actor.user.id)
        return []
    alone(actor, str(actor.user.id))
    ways: list[Way] = []
    codes = reader.codes("push", actor.role)
    for row in subscriptions:
        due = queries.outgoing_to(actor, "push", row.id, codes, row.created_at)
        ways += _due(actor, "push", row.id, due, _push(actor, row), user_id=actor.user.id)
    if reader.letters_to and mail.configured():
        due = queries.outgoing_to(actor, "mail", actor.user.id, reader.codes("mail", actor.role), reader.mail_since)
        ways += _due(actor, "mail", actor.user.id, due, _mail(actor, reader), user_id=actor.user.id)
    return ways


def _claimed_for_group(actor: Actor, robot_id: uuid.UUID) -> list[Way]:
    alone(actor, str(robot_id))
    robot = next((one for one in queries.robots_of(actor) if one.id == robot_id), None)
    if robot is None:
        return []
    if robot.quiet and (morning := quiet_until(calendar.now(), calendar.zone(actor))):
        _later(actor, "notices.group", morning, robot_id=robot_id)
        return []
    due = queries.outgoing_to_group(actor, robot)
    ways = _due(actor, "robot", robot.id, due, _post(actor, robot), robot_id=robot_id)
    for way in ways:
        way.is_robot = True
    return ways


Prepare = Callable[[Outgoing], Callable[[], Result]]


def _due(
    actor: Actor, channel: str, target_id: uuid.UUID, due: Outgoing, prepare: Prepare, **job: uuid.UUID
) -> list[Way]:
    """Claim what is due one way and word it; or enqueue the moment at which it will be."""
    give_up(actor, target_id, TRIES)
    if not due.news or due.tries >= TRIES:
        return []
    earliest = _earliest(due, queries.last_sent(actor, channel, target_id))
    if earliest > calendar.now():
        _later(actor, "notices.group" if channel == "robot" else "notices.deliver", earliest, **job)
        return []
    message_id, taken = claim(actor, channel, target_id, [one.id for one in due.news])
    mine = [one for one in due.news if one.id in set(taken)]
    if not mine:
        return []
    send = prepare(Outgoing(mine, due.tries, due.tried_at))
    return [Way(target_id, message_id, taken, due.tries + 1, send)]


def _earliest(due: Outgoing, last: datetime | None) -> datetime:
    """Not within minutes of the last message, nor before the pause after a try that failed is over."""
    moments = [calendar.now()]
    if last is not None:
        moments.append(last + BETWEEN)
    if due.tries and due.tried_at is not None:
        moments.append(due.tried_at + backoff(due.tries) - timedelta(seconds=1))
    return max(moments)


def _push(actor: Actor, row: Any) -> Prepare:
    def prepare(due: Outgoing) -> Callable[[], Result]:
        message = _worded(actor, due, row.locale)
        lang = actor.user.locale or row.locale or "en"
        count = queries.unseen(actor)
        data = push.payload(message, count=count, lang=lang, membership_id=actor.membership_id)
        browser = push.Browser(row.endpoint, row.p256dh, row.auth)
        return lambda: push.send(browser, data, topic=message.topic)

    return prepare


def _mail(actor: Actor, reader: Reader) -> Prepare:
    def prepare(due: Outgoing) -> Callable[[], Result]:
        with read_by(actor, reader.locale) as base:
            message = compose(actor, due.news)
            text = mail_text(message, base)
            stop = base + url_for("notices.mine")
        return lambda: mail.send(reader.letters_to or "", message.title, text, stop=stop)

    return prepare


def _post(actor: Actor, robot: NoticeRobot) -> Prepare:
    def prepare(due: Outgoing) -> Callable[[], Result]:
        reader = _reads_for(actor, robot)
        with read_by(reader, robot.locale) as base:
            message = compose(reader, due.news)
        form = robots.Robot(robot.format, robot.url, robot.secret, robot.locale)
        return lambda: robots.send(form, message, base)

    return prepare


def _reads_for(actor: Actor, robot: NoticeRobot) -> Actor:
    """Someone of the group, whose pages the links lead to, in the robot's language."""
    reader = actor
    if robot.partner_id is not None:
        row = actor.db.one(queries.OF_PARTNER, company=actor.company_id, partner=robot.partner_id)
        assert row is not None  # what is to go out was told to someone of theirs
        reader = enter_as(actor.session, row.id)
    reader.user = replace(reader.user, locale=robot.locale)
    return reader


def _worded(actor: Actor, due: Outgoing, locale: str | None) -> Message:
    with read_by(actor, locale):
        return compose(actor, due.news)


def mail_text(message: Message, base: str) -> str:
    """A message as the body of a mail: each line with its link."""
    return "\n\n".join(f"{text}\n{base}{url}" for text, url in message.lines) + "\n"


def _send(session: Session, actor: Actor | None, ways: Sequence[Way], task: str, **job: uuid.UUID) -> None:
    """Send each, outside any transaction, and note how it went; what may be tried again is enqueued for later."""
    for way in ways:
        assert actor is not None
        result = way.send()
        with before_wall(session):
            actor.enter()
            note(actor, way.target_id, way.message_id, way.ids, result)
            if way.is_robot:
                fault = result.fault or None
                actor.db.run(ROBOT_FAULT, company=actor.company_id, id=way.target_id, fault=fault)
            elif result.state == "gone":
                actor.db.run(UNSUBSCRIBE, company=actor.company_id, id=way.target_id)
            if result.state == "waiting" and way.tries < TRIES:
                _later(actor, task, calendar.now() + max(result.after or timedelta(0), backoff(way.tries)), **job)


def _later(actor: Actor, task: str, at: datetime, **job: uuid.UUID) -> None:
    named: dict[str, Any] = dict(job)
    jobs.defer(actor.db.connection(), task, actor.company_id, at=at, **named)


def sweep(actor: Actor) -> None:
    """Forget browsers that were signed out, and what went out long ago."""
    actor.db.run(SWEEP_SUBSCRIPTIONS, company=actor.company_id)
    actor.db.run(SWEEP_DELIVERIES, company=actor.company_id)
