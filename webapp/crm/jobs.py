"""Each morning's watch over customers."""

import logging

from webapp.kernel.db import db
from webapp.kernel.jobs import task
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import enter_company

from .verbs import open_quiet

log = logging.getLogger("throughline")


@task("crm.watch", cron="20 22 * * *")
def watch() -> None:
    """Open what is due with customers who have gone quiet, one transaction a company; one that fails stops no other."""
    session = db.session()
    with before_wall(session) as database:
        slugs = [row.slug for row in database.ask("SELECT slug FROM company ORDER BY created_at, id")]
    for slug in slugs:
        try:
            with before_wall(session):
                open_quiet(enter_company(session, slug))
        except Exception:
            log.exception("watching the customers of %s", slug)
