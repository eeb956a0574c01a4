"""Pages of stock: scanning, moving, the stock list, products, places, lots, the ledger, counting."""

from . import cards, counting, ledger, offline, photos, places, scanning, stock, transfers
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "cards", "counting", "ledger", "offline", "photos", "places", "scanning", "stock", "transfers"]
