"""Pages of orders, deliveries and invoices."""

from . import changing, deliveries, invoices, letters, offline, orders, picking, taking
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "changing", "deliveries", "invoices", "letters", "offline", "orders", "picking", "taking"]
