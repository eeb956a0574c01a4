"""Selling: orders, what is promised and when, deliveries, invoices.

Others may use the verbs `draft_order` (with `Wanted`), `confirm_order`, `ship_order`, `invoice_order`, the finders
`orders_of` and `deliveries_of`, `promises_of`, and `tracking` for the customer's link. A verb takes its order or
delivery as `orders_of(actor).locked(id)` gives it. Timeline: `sales.order.confirmed`, `sales.delivery.shipped` (facts:
order_id, rep_id, day, gross) and the others in `register.py`.
"""

from .queries import DeliveryNote, Order, Part, deliveries_of, orders_of, promises_of
from .queries.tracking import Tracking, tracking, visitor
from .verbs import (
    Carrier,
    Wanted,
    cancel_order,
    close_rest,
    confirm_order,
    deliver,
    draft_order,
    edit_order,
    invoice_order,
    pick,
    plan_delivery,
    reverse_delivery,
    set_picked,
    ship_delivery,
    ship_order,
)

__all__ = [
    "Carrier",
    "DeliveryNote",
    "Order",
    "Part",
    "Tracking",
    "Wanted",
    "cancel_order",
    "close_rest",
    "confirm_order",
    "deliver",
    "deliveries_of",
    "draft_order",
    "edit_order",
    "invoice_order",
    "orders_of",
    "pick",
    "plan_delivery",
    "promises_of",
    "reverse_delivery",
    "set_picked",
    "ship_delivery",
    "ship_order",
    "tracking",
    "visitor",
]
