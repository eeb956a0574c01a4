"""An address gets notices once whoever reads it says so: a letter with a link of one use, a button on its page."""

import uuid

from sqlalchemy.orm import Session

from webapp.identity import Link, make_link, read_link, use_link, withdraw_link
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.notices import queries

from .letters import send_confirmation

PURPOSE = "mail"
DAYS = 7
ASKED = """
UPDATE notice_reader SET mail_link_id = %(link)s WHERE company_id = %(company)s AND user_id = %(user)s"""
CONFIRMED = """
UPDATE notice_reader SET mail_confirmed_at = now(), mail_since = now()
WHERE company_id = %(company)s AND user_id = %(user)s AND mail_link_id = %(link)s AND mail_confirmed_at IS NULL"""
WALL = "SELECT set_config('app.company', %(company)s, true)"


def ask_again(actor: Actor, locale: str) -> Outcome:
    """Send the letter once more; the link in the one before closes. Refused where nothing waits to be confirmed."""
    reader = queries.reader_of(actor)
    if not reader.mail or reader.mail_confirmed_at:
        raise Refused("notices.confirmed", N_("No address waits to be confirmed."))
    close(actor, reader.mail_link_id)
    return ask(actor, reader.mail, locale)


def ask(actor: Actor, address: str, locale: str) -> Outcome:
    """Make the link and send the letter to an address that was just kept."""
    link_id = make_link(actor, PURPOSE, {"user": str(actor.user.id), "mail": address}, days=DAYS)
    actor.db.run(ASKED, company=actor.company_id, user=actor.user.id, link=link_id)
    send_confirmation(actor, link_id, address, locale)
    return Outcome(
        message=N_("A letter is on its way to %(address)s. Confirm the address there."), params={"address": address}
    )


def close(actor: Actor, link_id: uuid.UUID | None) -> None:
    """The link of an address that is not wanted any more opens nothing."""
    if link_id is not None and queries.link_waits(actor, link_id):
        withdraw_link(actor, link_id)


def confirm(session: Session, link: Link) -> None:
    """Whoever reads the address says that notices may come. Gone where the link was used or closed meanwhile."""
    database, user_id = Database(session), uuid.UUID(link.payload["user"])
    database.ask(WALL, company=str(link.company_id))
    use_link(database, link.id, user_id)
    database.run(CONFIRMED, company=link.company_id, user=user_id, link=link.id)


def asked_by(session: Session, token: str) -> Link:
    """The link of a letter. Raises NotFound for one nobody sent, Gone where it no longer opens."""
    return read_link(session, token, PURPOSE)
