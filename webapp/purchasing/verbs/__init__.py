"""What can be done in purchasing."""

from .answers import Part, Reply, answer_order, settle
from .counting import Counted
from .orders import Wanted, cancel_order, close_order, draft_order, edit_order, send_order
from .pallets import add_pallets, pallets_in
from .receiving import receive
from .reversal import reverse_receipt
from .shipments import Packed, note_arrival, notify_shipment, withdraw_shipment
from .supply import Offer, add_supply, drop_supply, edit_supply

__all__ = [
    "Counted",
    "Offer",
    "Packed",
    "Part",
    "Reply",
    "Wanted",
    "add_pallets",
    "add_supply",
    "answer_order",
    "cancel_order",
    "close_order",
    "draft_order",
    "drop_supply",
    "edit_order",
    "edit_supply",
    "note_arrival",
    "notify_shipment",
    "pallets_in",
    "receive",
    "reverse_receipt",
    "send_order",
    "settle",
    "withdraw_shipment",
]
