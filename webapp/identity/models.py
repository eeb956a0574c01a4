"""Companies, users, memberships, devices, passkeys and links. These tables stand before the company wall."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Params, new_id

ROLES = ("owner", "manager", "sales", "buyer", "warehouse", "accountant", "auditor", "supplier", "customer")
"""What a membership may be; `auditor` only reads, `supplier` and `customer` are bound to a partner."""


class Company(Base):
    """A firm with its own books. `slug` stands in every path; `version` rises with settings, accounts and rules."""

    __tablename__ = "company"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name2: Mapped[str | None]
    currency: Mapped[str] = mapped_column(default="CNY")
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    taxpayer: Mapped[str] = mapped_column(default="general")
    prices_with_tax: Mapped[bool] = mapped_column(default=True)
    chart: Mapped[str] = mapped_column(default="cn_small")
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    __table_args__ = (CheckConstraint("taxpayer IN ('general', 'small', 'none')", "taxpayer"),)


class User(Base):
    """A person. `login` is an e-mail address, a mobile number or a name, folded to lower case."""

    __tablename__ = "app_user"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    pin: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether the password is a short PIN, guarded by narrower limits; only partners' people may have one."""
    locale: Mapped[str | None]
    theme: Mapped[str] = mapped_column(default="auto")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Credential(Base):
    """A passkey (WebAuthn credential), of which a user may have several."""

    __tablename__ = "credential"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A one-time code that lets a user in without passkey or password; kept as a hash."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    used_at: Mapped[datetime | None]


class Device(Base):
    """A signed-in browser. The cookie names it; ending it signs that browser out."""

    __tablename__ = "device"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"), index=True)
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]


class Membership(Base):
    """A user's role in a company; suppliers' and customers' users are bound to their partner."""

    __tablename__ = "membership"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("company.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    role: Mapped[str]
    partner_id: Mapped[uuid.UUID | None]
    staff_number: Mapped[str | None]
    """The company's own number for this person."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", "role"),
        CheckConstraint("(role IN ('supplier', 'customer')) = (partner_id IS NOT NULL)", "partner"),
        ForeignKeyConstraint(["company_id", "partner_id"], ["partner.company_id", "partner.id"]),
        Index("uq_membership_living", "company_id", "user_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index(None, "user_id"),
    )


class LinkToken(Base):
    """A link that lets someone in for one purpose: invitation, reset or tracking. Only its hash is kept.

    `used_at` is set once it was used or withdrawn; `payload` says which (`withdrawn`) and what it is for.
    """

    __tablename__ = "link_token"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_id)
    company_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("company.id"))
    purpose: Mapped[str]
    payload: Mapped[Params]
    created_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "company_id", "purpose"),)


class RateLimit(Base):
    """Tries per key and window, shared by all workers."""

    __tablename__ = "rate_limit"
    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    tries: Mapped[int]
