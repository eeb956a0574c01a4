"""What can be done with goods: move, transfer, adjust, promise and give back; and the places and lots they lie in."""

from .books import Movement
from .giving_back import Filled, fill, release
from .moves import move
from .places import LotOf, add_location, add_warehouse, lot_of, lots_of, no_lot, virtual
from .promises import Demanded, demand, reserve, reserve_waiting

__all__ = [
    "Demanded",
    "Filled",
    "LotOf",
    "Movement",
    "add_location",
    "add_warehouse",
    "demand",
    "fill",
    "lot_of",
    "lots_of",
    "move",
    "no_lot",
    "release",
    "reserve",
    "reserve_waiting",
    "virtual",
]
