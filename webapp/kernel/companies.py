"""Work for every company: commands and jobs run one transaction a company, and one that fails stops no other."""

import logging
from collections.abc import Callable

from sqlalchemy.orm import Session

from .perform import before_wall
from .wall import Actor, enter_company

log = logging.getLogger("throughline")

SLUGS = "SELECT slug FROM company ORDER BY created_at, id"


def slugs(session: Session) -> list[str]:
    """The companies of this installation, oldest first."""
    with before_wall(session) as database:
        return [row.slug for row in database.ask(SLUGS)]


def for_each(session: Session, work: Callable[[Actor], object]) -> None:
    """Let every company's owner do `work`, each in a transaction of its own; a failure is logged and held back."""
    for slug in slugs(session):
        try:
            with before_wall(session):
                work(enter_company(session, slug))
        except Exception:
            log.exception("%s failed for %s", getattr(work, "__name__", work), slug)
