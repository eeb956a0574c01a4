"""Pallets of a shipment, by the number on their label (SSCC): what the dock scans before it sees the goods."""

import re
from collections.abc import Sequence

from webapp.kernel import search
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.scanning import sscc_of
from webapp.kernel.wall import Actor
from webapp.purchasing.models import Shipment
from webapp.purchasing.states import SHIPMENT

KIND = "purchasing.shipment"
MOST = 100
WRITE = """
INSERT INTO pallet (company_id, shipment_id, sscc)
SELECT %(company)s, %(shipment)s, unnest(%(numbers)s::text[]) ON CONFLICT DO NOTHING"""
APART = re.compile(r"[\n,;，；、]")


def pallets_in(text: str | None) -> list[str]:
    """The numbers in a text, each once, in their order: scanned or typed, with or without (00) and spaces.

    Refused for one that is not 18 digits of which the last checks the others, and for more than a shipment can have.
    """
    found: dict[str, None] = {}
    for typed in filter(None, map(str.strip, APART.split(text or ""))):
        number = sscc_of(typed)
        if not number:
            raise Refused(
                "shipment.pallet",
                N_("“%(typed)s” is no pallet’s number: it has 18 digits, and one of these is wrong or missing."),
                field="pallets",
                typed=typed[:40],
            )
        found[number] = None
    if len(found) > MOST:
        raise Refused("shipment.pallets", N_("At most %(most)s pallets."), field="pallets", most=MOST)
    return list(found)


def add_pallets(shipment: Shipment, numbers: Sequence[str], *, actor: Actor) -> None:
    """Say on which pallets a shipment comes, while it is on its way; those said before stay. A scan of one finds it.

    `numbers` are what `pallets_in` gave.
    """
    SHIPMENT.check("receive", shipment.state)
    if numbers:
        actor.db.run(WRITE, company=actor.company_id, shipment=shipment.id, numbers=list(numbers))
        search.add(actor, KIND, [(shipment.id, (number,)) for number in numbers])
        shipment.version += 1
