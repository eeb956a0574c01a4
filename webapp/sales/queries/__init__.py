"""What can be asked about orders, deliveries, prices and promises."""

from .deliveries import DeliveryLine, DeliveryNote, deliveries_of
from .orders import Line, Order, orders_of
from .promises import Part, promises_of

__all__ = ["DeliveryLine", "DeliveryNote", "Line", "Order", "Part", "deliveries_of", "orders_of", "promises_of"]
