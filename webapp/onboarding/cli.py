"""Commands that bring a company in."""

import time
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from webapp.identity import DEMO_PASSWORD, new_user, start_company
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id

from . import demo, northwind

imports = AppGroup("import", help="Bring a known data set in as a company.")


@imports.command("northwind")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--company", required=True, help="The name of the company to make.")
@with_appcontext
def import_northwind(folder: Path, company: str) -> None:
    """Import the Northwind trader from FOLDER and run all its orders through the verbs.

    \b
    Example:
      flask --app wsgi import northwind ../shared/data/northwind --company "Northwind Traders"
    """
    data = northwind.read(folder)
    session = db.session()
    with before_wall(session):
        owner = new_user(f"owner.{new_id().hex[-12:]}@northwind.example", "Northwind owner")
        actor = start_company(session, company, owner, currency="USD", time_zone="America/Los_Angeles", taxpayer="none")
    started = time.monotonic()
    with click.progressbar(northwind.run(actor, data), length=len(data.orders), label="orders") as running:
        done = sum(1 for _order in running)
    took = time.monotonic() - started
    click.echo(f"{done} orders in {took:.1f} s, {done / took:.1f} orders a second; company {actor.company.slug}")


@click.command("demo")
@click.option("--sign-ins", is_flag=True, help="Only print who can sign in.")
@with_appcontext
def demo_company(sign_ins: bool) -> None:
    """Make the demo company, with ninety days of history, where there is none yet.

    \b
    Example:
      flask --app wsgi demo
      flask --app wsgi demo --sign-ins
    """
    if not sign_ins:
        with click.progressbar(demo.build(db.session()), length=demo.DAYS + 2, label="demo company") as days:
            for _day in days:
                pass
    for person in demo.SIGN_INS:
        click.echo(f"  {person.role:<10}  {person.login:<22}  {person.name}")
    click.echo(f"  password of all: {DEMO_PASSWORD} (works only at localhost)")


commands = (imports, demo_company)
