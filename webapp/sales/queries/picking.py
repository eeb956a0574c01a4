"""What a page needs to pick by itself where there is no network."""

import json
from typing import Any

from sqlalchemy import select

from webapp.catalog.models import Barcode
from webapp.kernel.i18n import display_name
from webapp.kernel.wall import Actor

from .deliveries import DeliveryNote
from .shelf_life import agreed


def pick_lines(actor: Actor, delivery: DeliveryNote) -> list[dict[str, Any]]:
    """Each line's attributes: key, goods, place, lot, figures, and its codes with what one scan of them takes.

    `data-least` is how many days it must keep; 0 where someone said that it may go all the same.
    """
    codes: dict[Any, dict[str, str]] = {line.product_id: {line.sku.casefold(): "1"} for line in delivery.lines}
    rows = actor.session.execute(
        select(Barcode.code, Barcode.product_id, Barcode.factor).where(Barcode.product_id.in_(list(codes)))
    )
    for row in rows:
        codes[row.product_id][row.code.casefold()] = f"{row.factor.normalize():f}"
    dated = {line.lot_id for line in delivery.lines if line.expires_on and line.least_days}
    free = set(agreed(actor, delivery.id, list(dated)))
    return [
        {
            "data-line": line.id,
            "data-name": display_name(line.product),
            "data-unit": display_name(line.unit),
            "data-product": line.product_id,
            "data-lot": line.lot_code,
            "data-expires": line.expires_on or "",
            "data-least": 0 if line.lot_id in free else line.least_days,
            "data-place": line.location_code,
            "data-quantity": f"{line.quantity.normalize():f}",
            "data-picked": f"{line.picked.normalize():f}",
            "data-codes": json.dumps(codes[line.product_id]),
        }
        for line in delivery.lines
    ]
