"""Each hour's watch over orders."""

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs.watching import watch_orders


@task("sales.watch", cron="7 * * * *")
def watch() -> None:
    """Tell reps of orders that are short or late."""
    for_each(db.session(), watch_orders)
