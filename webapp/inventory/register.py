"""What inventory offers to all: checks, the kinds of its documents, words, and what a new company starts with."""

from webapp.kernel import constraints, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.register import (
    ALL_INTERNAL,
    CardSource,
    DocumentKind,
    Entry,
    LabelKind,
    Policy,
    ScanMeaning,
    SearchKind,
    registers,
    roles,
)
from webapp.kernel.timeline import Event
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .cards import cards
from .checks import CHECKS
from .pack import PACK, PAGES
from .queries import labels, scanning
from .queries.ledger import scans_of
from .queries.named import location_codes, lot_codes, move_names, moved_names, product_names
from .verbs.adjustments import ADJUSTMENT, OPENING
from .verbs.places import LOCATION, LOT, lay_down, make_no_lots
from .verbs.transfers import TRANSFER

PRODUCT = "catalog.product"
MOVE = "inventory.move"

registers.starts.append(lay_down)
registers.checks += CHECKS
registers.documents |= {
    PRODUCT: DocumentKind(
        PRODUCT, N_("Product"), "package", lambda key: url_for("inventory.product", id=key), product_names, "g"
    ),
    LOCATION: DocumentKind(
        LOCATION, N_("Location"), "map-pin", lambda key: url_for("inventory.location", id=key), location_codes, "l"
    ),
    LOT: DocumentKind(LOT, N_("Lot"), "layers", lambda key: url_for("inventory.lot", id=key), lot_codes, "b"),
    MOVE: DocumentKind(
        MOVE, N_("Move"), "arrow-right-left", lambda key: url_for("inventory.one_move", id=key), move_names
    ),
    TRANSFER: DocumentKind(
        TRANSFER, N_("Transfer"), "arrow-right-left", lambda key: url_for("inventory.moved", document=key), moved_names
    ),
    ADJUSTMENT: DocumentKind(
        ADJUSTMENT, N_("Stock adjustment"), "scale", lambda key: url_for("inventory.moved", document=key), moved_names
    ),
    OPENING: DocumentKind(
        OPENING, N_("Opening stock"), "warehouse", lambda key: url_for("inventory.moved", document=key), moved_names
    ),
}
registers.packs += PACK
registers.pack_pages += PAGES
registers.events |= {
    "inventory.location.added": N_("Location added: %(location)s"),
    "inventory.warehouse.added": N_("Warehouse added: %(warehouse)s"),
    "inventory.demand.reserved": N_("Goods came in and are kept for this: %(quantity)s"),
    "inventory.transferred": N_("Moved"),
    "inventory.transfer.undone": N_("Taken back"),
    "inventory.counted": N_("Counted, as the books say: %(quantity)s"),
    "inventory.count.undone": N_("Count taken back: %(quantity)s"),
    "inventory.adjusted": N_("Stock adjusted: %(quantity)s"),
    "inventory.opened": N_("Opening stock of %(lines)s lines"),
}
for kind in ("purchasing.receipt", "sales.delivery"):
    registers.origins.setdefault(kind, []).append(scans_of)
registers.settings["inventory.expiry_days"] = 30
registers.policies.append(
    Policy(
        "inventory.expiry_days",
        N_("Stock"),
        N_("Lots that expire soon are shown this long before"),
        "count",
        unit=N_("days"),
        least=1,
        most=365,
    )
)
registers.settings["scan.gap"] = 100
registers.policies.append(
    Policy(
        "scan.gap",
        N_("Scanning"),
        N_("Keys of a scanner follow each other within"),
        "count",
        help=N_("Slower keys are a person typing. Raise it where a Bluetooth scanner loses characters."),
        unit=N_("ms"),
        least=20,
        most=500,
    )
)
registers.scans += [
    ScanMeaning("location", ALL_INTERNAL, scanning.read_location),
    ScanMeaning("product", ALL_INTERNAL, scanning.read_product),
    ScanMeaning("lot", ALL_INTERNAL, scanning.read_lot),
]
registers.search |= {
    PRODUCT: SearchKind(PRODUCT, N_("Products"), ALL_INTERNAL, scanning.found_products),
    LOCATION: SearchKind(LOCATION, N_("Locations"), ALL_INTERNAL, scanning.found_locations),
    LOT: SearchKind(LOT, N_("Lots"), ALL_INTERNAL, scanning.found_lots),
}
registers.labels |= {
    "location": LabelKind(
        N_("Locations"),
        "map-pin",
        ALL_INTERNAL,
        labels.location_labels,
        groups=labels.location_groups,
        of_group=labels.locations_of_group,
    ),
    "product": LabelKind(N_("Products"), "package", ALL_INTERNAL, labels.product_labels, pick=labels.pick_products),
    "lot": LabelKind(N_("Lots"), "layers", ALL_INTERNAL, labels.lot_labels),
}
registers.cards.append(CardSource(roles("warehouse"), cards))
registers.entries += [
    Entry("new", N_("Product"), "package-plus", roles("buyer"), "catalog.new_product", order=50),
    Entry("new", N_("Move stock"), "arrow-right-left", roles("warehouse"), "inventory.new_transfer", order=15),
    Entry("books", N_("Stock"), "warehouse", ALL_INTERNAL, "inventory.stock", order=40),
    Entry("books", N_("Products"), "package", ALL_INTERNAL, "catalog.products", order=41),
    Entry("books", N_("Locations"), "map-pin", ALL_INTERNAL, "inventory.locations", order=42),
    Entry("books", N_("Lots by expiry"), "calendar-clock", ALL_INTERNAL, "inventory.lots", order=42),
    Entry("books", N_("Stock ledger"), "scroll-text", ALL_INTERNAL, "inventory.moves", order=43),
]

constraints.only_new("move", "stock_count")
constraints.say("uq_location_code", "location.code", N_("There is a location of this code already."), "code")
constraints.say("uq_warehouse_code", "warehouse.code", N_("There is a warehouse of this code already."), "code")
constraints.say("uq_move_reverses", "move.undone", N_("This was taken back already."))
constraints.say("pk_count_undone", "count.undone", N_("This was taken back already."))
constraints.say(
    "ck_balance_quantity", "stock.short", N_("Someone has just taken of these goods. Look at what is left."), "quantity"
)
constraints.say(
    "ck_balance_reserved",
    "stock.reserved",
    N_("Someone has just reserved these. Look at what is free."),
    "quantity",
)
constraints.say("ck_demand_covered", "demand.covered", N_("That is more than was ordered."), "quantity")


@timeline.on("catalog.product.added")
def give_no_lot(actor: Actor, event: Event) -> None:
    """Each product has its `no lot` row from the first moment."""
    make_no_lots(actor, [event.document_id])
