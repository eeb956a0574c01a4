"""Links that let someone in for one purpose: made, used once or withdrawn."""

import hmac
import uuid
from typing import Any

from sqlalchemy.orm import Session

from webapp.identity.tokens import Gone, code_of, hash_of, token_of, tracking_id
from webapp.kernel.i18n import N_
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from . import limits

MAKE = """
INSERT INTO link_token AS l (token_hash, id, company_id, purpose, payload, created_by, expires_at)
VALUES (%(hash)s, %(id)s, %(company)s, %(purpose)s, %(payload)s, %(user)s, now() + make_interval(days => %(days)s))
ON CONFLICT (token_hash) DO UPDATE SET expires_at = greatest(l.expires_at, excluded.expires_at)"""
USE = """
UPDATE link_token SET used_at = now(), payload = payload || jsonb_build_object('used_by', %(user)s::text)
WHERE id = %(id)s AND used_at IS NULL AND expires_at > now() RETURNING id"""
WITHDRAW = """
UPDATE link_token SET used_at = now(), payload = payload || '{"withdrawn": true}'
WHERE company_id = %(company)s AND id = %(id)s AND used_at IS NULL RETURNING payload"""


def make_link(
    actor: Actor, purpose: str, payload: dict[str, Any], *, days: int, link_id: uuid.UUID | None = None
) -> uuid.UUID:
    """A link of the actor's company that opens for `days`; made again it stays open longer. Returns its id."""
    link_id = link_id or new_id()
    actor.db.run(
        MAKE,
        hash=hash_of(token_of(link_id)),
        id=link_id,
        company=actor.company_id,
        purpose=purpose,
        payload=payload,
        user=actor.user.id,
        days=days,
    )
    return link_id


def use_link(database: Database, link_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Use a link up, for a user. Of two who try at once one wins; Gone for the other."""
    if database.one(USE, id=link_id, user=str(user_id)) is None:
        raise Gone("link.used", N_("This link was used already. Ask for a new one."))


def check_code(session: Session, link_id: uuid.UUID, typed: str) -> None:
    """Refuse a one-time code that is not the link's. Five wrong ones close this way for good (TooMany)."""
    limits.count_try(session, limits.of_code(link_id))
    digits = "".join(character for character in typed if character.isdigit())
    if not hmac.compare_digest(digits.encode(), code_of(link_id).encode()):
        raise Refused(
            "link.code", N_("That is not the code. Whoever sent the link sees it beside the link."), field="code"
        )
    limits.forgive(session, limits.of_code(link_id))


def withdraw_link(actor: Actor, link_id: uuid.UUID) -> dict[str, Any]:
    """Close a link of the company before it is used; returns what it was for. Refused where it is used or closed."""
    row = actor.db.one(WITHDRAW, company=actor.company_id, id=link_id)
    if row is None:
        raise Refused("link.closed", N_("This link was used or closed already."))
    payload: dict[str, Any] = row.payload
    return payload


def tracking_link(actor: Actor, kind: str, document_id: uuid.UUID, *, days: int = 60) -> str:
    """The token with which a customer follows a document without signing in, open for `days` from now.

    Call it in a verb; a page that shows the link again asks `tracking_token`.
    """
    link_id = tracking_id(actor.company_id, kind, document_id)
    payload = {"kind": kind, "document": str(document_id)}
    return token_of(make_link(actor, "tracking", payload, days=days, link_id=link_id))


def tracking_token(actor: Actor, kind: str, document_id: uuid.UUID) -> str:
    """The token of a document's tracking link that `tracking_link` made; asks nothing of the database."""
    return token_of(tracking_id(actor.company_id, kind, document_id))
