"""Reports on the command line."""

import sys

import click
from flask.cli import AppGroup

from webapp.kernel import csvfile, show
from webapp.kernel.db import db, leave
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor, enter_company

from .queries.revenue import KEYS, revenue_by

report = AppGroup("report", help="Reports of a company, as a table or CSV.")
commands = (report,)

HEADS = ["key", "quantity", "revenue"]


@report.command("revenue")
@click.option("--by", "what", type=click.Choice(list(KEYS)), required=True, help="What to sum by.")
@click.option("--company", required=True, help="The company's name or slug.")
@click.option("--format", "how", type=click.Choice(["table", "csv"]), default="table", show_default=True)
def revenue(what: str, company: str, how: str) -> None:
    """Print revenue (net of tax, from the deliveries) by product, customer, employee or month.

    \b
    Example:
      flask --app wsgi report revenue --by product --company "Northwind Traders" --format csv
    """
    actor = _company(company)
    rows = [(row.key, row.quantity.normalize(), row.revenue) for row in revenue_by(actor, what)]
    leave(actor.session)
    if how == "csv":
        click.echo(csvfile.write(HEADS, rows).lstrip("\ufeff"), nl=False)
        return
    for key, quantity, amount in rows:
        click.echo(f"{key:<50} {show.quantity(quantity):>14} {show.money(amount):>16}")


def _company(said: str) -> Actor:
    """The company of that name or slug, as its owner sees it; exits with words where there is none."""
    try:
        return enter_company(db.session(), said)
    except NotFound:
        click.echo(f"There is no company {said!r}. `flask --app wsgi database companies` lists them.", err=True)
        sys.exit(1)
