"""Notices are carried on by the worker, never within a request."""

import uuid

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs import delivering, letters, trying


@task("notices.deliver")
def deliver(company_id: uuid.UUID, user_id: str) -> None:
    """Send a person what they were told and have not seen."""
    delivering.deliver(db.session(), company_id, uuid.UUID(user_id))


@task("notices.group")
def group(company_id: uuid.UUID, robot_id: str) -> None:
    """Post to a group what its people were told."""
    delivering.deliver_to_group(db.session(), company_id, uuid.UUID(robot_id))


@task("notices.trial")
def trial(company_id: uuid.UUID, user_id: str) -> None:
    """Send a person a notice to try it with."""
    trying.send_trial(db.session(), company_id, uuid.UUID(user_id))


@task("notices.group_trial")
def group_trial(company_id: uuid.UUID, user_id: str, robot_id: str) -> None:
    """Post a message to a group to try it with."""
    trying.send_trial_to_group(db.session(), company_id, uuid.UUID(user_id), uuid.UUID(robot_id))


@task("notices.link_letter")
def link_letter(company_id: uuid.UUID, user_id: str, link_id: str, to: str, locale: str, tries: int = 1) -> None:
    """Send an invitation or a new way in by e-mail."""
    letters.link_letter(db.session(), company_id, uuid.UUID(user_id), uuid.UUID(link_id), to, locale, tries)


@task("notices.confirmation_letter")
def confirmation_letter(
    company_id: uuid.UUID, user_id: str, link_id: str, to: str, locale: str, tries: int = 1
) -> None:
    """Ask by e-mail whether notices may come to an address."""
    letters.confirmation_letter(db.session(), company_id, uuid.UUID(user_id), uuid.UUID(link_id), to, locale, tries)


@task("notices.tracking_letter")
def tracking_letter(
    company_id: uuid.UUID, user_id: str, kind: str, document_id: str, number: str, to: str, locale: str, tries: int = 1
) -> None:
    """Send a customer the link to follow an order by e-mail."""
    about = {"kind": kind, "document_id": document_id, "number": number}
    letters.tracking_letter(db.session(), company_id, uuid.UUID(user_id), about, to, locale, tries)


@task("notices.left_behind", cron="*/20 * * * *")
def left_behind() -> None:
    """Look again at fresh news: a worker that was killed carried some of it nowhere."""
    for_each(db.session(), delivering.enqueue_fresh)


@task("notices.sweep", cron="41 3 * * *")
def sweep() -> None:
    """Forget browsers that were signed out, and what went out long ago."""
    for_each(db.session(), delivering.sweep)
