"""Pages of the portal: a supplier's orders, answers and shipments; a customer's order by its link."""

from . import answering, home, orders, shipping, tracking
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["answering", "blueprints", "home", "orders", "shipping", "tracking"]
