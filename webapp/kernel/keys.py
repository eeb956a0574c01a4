"""The key of a new row: made here, or on the phone of who made it."""

import uuid

from .constraints import TAKEN
from .refusals import Taken
from .types import Row, new_id
from .wall import Actor


def new_key(actor: Actor, id: uuid.UUID | None, *tables: type[Row]) -> uuid.UUID:
    """`id`, or a fresh one. Taken where one of `tables` has a row of it; of two at once the table's key refuses one."""
    if id is None:
        return new_id()
    if any(actor.session.get(table, (actor.company_id, id)) is not None for table in tables):
        raise Taken("id.taken", TAKEN)
    return id
