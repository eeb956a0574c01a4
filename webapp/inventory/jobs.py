"""Every few minutes: promises are kept true."""

import logging

from webapp.kernel.db import db
from webapp.kernel.jobs import task
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import enter_company

from .verbs import keep_promises

log = logging.getLogger("throughline")


@task("inventory.keep_promises", cron="*/5 * * * *")
def keep_all_promises() -> None:
    """Keep the promises of every company, one transaction each; one that fails stops no other."""
    session = db.session()
    with before_wall(session) as database:
        slugs = [row.slug for row in database.ask("SELECT slug FROM company ORDER BY created_at, id")]
    for slug in slugs:
        try:
            with before_wall(session):
                keep_promises(enter_company(session, slug))
        except Exception:
            log.exception("keeping the promises of %s", slug)
