"""The company wall and the ledgers, as the database itself tells it: nothing stands outside that is not listed."""

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask

from webapp.kernel.postgres import for_libpq

pytestmark = pytest.mark.ledger

# Before the wall: who people are, what is public law, and the queue. A closed list.
BEFORE_THE_WALL = {
    *("alembic_version", "app_user", "company", "credential", "device", "link_token", "rate_limit", "recovery_code"),
    *("procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers"),
}
# The owner must see through it to find the company of a membership; the application does not.
OWNER_SEES = {"membership"}
LEDGERS = {"move", "open_item", "seal", "seal_row", "step", "timeline", "voucher", "voucher_line"}
TABLES = "SELECT c.oid, c.relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"


@pytest.fixture(scope="module")
def look(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(for_libpq(database), autocommit=True) as connection:
        yield connection


def tables(look: psycopg.Connection, condition: str) -> set[str]:
    return {row[0] for row in look.execute(f"SELECT t.relname FROM ({TABLES}) t WHERE {condition}")}


def test_every_other_table_is_behind_the_wall(look: psycopg.Connection) -> None:
    walled = """(SELECT relrowsecurity FROM pg_class c WHERE c.oid = t.oid)
        AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND attname = 'company_id' AND attnotnull)"""
    assert tables(look, f"NOT ({walled})") == BEFORE_THE_WALL


def test_the_wall_holds_the_owner_too(look: psycopg.Connection) -> None:
    unforced = tables(look, "NOT (SELECT relforcerowsecurity FROM pg_class c WHERE c.oid = t.oid)")
    assert unforced == BEFORE_THE_WALL | OWNER_SEES


def test_company_leads_every_key(look: psycopg.Connection) -> None:
    keys = """
        SELECT i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique AND a.attname <> 'company_id'
          AND NOT t.relname = ANY(%s)"""
    assert not look.execute(keys, [list(BEFORE_THE_WALL | OWNER_SEES)]).fetchall()


def test_nobody_may_change_a_ledger(look: psycopg.Connection) -> None:
    changeable = tables(
        look,
        """has_table_privilege('throughline_app', t.oid, 'UPDATE, DELETE, TRUNCATE')
           OR NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgname LIKE 'append_only%')""",
    )
    assert not LEDGERS & changeable


def test_the_application_owns_nothing_and_bypasses_nothing(look: psycopg.Connection) -> None:
    role = look.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'throughline_app'"
    ).fetchone()
    assert role == (False, False, False, False)
    assert not look.execute("SELECT relname FROM pg_class WHERE relowner = 'throughline_app'::regrole").fetchall()


def test_a_connection_without_a_company_is_refused(look: psycopg.Connection) -> None:
    with look.transaction(force_rollback=True):
        look.execute("SET LOCAL ROLE throughline_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            look.execute("SELECT count(*) FROM partner")


def test_models_and_migrations_say_the_same(app: Flask, database: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import NullPool, create_engine

    import webapp.kernel.models  # noqa: F401 - so that its tables are known
    from webapp.kernel.types import Base

    def ours(_thing: object, name: str | None, *_: object) -> bool:
        return not str(name).startswith(("procrastinate", "ix_procrastinate"))

    with create_engine(database, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert not compare_metadata(context, Base.metadata)
