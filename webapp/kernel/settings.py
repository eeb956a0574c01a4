"""A company's policies. Defaults are registered by the packages; a change raises the company's version."""

import uuid
from typing import Any

from psycopg.types.json import Jsonb

from .register import registers
from .wall import Actor

READ = "SELECT key, value FROM setting WHERE company_id = %(company)s"
WRITE = """
INSERT INTO setting (company_id, key, value) VALUES (%(company)s, %(key)s, %(value)s)
ON CONFLICT (company_id, key) DO UPDATE SET value = excluded.value"""
RAISE_VERSION = "UPDATE company SET version = version + 1 WHERE id = %(company)s"

_kept: dict[uuid.UUID, tuple[int, dict[str, Any]]] = {}


def setting(actor: Actor, key: str) -> Any:
    """The company's policy `key`, or its default. Read once a company version and process."""
    version, values = _kept.get(actor.company_id, (-1, {}))
    if version != actor.company.version:
        values = {row.key: row.value for row in actor.db.ask(READ, company=actor.company_id)}
        _kept[actor.company_id] = (actor.company.version, values)
    return values.get(key, registers.settings[key])


def set_setting(actor: Actor, key: str, value: Any) -> None:
    """Change a policy. Raises KeyError for one nobody registered."""
    if key not in registers.settings:
        raise KeyError(key)
    actor.db.run(WRITE, company=actor.company_id, key=key, value=Jsonb(value))
    raise_version(actor)


def raise_version(actor: Actor) -> None:
    """Make every process read the company's settings, accounts and rules afresh."""
    actor.db.run(RAISE_VERSION, company=actor.company_id)
