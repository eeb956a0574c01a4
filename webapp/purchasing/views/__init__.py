"""Pages of purchasing: orders, price lists, shipments, receiving, receipts."""

from . import counting, deciding, drafting, orders, pallets, shipments, supply
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "counting", "deciding", "drafting", "orders", "pallets", "shipments", "supply"]
