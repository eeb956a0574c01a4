"""The blueprint, and who may do what with stock."""

import uuid
from typing import Any

from flask import Blueprint, request

from webapp.inventory.queries.ledger import place_words
from webapp.inventory.queries.stock import unit_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL, roles

blueprint = Blueprint("inventory", __name__)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"unit_name": unit_name, "place_words": place_words}


def asked_id(name: str) -> uuid.UUID:
    """An id in the address' query. Raises NotFound where there is none."""
    try:
        return uuid.UUID(request.args.get(name, ""))
    except ValueError:
        raise NotFound from None


READERS = ALL_INTERNAL
MOVERS = roles("warehouse")
"""Who may move goods."""
COUNTERS = roles("warehouse", "accountant")
"""Who may book what was counted differently."""
BUILDERS = roles("warehouse")
"""Who may add places."""
OPENERS = roles("accountant")
"""Who may bring in the stock a company begins with: it has a value."""
