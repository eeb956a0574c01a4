"""What every table of a migration gets: the company wall, and for ledgers that nobody changes a row."""

from alembic import op

APP_ROLE = "throughline_app"


def wall(*tables: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """Row-level security by company, forced on the owner too; `rights` for the application."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY company_wall ON {table} USING (company_id = (SELECT app_company())) "
            f"WITH CHECK (company_id = (SELECT app_company()))"
        )
        op.execute(f"GRANT {rights} ON {table} TO {APP_ROLE}")


def ledger(*tables: str) -> None:
    """The wall, and append-only: no right to change a row, and a trigger that refuses it to everyone."""
    wall(*tables, rights="SELECT, INSERT")
    for table in tables:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def unwalled(*tables: str) -> None:
    """Tables that stand before the wall (a closed, tested list): plain rights for the application."""
    for table in tables:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
