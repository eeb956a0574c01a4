"""Pages of the portal: a supplier's orders, answers and shipments; a customer's orders, by a link or signed in."""

from . import answering, buying, home, orders, shipping, tracking
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["answering", "blueprints", "buying", "home", "orders", "shipping", "tracking"]
