"""Labels of sales orders: for the goods that stand packed."""

import uuid
from collections.abc import Sequence

from webapp.inventory.queries.labels import known
from webapp.kernel.i18n import N_, in_both, names
from webapp.kernel.labels.papers import Label
from webapp.kernel.wall import Actor

from .lists import order_rows

WANTED = N_("Wanted on")


def order_labels(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Label]:
    """Its number, the customer, the day; one for each parcel."""
    rows = {row.id: row for row in order_rows(actor, ids)}
    return [
        Label(
            rows[key].number,
            (*names(rows[key]), f"{in_both(WANTED)} {rows[key].wanted_on.isoformat()}"),
            "sales.order",
            key,
            parcels=True,
        )
        for key in known(ids, rows)
    ]
