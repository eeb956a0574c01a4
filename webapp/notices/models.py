"""Where notices go: browsers that take push, what each person wants, the groups' robots; and what has gone."""

import uuid
from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Time, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, OfCompany, Row

FORMATS = ("wecom", "dingtalk", "feishu")
CHANNELS = ("push", "mail", "robot")
STATES = ("sending", "sent", "waiting", "failed")


class PushSubscription(Row, Base):
    """A browser that takes push for a person signed in on it. Once it is signed out, nothing goes there."""

    __tablename__ = "push_subscription"
    user_id: Mapped[uuid.UUID]
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"))
    endpoint: Mapped[str]
    p256dh: Mapped[str]
    auth: Mapped[str]
    locale: Mapped[str | None]
    """The language the browser spoke; the person's own choice goes before it."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        UniqueConstraint("company_id", "endpoint"),
        Index(None, "company_id", "user_id"),
        Index(None, "device_id"),
    )


class NoticeReader(OfCompany, Base):
    """What a person wants to be told, how and when. Who has no row has the defaults."""

    __tablename__ = "notice_reader"
    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    quiet: Mapped[bool] = mapped_column(default=True, server_default="true")
    quiet_from: Mapped[time] = mapped_column(Time)
    quiet_to: Mapped[time] = mapped_column(Time)
    mail: Mapped[str | None]
    """The address for notices by e-mail; none: they do not want it."""
    mail_confirmed_at: Mapped[datetime | None]
    """When whoever reads that address said so; nothing goes there before."""
    mail_link_id: Mapped[uuid.UUID | None]
    """The link in the letter that asks."""
    locale: Mapped[str | None]
    choices: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    """channel → kind → whether; what is not there has the kind's default."""
    mail_since: Mapped[datetime | None]
    """Since when they want mail there: nothing older is sent."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class NoticeRobot(Row, Base):
    """A robot of a chat group that notices are posted to: the company's own group, or one with a partner."""

    __tablename__ = "notice_robot"
    title: Mapped[str]
    format: Mapped[str]
    url: Mapped[str]
    secret: Mapped[str | None]
    partner_id: Mapped[uuid.UUID | None]
    """Whose group: of a partner's people, who are told what their people are; none: the company's own."""
    kinds: Mapped[list[str]] = mapped_column(JSONB)
    locale: Mapped[str]
    quiet: Mapped[bool] = mapped_column(default=True, server_default="true")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_by: Mapped[uuid.UUID]
    fault: Mapped[str | None]
    """What the group's service answered last, where it was not yes."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    __table_args__ = (CheckConstraint(f"format IN ({', '.join(repr(name) for name in FORMATS)})", "format"),)


class NoticeDelivery(OfCompany, Base):
    """That a notification went, or goes, one way to one place: the key lets it go there only once."""

    __tablename__ = "notice_delivery"
    notification_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The subscription, the person or the robot."""
    message_id: Mapped[uuid.UUID]
    """What went together as one message."""
    state: Mapped[str]
    tries: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (
        CheckConstraint(f"channel IN ({', '.join(repr(name) for name in CHANNELS)})", "channel"),
        CheckConstraint(f"state IN ({', '.join(repr(name) for name in STATES)})", "state"),
        Index(None, "company_id", "target_id", "at"),
    )
