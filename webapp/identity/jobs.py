"""Sweeping: windows of tries that are long over."""

from webapp.kernel.db import db
from webapp.kernel.jobs import task

from .verbs.limits import sweep


@task("identity.sweep", cron="17 3 * * *")
def sweep_tries() -> None:
    """Forget tries older than any limit asks for."""
    sweep(db.session())
