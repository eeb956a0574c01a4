"""What can be done with orders, deliveries and invoices."""

from .arriving import confirm_on_arrival
from .closing import close_rest
from .confirmation import cancel_order, confirm_order
from .deliveries import Carrier, drop_delivery, plan_delivery
from .drafts import Wanted, draft_order, edit_order
from .invoices import invoice_order
from .picking import Picked, pick, pick_line, set_picked
from .reversals import reverse_delivery
from .shipping import deliver, ship_delivery, ship_order

__all__ = [
    "Carrier",
    "Picked",
    "Wanted",
    "cancel_order",
    "close_rest",
    "confirm_on_arrival",
    "confirm_order",
    "deliver",
    "draft_order",
    "drop_delivery",
    "edit_order",
    "invoice_order",
    "pick",
    "pick_line",
    "plan_delivery",
    "reverse_delivery",
    "set_picked",
    "ship_delivery",
    "ship_order",
]
