"""Each morning's watch over customers and leads."""

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs import open_quiet, pool_silent
from .verbs.reminding import remind_due


@task("crm.watch", cron="20 22 * * *")
def watch() -> None:
    """Open what is due with customers who have gone quiet."""
    for_each(db.session(), open_quiet)


@task("crm.remind", cron="*/10 * * * *")
def remind() -> None:
    """Tell reps of the follow-ups that are due now."""
    for_each(db.session(), remind_due)


@task("crm.pool", cron="50 21 * * *")
def pool() -> None:
    """Put into the pool the leads that nobody has touched for the company's days."""
    for_each(db.session(), pool_silent)
