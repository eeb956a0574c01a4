"""Commands of the whole installation: prepare the database, verify every company, work the queue."""

import sys
from typing import Any

import click
import psycopg
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade
from sqlalchemy import make_url

from .companies import slugs
from .db import APP_ROLE, db, leave
from .jobs import run_worker
from .postgres import for_libpq
from .register import registers
from .wall import enter_company

database = AppGroup("database", help="Make the database ready, or look at it.")

MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
    CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""


@database.command("prepare")
def prepare() -> None:
    """Make the application's role and bring the tables to this release.

    \b
    Example:
      flask --app wsgi database prepare
    """
    url = current_app.config["OWNER_DATABASE_URL"]
    with psycopg.connect(for_libpq(url), autocommit=True) as connection:
        connection.execute(MAKE_ROLE.encode())
        connection.execute(f"GRANT {APP_ROLE} TO CURRENT_USER".encode())
    upgrade()
    click.echo(f"database {make_url(url).database} is ready")


@database.command("companies")
def companies() -> None:
    """List the companies, one slug a line (nothing on a new installation).

    \b
    Example:
      flask --app wsgi database companies
    """
    for slug in slugs(db.session()):
        click.echo(slug)


@click.command("verify")
@click.option("--company", help="Only this company (its slug).")
@with_appcontext
def verify(company: str | None) -> None:
    """Run every check over the whole database: one line a check, non-zero exit on any difference.

    \b
    Example:
      flask --app wsgi verify
      flask --app wsgi verify --company fenghe
    """
    wrong = 0
    for slug in [company] if company else slugs(db.session()):
        wrong += _verify_company(slug)
    click.echo("no difference" if not wrong else f"{wrong} checks found differences")
    sys.exit(1 if wrong else 0)


def _verify_company(slug: str) -> int:
    session = db.session()
    actor = enter_company(session, slug)
    wrong = 0
    for check in registers.checks:
        differences = check.differences(actor)
        wrong += bool(differences)
        note = f" ({check.note(actor)})" if check.note else ""
        click.echo(f"{slug}  {check.name}: {'ok' if not differences else 'DIFFERENT'}{note}")
        for difference in differences[:20]:
            click.echo(f"    {difference}")
    leave(session)
    return wrong


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Work the queue of background jobs until stopped.

    \b
    Example:
      flask --app wsgi worker
    """
    app: Any = current_app._get_current_object()  # type: ignore[attr-defined]
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    run_worker(make_url(url).render_as_string(hide_password=False), app.app_context)
