"""Work beside the posting: the hash chain grows, and its head is also written outside the database."""

import logging
from pathlib import Path

from sqlalchemy.orm import Session

from webapp.config import var_dir
from webapp.kernel import calendar
from webapp.kernel.companies import slugs
from webapp.kernel.db import db
from webapp.kernel.jobs import task
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import enter_company

from .chain import head_file
from .verbs import seal_vouchers

log = logging.getLogger("throughline")


@task("finance.seal", cron="* * * * *")
def seal() -> None:
    """Seal every company's vouchers, one transaction a link; a company that fails holds up no other."""
    session = db.session()
    for slug in slugs(session):
        try:
            seal_company(session, slug, var_dir())
        except Exception:
            log.exception("sealing %s", slug)


def seal_company(session: Session, slug: str, folder: Path) -> int:
    """Seal what a company has unsealed; returns how many links were made. The head is written once it stands."""
    links = 0
    while True:
        with before_wall(session):
            actor = enter_company(session, slug)
            sealed = seal_vouchers(actor)
        if sealed is None:
            return links
        links += 1
        write_head(head_file(folder, actor), *sealed)


def write_head(path: Path, n: int, made: bytes) -> None:
    """Add a line to the file of heads: when, which link, its hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{calendar.now():%Y-%m-%dT%H:%M:%SZ} {n} {made.hex()}\n")
