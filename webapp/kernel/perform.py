"""The one place that opens the transaction: claim the operation, run the verb, store the outcome, commit.

Called twice with one operation, the second answer is the first one again. What the verb refuses rolls everything
back, and `rejected` with its words is then committed by itself.
"""

import contextlib
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from . import constraints
from .i18n import N_
from .pipeline import Database
from .refusals import Busy, Refused
from .wall import Actor

RETRIES = 3
RETRIED = (errors.DeadlockDetected, errors.LockNotAvailable)

CLAIM = """
INSERT INTO operation (company_id, op_id, user_id, membership_id, verb, fingerprint, done_at, status, outcome)
VALUES (%(company)s, %(op)s, %(user)s, %(membership)s, %(verb)s, %(fingerprint)s,
        coalesce(%(done_at)s, now()), %(status)s, %(outcome)s)"""
FINISH = """
UPDATE operation SET status = %(status)s, outcome = %(outcome)s
WHERE company_id = %(company)s AND op_id = %(op)s"""
STORED = """
SELECT user_id, fingerprint, status, outcome FROM operation
WHERE company_id = %(company)s AND op_id = %(op)s"""
REPLACE = """
INSERT INTO operation (company_id, op_id, user_id, membership_id, verb, fingerprint, done_at, status)
VALUES (%(company)s, %(op)s, %(user)s, %(membership)s, %(verb)s, '', now(), 'rejected')
ON CONFLICT (company_id, op_id) DO NOTHING RETURNING op_id"""

ARRIVED = N_("It had arrived already, as it was first sent, so this change was not made. Open it and change it there.")


@dataclass(slots=True)
class Operation:
    """One thing a person did, by the id its form was given. `done_at` is when the phone says it was done.

    `queued` says that it waited on the phone before it came: what is physical has happened by then.
    `replaces` are earlier ids of the same thing, which was corrected or said yes to since.
    """

    actor: Actor
    id: uuid.UUID
    verb: str
    fingerprint: str = ""
    done_at: datetime | None = None
    queued: bool = False
    replaces: tuple[uuid.UUID, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What an operation led to: where to look, and the words. Stored, and answered again on a replay."""

    location: str = ""
    message: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    undo: str = ""
    status: str = "applied"

    def stored(self) -> dict[str, Any]:
        """The JSON kept in the operation's row."""
        return {
            "location": self.location,
            "message": self.message,
            "params": self.params,
            "versions": self.versions,
            "undo": self.undo,
        }


def perform(op: Operation, work: Callable[[Actor], Outcome], *, hot: bool = False) -> Outcome:
    """Run `work` as operation `op`, exactly once. `hot` sends its statements in one pipeline.

    Returns the outcome, marked `applied` or, for an id seen before, `replayed`.
    Raises Refused (kept as `rejected`), Stale, Busy where a twin still runs, NotFound.
    """
    for attempt in range(RETRIES + 1):
        try:
            return _once(op, work, hot)
        except (psycopg.Error, DBAPIError) as error:
            cause = _cause(error)
            _roll_back(op)
            if isinstance(cause, RETRIED):
                if attempt < RETRIES:
                    time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 - jitter, not a secret
                    continue
                raise Busy("busy", N_("Someone else is at this just now. Try again in a moment.")) from error
            if isinstance(cause, errors.UniqueViolation) and cause.diag.constraint_name == "pk_operation":
                return _replay(op)
            _reject(op, constraints.refusal(cause), error)
        except Refused as refused:
            _roll_back(op)
            _reject(op, refused, refused)
        except BaseException:
            _roll_back(op)
            raise
    raise AssertionError("unreachable")


def _once(op: Operation, work: Callable[[Actor], Outcome], hot: bool) -> Outcome:
    actor = op.actor
    actor.operation = op
    actor.noted.clear()
    if actor.session.info.get("company") is None:
        actor.enter()
    pipeline: AbstractContextManager[None] = actor.db.pipeline() if hot else contextlib.nullcontext()
    with pipeline:
        _claim(op, "running", None)
        _replace(op)
        outcome = work(actor)
        for settle in actor.noted:
            settle()
        actor.db.run(FINISH, company=actor.company_id, op=op.id, status="applied", outcome=outcome.stored())
        if hot:
            actor.db.connection().commit()
            actor.db.count.round_trips += 1
    if not hot:
        actor.db.count.round_trips += 1
    actor.session.commit()
    actor.session.info.pop("company", None)
    return outcome


def _claim(op: Operation, status: str, outcome: dict[str, Any] | None) -> None:
    actor = op.actor
    actor.db.run(
        CLAIM,
        company=actor.company_id,
        op=op.id,
        user=actor.user.id,
        membership=actor.membership_id,
        verb=op.verb,
        fingerprint=op.fingerprint,
        done_at=op.done_at,
        status=status,
        outcome=outcome,
    )


def _replace(op: Operation) -> None:
    """What is corrected never happens, should it still be on its way. Refused where it had arrived."""
    actor = op.actor
    for old in op.replaces:
        by = {"user": actor.user.id, "membership": actor.membership_id, "verb": op.verb}
        if actor.db.one(REPLACE, company=actor.company_id, op=old, **by):
            continue
        stored = actor.db.one(STORED, company=actor.company_id, op=old)
        if stored is not None and stored.status == "applied":
            raise Refused("operation.arrived", ARRIVED)


def _roll_back(op: Operation) -> None:
    op.actor.session.rollback()
    op.actor.session.info.pop("company", None)
    op.actor.noted.clear()


def _cause(error: Exception) -> Exception:
    return error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error


def _replay(op: Operation) -> Outcome:
    """The stored answer of an operation seen before; a refusal is refused again in the same words."""
    op.actor.enter()
    stored = op.actor.db.one(STORED, company=op.actor.company_id, op=op.id)
    op.actor.session.rollback()
    op.actor.session.info.pop("company", None)
    if stored is None:
        raise Busy("busy", N_("Someone else is at this just now. Try again in a moment."))
    if stored.fingerprint != op.fingerprint or stored.user_id != op.actor.user.id:
        raise Refused("operation.reused", N_("This form was already used for something else. Open it afresh."))
    if stored.status == "rejected":
        raise Refused(
            stored.outcome["code"], stored.outcome["message"], stored.outcome["field"], **stored.outcome["params"]
        )
    kept = stored.outcome or {}
    return Outcome(**kept, status="replayed")


def _reject(op: Operation, refused: Refused | None, error: Exception) -> None:
    """Keep the refusal under the operation's id, by itself, and raise it. Unknown errors are raised as they are."""
    if refused is None:
        raise error
    if refused.status == 422:
        actor = op.actor
        actor.enter()
        outcome = {
            "code": refused.code,
            "message": refused.message,
            "field": refused.field,
            "params": refused.params,
        }
        with contextlib.suppress(psycopg.Error):
            _claim(op, "rejected", outcome)
            actor.session.commit()
        _roll_back(op)
    if refused is error:
        raise refused
    raise refused from error


@contextlib.contextmanager
def attempt(actor: Actor) -> Iterator[None]:
    """A part of a verb that may be refused without the rest of it: what it did is then undone, and Refused raised."""
    noted, part = len(actor.noted), actor.session.begin_nested()
    try:
        yield
        part.commit()
    except BaseException:
        part.rollback()
        del actor.noted[noted:]
        raise


@contextlib.contextmanager
def before_wall(session: Session) -> Iterator[Database]:
    """The transaction of what happens before a company is entered: signing in, starting one, taking an invitation.

    Commits at its end; anything raised rolls it all back.
    """
    try:
        yield Database(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("company", None)
