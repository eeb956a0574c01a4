"""Every few minutes: promises are kept true."""

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs import keep_promises


@task("inventory.keep_promises", cron="*/5 * * * *")
def keep_all_promises() -> None:
    """Keep the promises of every company."""
    for_each(db.session(), keep_promises)
