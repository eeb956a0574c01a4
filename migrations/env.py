"""Migrations run as the owner; the application's role owns nothing."""

import sys
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool

from webapp.kernel.types import Base

sys.path.insert(0, str(Path(__file__).parent))

engine = create_engine(current_app.config["OWNER_DATABASE_URL"], poolclass=pool.NullPool)


def ours(_thing: object, name: str | None, kind: str, reflected: bool, _compare_to: object) -> bool:
    """Autogenerate looks at our own tables only, not at the job queue's."""
    return not (kind == "table" and reflected and str(name).startswith("procrastinate"))


with engine.connect() as connection:
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True, include_object=ours)
    with context.begin_transaction():
        context.run_migrations()
