"""What can be asked in purchasing."""

from .incoming import Incoming, incoming
from .orders import LineView, Orders, history, last_paid, lines_of, orders_of
from .shipments import codes_of, notices_of, pallets_of, places_to_receive, receipts_of, shipments_of, taken_in
from .supply import Offered, Source, offered_by, sources_of, supplies_of

__all__ = [
    "Incoming",
    "LineView",
    "Offered",
    "Orders",
    "Source",
    "codes_of",
    "history",
    "incoming",
    "last_paid",
    "lines_of",
    "notices_of",
    "offered_by",
    "orders_of",
    "pallets_of",
    "places_to_receive",
    "receipts_of",
    "shipments_of",
    "sources_of",
    "supplies_of",
    "taken_in",
]
