"""Goods: where they lie, the ledger of their moves, what they are worth, and whom they are promised to.

Others may use the verbs and queries below. `move` is the one way goods move; `demand`, `reserve`, `reserve_waiting`,
`release` and `fill` keep promises; `availability` says what there is. Packages above add to `coming_from` what is on
its way.
"""

from .queries import Available, Coming, availability, coming_from
from .verbs import (
    Demanded,
    Filled,
    Key,
    LotOf,
    Movement,
    Opening,
    add_location,
    add_warehouse,
    adjust,
    demand,
    fill,
    lot_of,
    lots_of,
    move,
    needed_lot,
    no_lot,
    open_stock,
    release,
    reserve,
    reserve_waiting,
    transfer,
    undo_transfer,
    virtual,
)

__all__ = [
    "Available",
    "Coming",
    "Demanded",
    "Filled",
    "Key",
    "LotOf",
    "Movement",
    "Opening",
    "add_location",
    "add_warehouse",
    "adjust",
    "availability",
    "coming_from",
    "demand",
    "fill",
    "lot_of",
    "lots_of",
    "move",
    "needed_lot",
    "no_lot",
    "open_stock",
    "release",
    "reserve",
    "reserve_waiting",
    "transfer",
    "undo_transfer",
    "virtual",
]
