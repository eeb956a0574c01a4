"""What can be asked: what a person wants, where they take push, the robots; and what is to go out now."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import NoticeKind, registers
from webapp.kernel.wall import Actor

from .mail import is_address
from .messages import News
from .models import NoticeRobot
from .quiet import FROM, TO, quiet_until

FRESH = timedelta(hours=36)
"""What is older than this does not go out any more: it waits on Today."""

SUBSCRIPTIONS = """
SELECT s.id, s.device_id, s.endpoint, s.p256dh, s.auth, s.locale, s.created_at, d.label
FROM push_subscription s JOIN device d ON d.id = s.device_id AND d.user_id = s.user_id AND d.ended_at IS NULL
WHERE s.company_id = %(company)s AND s.user_id = %(user)s ORDER BY s.created_at, s.id LIMIT 20"""
READER = """
SELECT quiet, quiet_from, quiet_to, mail, locale, choices, mail_since, version, mail_confirmed_at,
       mail_link_id FROM notice_reader
WHERE company_id = %(company)s AND user_id = %(user)s"""
LINK_WAITS = """
SELECT id FROM link_token WHERE company_id = %(company)s AND id = %(link)s AND used_at IS NULL"""
UNSEEN = """
SELECT count(*) AS n FROM notification WHERE company_id = %(company)s AND user_id = %(user)s AND seen_at IS NULL"""
WAITING = """
SELECT n.id, n.code, n.kind, n.document_id, n.params, d.tries, d.at AS tried_at
FROM notification n
LEFT JOIN notice_delivery d ON d.company_id = n.company_id AND d.notification_id = n.id
     AND d.channel = %(channel)s AND d.target_id = %(target)s
WHERE n.company_id = %(company)s AND n.user_id = %(user)s AND n.seen_at IS NULL
  AND n.at > %(since)s AND n.code = ANY(%(codes)s) AND (d.state IS NULL OR d.state = 'waiting')
ORDER BY n.id LIMIT 200"""
LAST_SENT = """
SELECT max(at) AS at FROM notice_delivery
WHERE company_id = %(company)s AND target_id = %(target)s AND channel = %(channel)s AND state IN ('sent', 'sending')
  AND at > now() - interval '1 hour'"""
FOR_GROUP = """
SELECT * FROM (
  SELECT DISTINCT ON (n.at, n.code, n.document_id) n.id, n.code, n.kind, n.document_id, n.params
  FROM notification n JOIN membership m ON m.company_id = n.company_id AND m.user_id = n.user_id
       AND m.ended_at IS NULL AND m.partner_id IS NOT DISTINCT FROM %(partner)s
  WHERE n.company_id = %(company)s AND n.id > %(first)s AND n.at > %(since)s AND n.code = ANY(%(codes)s)
  ORDER BY n.at, n.code, n.document_id, n.id) g
LEFT JOIN LATERAL (SELECT d.state, d.tries, d.at AS tried_at FROM notice_delivery d
                   WHERE d.company_id = %(company)s AND d.notification_id = g.id AND d.channel = 'robot'
                     AND d.target_id = %(target)s) d ON true
WHERE d.state IS NULL OR d.state = 'waiting' ORDER BY g.id LIMIT 200"""


@dataclass(slots=True, frozen=True)
class Reader:
    """What a person wants: hours of quiet, an address, and which kinds by which way."""

    quiet: bool = True
    quiet_from: time = FROM
    quiet_to: time = TO
    mail: str | None = None
    locale: str | None = None
    choices: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    mail_since: datetime | None = None
    version: int = 0
    mail_confirmed_at: datetime | None = None
    mail_link_id: uuid.UUID | None = None

    @property
    def letters_to(self) -> str | None:
        """The address that notices go to: one that was confirmed."""
        return self.mail if self.mail_confirmed_at else None

    def wants(self, channel: str, kind: NoticeKind) -> bool:
        """Whether a kind goes out this way."""
        return bool(self.choices.get(channel, {}).get(kind.key, kind.on))

    def quiet_until(self, actor: Actor) -> datetime | None:
        """When the quiet ends that it is now; none where it is not."""
        zone = calendar.zone(actor)
        return quiet_until(calendar.now(), zone, self.quiet_from, self.quiet_to) if self.quiet else None

    def codes(self, channel: str, role: str) -> list[str]:
        """The notification codes that go out this way to someone of a role."""
        wanted = (kind for kind in registers.notices if role in kind.roles and self.wants(channel, kind))
        return sorted(code for kind in wanted for code in kind.codes)


def reader_of(actor: Actor) -> Reader:
    """What the actor wants."""
    row = actor.db.one(READER, company=actor.company_id, user=actor.user.id)
    return Reader(*row) if row else Reader()


def link_waits(actor: Actor, link_id: uuid.UUID) -> bool:
    """Whether the link of a letter still opens."""
    return actor.db.one(LINK_WAITS, company=actor.company_id, link=link_id) is not None


def subscriptions_of(actor: Actor) -> list[Any]:
    """The actor's browsers that take push and are still signed in, the first made first."""
    return actor.db.ask(SUBSCRIPTIONS, company=actor.company_id, user=actor.user.id)


