"""The companies that figures are measured in: people signed in on their devices, and a business's worth of rows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from webapp import create_app
from webapp.identity.verbs.companies import add_member, new_user, start_company
from webapp.identity.verbs.sign_in import open_device
from webapp.kernel.db import db, leave
from webapp.kernel.perform import Operation, Outcome, before_wall, perform
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_company

from .client import Client
from .seeder import People, Size, seed

if TYPE_CHECKING:
    from .stage import Stage

ROLES = ("manager", "sales", "buyer", "warehouse", "accountant")
REPS = 4
SECRET = "of the bench, which nobody else can reach"  # noqa: S105 - a server for the time of a run


@dataclass
class Firm:
    """A company; `cookies` are the sessions of its people, by role. What a scenario makes for itself is in `kept`."""

    slug: str
    id: uuid.UUID
    size: Size
    owner: uuid.UUID
    reps: list[uuid.UUID]
    cookies: dict[str, str]
    kept: dict[str, object] = field(default_factory=dict)

    def path(self, rest: str) -> str:
        return f"/c/{self.slug}/{rest}"

    def signed_in(self, port: int, role: str) -> Client:
        client = Client(port)
        client.cookies["session"] = self.cookies[role]
        return client


def firm(stage: Stage, size: Size) -> Firm:
    """The stage's company of that size; it is made when first asked for."""
    if size not in stage.firms:
        made = found(stage, size)
        with stage.connect() as connection:
            seed(connection, made.id, People(made.owner, made.reps), size)
        with stage.connect() as connection:
            connection.autocommit = True
            connection.execute("VACUUM (ANALYZE)")
        stage.firms[size] = made
    return stage.firms[size]


def found(stage: Stage, size: Size) -> Firm:
    """A new company by the application's own verbs, with someone in every role and its reps."""
    app = create_app({"DATABASE_URL": stage.url, "SECRET_KEY": SECRET})
    with app.app_context():
        session = db.session()
        with before_wall(session):
            owner = start_company(
                session, f"Bench {size.moves}", new_user(f"owner-{size.moves}", "Owner", locale="zh-Hans")
            )
        users = {role: member(owner, role, size) for role in ROLES}
        reps = [users["sales"], *(member(owner, "sales", size, n) for n in range(1, REPS))]
        cookies = {role: cookie(app, owner, user) for role, user in {**users, "owner": owner.user.id}.items()}
        made = Firm(owner.company.slug, owner.company_id, size, owner.user.id, reps, cookies)
        db.session.remove()
        db.engine.dispose()
    return made


def a_supplier(stage: Stage, made: Firm) -> uuid.UUID:
    """The first seeded supplier, whose person is signed in from now on. Returns the partner."""
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(made.id)])
        row = connection.execute(
            "SELECT id FROM partner WHERE company_id = %s AND is_supplier ORDER BY code LIMIT 1", [made.id]
        ).fetchone()
    assert row
    app = create_app({"DATABASE_URL": stage.url, "SECRET_KEY": SECRET})
    with app.app_context():
        owner = enter_company(db.session(), made.slug)
        leave(db.session())
        made.cookies["supplier"] = cookie(app, owner, member(owner, "supplier", made.size, partner=row[0]))
        db.session.remove()
        db.engine.dispose()
    key: uuid.UUID = row[0]
    return key


def member(owner: Actor, role: str, size: Size, n: int = 0, partner: uuid.UUID | None = None) -> uuid.UUID:
    user = new_user(f"{role}-{n}-{size.moves}", role.title(), locale="zh-Hans")

    def work(actor: Actor) -> Outcome:
        add_member(actor, user, role, partner)
        return Outcome()

    perform(Operation(owner, new_id(), "bench"), work)
    return user.id


def cookie(app: Flask, owner: Actor, user: uuid.UUID) -> str:
    """A session cookie as signing in gives it, without the password's cost and the limits on trying."""
    with before_wall(owner.session):
        device = open_device(owner.session, user, "bench")
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    return str(signer.dumps({"_user_id": str(device.id), "_fresh": True}))
