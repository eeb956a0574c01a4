"""Each morning's watch over customers."""

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs import open_quiet
from .verbs.reminding import remind_due


@task("crm.watch", cron="20 22 * * *")
def watch() -> None:
    """Open what is due with customers who have gone quiet."""
    for_each(db.session(), open_quiet)


@task("crm.remind", cron="*/10 * * * *")
def remind() -> None:
    """Tell reps of the follow-ups that are due now."""
    for_each(db.session(), remind_due)
