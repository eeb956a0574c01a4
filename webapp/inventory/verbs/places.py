"""Places and lots: the virtual locations, new warehouses and locations, the lot of a code."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.catalog.models import Product
from webapp.inventory.models import VIRTUAL, Location, Warehouse
from webapp.kernel import search, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

LOCATION = "inventory.location"
LOT = "inventory.lot"
_virtual: dict[uuid.UUID, dict[str, uuid.UUID]] = {}

VIRTUAL_ONES = """
SELECT kind, id FROM location WHERE company_id = %(company)s AND kind = ANY(%(kinds)s)"""
LOTS = """
INSERT INTO lot AS l (company_id, id, product_id, code, expires_on, produced_on)
SELECT %(company)s, n.id, n.product_id, n.code, n.expires_on, n.produced_on
FROM unnest(%(ids)s::uuid[], %(products)s::uuid[], %(codes)s::text[], %(expires)s::date[], %(produced)s::date[])
  AS n(id, product_id, code, expires_on, produced_on)
ORDER BY n.product_id, n.code
ON CONFLICT (company_id, product_id, code) DO UPDATE
SET expires_on = coalesce(l.expires_on, excluded.expires_on),
  produced_on = coalesce(l.produced_on, excluded.produced_on)
RETURNING id, product_id, code, expires_on"""
NO_LOTS = """
INSERT INTO lot (company_id, id, product_id, code)
SELECT %(company)s, id, id, '' FROM unnest(%(products)s::uuid[]) AS p(id) ON CONFLICT DO NOTHING"""


@dataclass(slots=True, frozen=True)
class LotOf:
    """A batch as it is named on goods or papers."""

    product_id: uuid.UUID
    code: str = ""
    expires_on: date | None = None
    produced_on: date | None = None

    @property
    def name(self) -> str:
        """Its code; goods with an expiry and no code are told apart by the day."""
        return self.code.strip() or (self.expires_on.isoformat() if self.expires_on else "")


def virtual(actor: Actor, kind: str) -> uuid.UUID:
    """The id of a virtual location: supplier, customer, production, loss, unexplained or opening."""
    known = _virtual.get(actor.company_id)
    if known is None:
        rows = actor.db.ask(VIRTUAL_ONES, company=actor.company_id, kinds=list(VIRTUAL))
        known = {row.kind: row.id for row in rows}
        if len(known) == len(VIRTUAL):
            _virtual[actor.company_id] = known
    return known[kind]


def no_lot(actor: Actor, product_id: uuid.UUID) -> uuid.UUID:  # noqa: ARG001 - asked like `lot_of`
    """The lot of goods kept without lots. It has its product's own id, so nobody needs to ask for it."""
    return product_id


def make_no_lots(actor: Actor, product_ids: Sequence[uuid.UUID]) -> None:
    """Give new products their `no lot` row."""
    actor.db.run(NO_LOTS, company=actor.company_id, products=list(product_ids))


def lot_of(actor: Actor, product_id: uuid.UUID, code: str, expires_on: date | None = None) -> uuid.UUID:
    """The lot of that code, made where it is new; without code and expiry the product's `no lot`.

    Refused where the lot is known with another expiry.
    """
    return lots_of(actor, [LotOf(product_id, code, expires_on)])[0]


def needed_lot(actor: Actor, product: Product, code: str, expires_on: date | None = None) -> uuid.UUID:
    """As `lot_of`; refused without code and expiry where the product keeps lots."""
    if product.keeps_lots and not code.strip() and expires_on is None:
        raise Refused("lot.missing", N_("This product keeps lots: type the lot or its expiry date."), field="lot")
    return lot_of(actor, product.id, code, expires_on)


def lots_of(actor: Actor, named: Sequence[LotOf]) -> list[uuid.UUID]:
    """The lots named, in order, made where they are new; one statement. Refused as `lot_of`."""
    wanted = {(lot.product_id, lot.name): lot for lot in named if lot.name}
    found: dict[tuple[uuid.UUID, str], uuid.UUID] = {}
    if wanted:
        fresh = {key: new_id() for key in wanted}
        rows = actor.db.ask(
            LOTS,
            company=actor.company_id,
            ids=list(fresh.values()),
            products=[lot.product_id for lot in wanted.values()],
            codes=[lot.name for lot in wanted.values()],
            expires=[lot.expires_on for lot in wanted.values()],
            produced=[lot.produced_on for lot in wanted.values()],
        )
        for row in rows:
            lot = wanted[row.product_id, row.code]
            if lot.expires_on and lot.expires_on != row.expires_on:
                raise Refused(
                    "lot.expiry",
                    N_("Lot %(lot)s is known with expiry %(known)s, not %(said)s. Look at the label again."),
                    field="expires_on",
                    lot=row.code,
                    known=row.expires_on.isoformat(),
                    said=lot.expires_on.isoformat(),
                )
            found[row.product_id, row.code] = row.id
        made = set(fresh.values())
        search.index(actor, LOT, [(key, (code,)) for (_product, code), key in found.items() if key in made])
    return [found[lot.product_id, lot.name] if lot.name else no_lot(actor, lot.product_id) for lot in named]


def add_warehouse(actor: Actor, code: str, name: str, name2: str | None = None) -> Warehouse:
    """Add a warehouse with a receiving location of its own. Refused for a taken code."""
    code = _coded(code)
    if not name.strip():
        raise Refused("warehouse.name", N_("Give the warehouse a name."), field="name")
    warehouse = Warehouse(id=new_id(), company_id=actor.company_id, code=code, name=name.strip(), name2=name2 or None)
    actor.session.add(warehouse)
    actor.session.flush()  # its locations point at it
    return warehouse


def add_location(actor: Actor, warehouse_id: uuid.UUID, code: str, kind: str = "stock") -> Location:
    """Add a shelf, bay or floor to a warehouse: `stock`, `receiving` or `blocked`. Refused for a taken code."""
    location = Location(
        id=new_id(), company_id=actor.company_id, warehouse_id=warehouse_id, code=_coded(code), kind=kind
    )
    actor.session.add(location)
    actor.session.flush()  # a taken code is refused here, beside its field
    search.index(actor, LOCATION, [(location.id, (location.code,))])
    timeline.record(actor, "inventory.location.added", LOCATION, location.id, location=location.code)
    return location


def _coded(code: str) -> str:
    if not code.strip():
        raise Refused("code", N_("Give it a code, such as A-01-1."), field="code")
    return code.strip().upper()


def lay_down(actor: Actor) -> None:
    """What a new company starts with: the virtual locations, a warehouse, where goods arrive, a shelf, a quarantine."""
    actor.session.add_all(
        Location(id=new_id(), company_id=actor.company_id, code=f"@{kind}", kind=kind) for kind in VIRTUAL
    )
    warehouse = add_warehouse(actor, "W1", "主仓", "Main warehouse")
    for code, kind in (("RECV", "receiving"), ("A-01-1", "stock"), ("Q-01", "blocked")):
        add_location(actor, warehouse.id, code, kind)