def unseen(actor: Actor) -> int:
    """How many notifications the actor has not looked at."""
    row = actor.db.one(UNSEEN, company=actor.company_id, user=actor.user.id)
    return int(row.n) if row else 0


def own_address(actor: Actor) -> str | None:
    """The address the actor signs in with, where it is one."""
    row = actor.db.one("SELECT login FROM app_user WHERE id = %(user)s", user=actor.user.id)
    return str(row.login) if row and is_address(row.login) else None


@dataclass(slots=True, frozen=True)
class Outgoing:
    """What is to go one way now: fresh news, and what was tried before (`tries`, and when last)."""

    news: list[News]
    tries: int
    tried_at: datetime | None


def outgoing_to(
    actor: Actor, channel: str, target_id: uuid.UUID, codes: Sequence[str], since: datetime | None
) -> Outgoing:
    """What the actor was told, has not seen, and did not get this way; nothing older than the way itself."""
    begin = max(calendar.now() - FRESH, since or calendar.now() - FRESH)
    rows = actor.db.ask(
        WAITING,
        company=actor.company_id,
        user=actor.user.id,
        channel=channel,
        target=target_id,
        since=begin,
        codes=list(codes),
    )
    return _gathered(rows)


def outgoing_to_group(actor: Actor, robot: NoticeRobot) -> Outgoing:
    """What the robot's people were told and their group was not, each thing once however many were told."""
    codes = sorted({code for kind in registers.notices if kind.key in robot.kinds for code in kind.codes})
    since = max(calendar.now() - FRESH, robot.created_at)
    rows = actor.db.ask(
        FOR_GROUP,
        company=actor.company_id,
        partner=robot.partner_id,
        since=since,
        first=_first_id(since - timedelta(minutes=10)),
        codes=codes,
        target=robot.id,
    )
    return _gathered(rows)


def _first_id(moment: datetime) -> uuid.UUID:
    """No id made after `moment` is smaller (UUIDv7): the key itself leads to the latest rows."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def _gathered(rows: Sequence[Any]) -> Outgoing:
    news = [News(row.id, row.code, row.kind, row.document_id, row.params) for row in rows]
    tried = [row.tried_at for row in rows if row.tried_at is not None]
    return Outgoing(news, max((row.tries or 0 for row in rows), default=0), max(tried, default=None))


def last_sent(actor: Actor, channel: str, target_id: uuid.UUID) -> datetime | None:
    """When something last went this way, within the hour."""
    row = actor.db.one(LAST_SENT, company=actor.company_id, channel=channel, target=target_id)
    return row.at if row else None


def robots_of(actor: Actor) -> list[NoticeRobot]:
    """The company's robots, the first made first."""
    return list(actor.session.scalars(select(NoticeRobot).order_by(NoticeRobot.id).limit(50)))


def robot_of(actor: Actor, robot_id: uuid.UUID, *, lock: bool = False) -> NoticeRobot:
    """One of the company's robots. Raises NotFound."""
    statement = select(NoticeRobot).where(NoticeRobot.id == robot_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = actor.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


GROUPS = """
SELECT DISTINCT partner_id FROM membership
WHERE company_id = %(company)s AND partner_id IS NOT NULL AND ended_at IS NULL LIMIT 200"""


def groups(actor: Actor) -> dict[uuid.UUID, str]:
    """The partners that have people here, by name: with whom a group may be shared."""
    kind = registers.documents.get("partner")
    ids = [row.partner_id for row in actor.db.ask(GROUPS, company=actor.company_id)]
    named = kind.identify(actor, ids) if kind and kind.identify and ids else {}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


MEMBER = """
SELECT id FROM membership WHERE company_id = %(company)s AND user_id = %(user)s AND ended_at IS NULL"""
OF_PARTNER = """
SELECT id FROM membership
WHERE company_id = %(company)s AND partner_id = %(partner)s AND ended_at IS NULL ORDER BY created_at, id LIMIT 1"""
OWNER = """
SELECT id FROM membership
WHERE company_id = %(company)s AND role = 'owner' AND ended_at IS NULL ORDER BY created_at, id LIMIT 1"""
