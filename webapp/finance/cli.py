"""Commands of the books: export them, print the trial balance, seal what is posted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from webapp.config import var_dir
from webapp.kernel import calendar, csvfile
from webapp.kernel.db import db, leave
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor, enter_company

from .beancount import beancount_text
from .jobs import seal_company
from .queries import trial_balance

books = AppGroup("books", help="The books of a company: export, trial balance, seals.")
of_company = click.option("--company", required=True, help="The company's slug, as in its address.")
into = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else it is printed.")
EXPORTS = {"beancount": beancount_text}
TABLES = {"csv": csvfile.write}


@contextmanager
def reading(slug: str) -> Iterator[Actor]:
    """The company's books for reading; what was asked is rolled back."""
    session = db.session()
    try:
        yield enter_company(session, slug)
    except NotFound:
        raise click.ClickException(f"there is no company {slug!r}; see: flask --app wsgi database companies") from None
    finally:
        leave(session)


@books.command("export")
@of_company
@click.option("--format", "kind", type=click.Choice(list(EXPORTS)), default="beancount", show_default=True)
@into
@with_appcontext
def export(company: str, kind: str, out: Path | None) -> None:
    """Write a company's whole books in a format that another program checks.

    \b
    Example:
      flask --app wsgi books export --format beancount --company fenghe --out books.beancount
      bean-check books.beancount
    """
    with reading(company) as actor:
        text = "\n".join(EXPORTS[kind](actor)) + "\n"
    _give(text, out)


@books.command("trial-balance")
@of_company
@click.option("--month", help="The month as YYYY-MM; else the present one.")
@click.option("--format", "kind", type=click.Choice(list(TABLES)), default="csv", show_default=True)
@into
@with_appcontext
def trial_balance_of(company: str, month: str | None, kind: str, out: Path | None) -> None:
    """Print what every account opened with, moved and closed with in a month.

    \b
    Example:
      flask --app wsgi books trial-balance --company fenghe --month 2026-11 --format csv
    """
    with reading(company) as actor:
        found = trial_balance(actor, _month(month, actor))
    heads = ("account", "name", "kind", "opening", "debit", "credit", "closing_debit", "closing_credit")
    rows = [
        (a.code, a.name, a.kind, a.opening, a.debit, a.credit, a.closing_debit, a.closing_credit)
        for a in found.accounts
    ]
    totals = ("", "total", "", *(found.total(figure) for figure in heads[3:]))
    _give(TABLES[kind](heads, [*rows, totals]), out)


@books.command("seal")
@of_company
@with_appcontext
def seal(company: str) -> None:
    """Seal what is posted into the hash chain now, instead of waiting for the worker.

    \b
    Example:
      flask --app wsgi books seal --company fenghe
    """
    with reading(company):
        pass
    links = seal_company(db.session(), company, var_dir())
    click.echo(f"{links} links made")


def _month(text: str | None, actor: Actor) -> date:
    if text is None:
        return calendar.today(actor).replace(day=1)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise click.BadParameter("say it as YYYY-MM, such as 2026-11", param_hint="--month")
    return date.fromisoformat(f"{text}-01")


def _give(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"wrote {out}", err=True)


commands = (books,)
