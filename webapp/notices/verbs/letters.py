"""Links sent by e-mail: an invitation or a new way in, a customer's link to follow an order. Jobs send them.

A job holds which link and to whom, never the link itself: a copy of the database opens nothing.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from webapp.identity import ROLE_WORDS, link_of, tracking_token
from webapp.identity.tokens import token_of
from webapp.identity.verbs import limits
from webapp.kernel import calendar, jobs, notifications, show
from webapp.kernel.i18n import N_, _, display_name, words
from webapp.kernel.perform import Outcome, before_wall
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor
from webapp.kernel.web import read_by
from webapp.notices import mail, queries
from webapp.notices.sending import TRIES, backoff

from .delivering import member

MOST = 40
"""Letters that one person may send within an hour."""
MOST_TO_CONFIRM = 6
"""Of those that ask whether an address may get notices: they go to whomever one types."""
Letter = tuple[str, str]
"""A subject and a text."""


def send_link(actor: Actor, link_id: uuid.UUID, to: str, locale: str) -> Outcome:
    """Send an invitation or a new way in, which the actor may hand out, to an address. Refused for none."""
    if link_of(actor, link_id).state != "open":
        raise Refused("link.closed", N_("This link was used or closed already."))
    return _enqueue(actor, "notices.link_letter", to, locale, link_id=str(link_id))


def send_tracking(actor: Actor, kind: str, document_id: uuid.UUID, number: str, to: str, locale: str) -> Outcome:
    """Send a customer the link on which they follow a document that the caller has found. Refused for no address."""
    about = {"kind": kind, "document_id": str(document_id), "number": number}
    return _enqueue(actor, "notices.tracking_letter", to, locale, **about)


def send_confirmation(actor: Actor, link_id: uuid.UUID, to: str, locale: str) -> Outcome:
    """Send the link by which an address for notices is confirmed. Refused for no address."""
    return _enqueue(actor, "notices.confirmation_letter", to, locale, MOST_TO_CONFIRM, link_id=str(link_id))


def _enqueue(actor: Actor, task: str, to: str, locale: str, most: int = MOST, /, **about: Any) -> Outcome:
    if not mail.configured():
        raise NotFound
    if not mail.is_address(to):
        raise Refused("letter.to", N_("This is not an e-mail address. Write it as name@example.com."), field="to")
    row = actor.db.one(limits.COUNT, key=f"letters{most}:{actor.user.id}", seconds=3600)
    if row is not None and row.tries > most:
        raise limits.TooMany("letters.many", N_("That is many letters. Wait an hour, then go on."))
    about |= {"user_id": str(actor.user.id), "to": to, "locale": locale}
    jobs.defer(actor.db.connection(), task, actor.company_id, priority=1, **about)
    return Outcome(message=N_("On its way to %(address)s."), params={"address": to})


def link_letter(
    session: Session, company_id: uuid.UUID, user_id: uuid.UUID, link_id: uuid.UUID, to: str, locale: str, tries: int
) -> None:
    """Write and send the letter of an invitation or a new way in; not once it was used or withdrawn."""

    def write(actor: Actor, _base: str) -> Letter | None:
        link = link_of(actor, link_id)
        if link.state != "open":
            return None
        said = {
            "name": link.payload.get("name") or "",
            "by": actor.user.name,
            "company": display_name(actor.company),
            "role": words(ROLE_WORDS[link.payload["role"]]),
            "day": show.day(link.expires_at.astimezone(calendar.zone(actor)).date(), calendar.today(actor)),
            "url": link.url,
        }
        if link.purpose == "reset":
            return _("A new way in to %(company)s", **said), _(RESET, **said)
        return _("%(company)s invites you", **said), _(INVITED, **said)

    again = {"link_id": str(link_id), "user_id": str(user_id), "to": to, "locale": locale}
    _send(session, company_id, user_id, to, locale, write, "notices.link_letter", again, tries)


def tracking_letter(
    session: Session, company_id: uuid.UUID, user_id: uuid.UUID, about: dict[str, str], to: str, locale: str, tries: int
) -> None:
    """Write and send the letter with a customer's link to follow a document."""

    def write(actor: Actor, base: str) -> Letter:
        token = tracking_token(actor, about["kind"], uuid.UUID(about["document_id"]))
        said = {"number": about["number"], "company": display_name(actor.company), "url": f"{base}/t/{token}"}
        return _("Your order %(number)s at %(company)s", **said), _(TRACKED, **said)

    again = {**about, "user_id": str(user_id), "to": to, "locale": locale}
    _send(session, company_id, user_id, to, locale, write, "notices.tracking_letter", again, tries)


def confirmation_letter(
    session: Session, company_id: uuid.UUID, user_id: uuid.UUID, link_id: uuid.UUID, to: str, locale: str, tries: int
) -> None:
    """Write and send the letter that asks whether notices may come; not once it was answered, or another was sent."""

    def write(actor: Actor, base: str) -> Letter | None:
        reader = queries.reader_of(actor)
        if reader.mail_link_id != link_id or reader.mail_confirmed_at or reader.mail != to:
            return None
        said = {
            "name": actor.user.name,
            "company": display_name(actor.company),
            "url": f"{base}/m/{token_of(link_id)}",
        }
        return _("Confirm your address for notices of %(company)s", **said), _(CONFIRMED, **said)

    again = {"link_id": str(link_id), "user_id": str(user_id), "to": to, "locale": locale}
    _send(session, company_id, user_id, to, locale, write, "notices.confirmation_letter", again, tries)


CONFIRMED = N_(
    "%(name)s wants notices of %(company)s at this address.\n\nOpen this link and confirm it. It works once:\n"
    "%(url)s\n\nYou did not ask for it? Then leave it alone: nothing more comes."
)
INVITED = N_(
    "%(by)s invites you to %(company)s (%(role)s).\n\nOpen this link on your phone. It works once, until %(day)s:\n"
    "%(url)s\n\nYou know nobody there? Then leave it alone; it closes by itself."
)
RESET = N_(
    "%(by)s sends you a new way in to %(company)s.\n\nOpen this link on your phone. It works once, until %(day)s:\n"
    "%(url)s\n\nYou did not ask for it? Then leave it alone, and tell %(by)s."
)
TRACKED = N_("Here you can follow your order %(number)s at %(company)s, without signing in:\n%(url)s")


def _send(
    session: Session,
    company_id: uuid.UUID,
    user_id: uuid.UUID,
    to: str,
    locale: str,
    write: Callable[[Actor, str], Letter | None],
    task: str,
    again: dict[str, Any],
    tries: int,
) -> None:
    with before_wall(session):
        actor = member(session, company_id, queries.MEMBER, user=user_id)
        if actor is None:
            return
        actor.user = replace(actor.user, locale=locale)
        with read_by(actor) as base:
            letter = write(actor, base)
    if letter is None:
        return
    result = mail.send(to, *letter)
    if result.state == "sent":
        return
    with before_wall(session):
        actor.enter()
        if result.state == "waiting" and tries < TRIES:
            at = calendar.now() + max(backoff(tries), result.after or timedelta(0))
            jobs.defer(actor.db.connection(), task, company_id, at=at, **again, tries=tries + 1)
        else:
            where = ("company", company_id)
            notifications.remind(actor, [user_id], "notices.letter.failed", *where, address=to)
