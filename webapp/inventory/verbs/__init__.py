"""What can be done with goods: move, transfer, adjust, promise and give back; and the places and lots they lie in."""

from .adjustments import Opening, adjust, open_stock
from .books import Key, Movement
from .counting import CountedStock, count, undo_count
from .giving_back import Filled, cut_short, fill, release
from .moves import move
from .places import LotOf, add_location, add_warehouse, lot_of, lots_of, needed_lot, no_lot, virtual
from .promises import Demanded, demand, reserve, reserve_waiting
from .standing_in import stand_in
from .transfers import transfer, undo_transfer
from .upkeep import keep_promises

__all__ = [
    "CountedStock",
    "Demanded",
    "Filled",
    "Key",
    "LotOf",
    "Movement",
    "Opening",
    "add_location",
    "add_warehouse",
    "adjust",
    "count",
    "cut_short",
    "demand",
    "fill",
    "keep_promises",
    "lot_of",
    "lots_of",
    "move",
    "needed_lot",
    "no_lot",
    "open_stock",
    "release",
    "reserve",
    "reserve_waiting",
    "stand_in",
    "transfer",
    "undo_count",
    "undo_transfer",
    "virtual",
]
