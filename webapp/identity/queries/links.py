"""Links as they stand: what a token opens, and which of a company's links still wait."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.identity.tokens import Gone, address, code_of, hash_of, token_of
from webapp.kernel.calendar import now
from webapp.kernel.i18n import N_
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

READ = """
SELECT l.id, l.company_id, l.purpose, l.payload, l.created_by, l.created_at, l.expires_at, l.used_at,
       c.name, c.name2, u.name AS by_name
FROM link_token l LEFT JOIN company c ON c.id = l.company_id LEFT JOIN app_user u ON u.id = l.created_by
WHERE """
BY_TOKEN = READ + "l.token_hash = %(hash)s AND l.purpose = %(purpose)s"
BY_ID = READ + "l.id = %(id)s AND l.company_id = %(company)s AND l.purpose IN ('invitation', 'reset')"
OPEN = (
    READ
    + """l.company_id = %(company)s AND l.purpose = 'invitation' AND l.used_at IS NULL AND l.expires_at > now()
    ORDER BY l.id DESC LIMIT 100"""
)

DOORS = {"invitation": "i", "reset": "r", "tracking": "t", "mail": "m"}
"""Where links open, by what for."""


@dataclass(slots=True, frozen=True)
class Link:
    """A link: what for (`purpose`, `payload`), of which company, by whom, until when."""

    id: uuid.UUID
    company_id: uuid.UUID | None
    purpose: str
    payload: dict[str, Any]
    created_by: uuid.UUID | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    name: str | None
    """The company's name, and `name2` its name in the second language, for `display_name`."""
    name2: str | None
    by_name: str | None

    @property
    def state(self) -> str:
        """open, used, withdrawn or expired."""
        if self.used_at is not None:
            return "withdrawn" if self.payload.get("withdrawn") else "used"
        return "open" if self.expires_at > now() else "expired"

    @property
    def path(self) -> str:
        """Where it opens."""
        return f"/{DOORS[self.purpose]}/{token_of(self.id)}"

    @property
    def url(self) -> str:
        """The whole address, for sending."""
        return address(self.path)

    @property
    def code(self) -> str:
        """The six digits that go with it."""
        return code_of(self.id)


GONE = {
    "used": N_("This link was used already. Ask for a new one."),
    "withdrawn": N_("This link was withdrawn. Ask whoever sent it."),
    "expired": N_("This link is too old to open. Ask for a new one."),
}


def read_link(session: Session, token: str, purpose: str) -> Link:
    """What a token opens, by its hash. Raises NotFound for one nobody gave out, Gone where it no longer opens."""
    row = Database(session).one(BY_TOKEN, hash=hash_of(token), purpose=purpose)
    if row is None:
        raise NotFound
    link = Link(*row)
    if link.state != "open":
        gone = Gone(f"link.{link.state}", GONE[link.state])
        gone.used_by = link.payload.get("used_by")
        raise gone
    return link


def link_of(actor: Actor, link_id: uuid.UUID) -> Link:
    """A link of the company that the actor may hand out: owners and managers any, others their own. NotFound else."""
    row = actor.db.one(BY_ID, id=link_id, company=actor.company_id)
    if row is None:
        raise NotFound
    link = Link(*row)
    leads = actor.role == "owner" or (
        actor.role == "manager" and link.purpose == "invitation" and link.payload.get("role") != "owner"
    )
    if not leads and link.created_by != actor.user.id:
        raise NotFound
    return link


def open_invitations(actor: Actor) -> list[Link]:
    """The company's invitations that still wait, newest first."""
    return [Link(*row) for row in actor.db.ask(OPEN, company=actor.company_id)]
