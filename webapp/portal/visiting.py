"""Who holds a customer's link: nobody of the company, who may look at one order and say that something is wrong."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.identity import Link, read_link
from webapp.kernel import currency
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.sales.queries.tracking import visitor

WALL = "SELECT set_config('app.company', %(company)s, true)"


@dataclass(slots=True)
class Visitor(Actor):
    """A link's holder. There is no membership to enter by: the link named the company."""

    def enter(self) -> None:
        """Go behind the wall of the link's company."""
        self.db.ask(WALL, company=str(self.company.id))
        self.session.info["company"] = self.company.id


@dataclass(slots=True, frozen=True)
class Visit:
    """A link read: who comes, and which order it opens."""

    link: Link
    visitor: Visitor
    order_id: uuid.UUID


def visit(session: Session, token: str) -> Visit:
    """Read a customer's link and go behind its company's wall, for this transaction.

    Raises NotFound for a link nobody gave out or to something else, Gone for one that no longer opens.
    """
    link = read_link(session, token, "tracking")
    if link.company_id is None or link.payload.get("kind") != "sales.order":
        raise NotFound
    database = Database(session)
    database.ask(WALL, company=str(link.company_id))
    session.info["company"] = link.company_id
    known = visitor(database, link.company_id)
    currency.use(known.company.currency)
    guest = Visitor(
        session=session,
        company=known.company,
        user=known.user,
        membership_id=known.membership_id,
        role=known.role,
        partner_id=None,
    )
    return Visit(link, guest, uuid.UUID(link.payload["document"]))
