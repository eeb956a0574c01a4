"""What can be asked of stock, its places and its ledger."""

from .availability import Available, Coming, availability, coming_from, coming_of
from .ledger import moves_of_document, my_latest_transfers
from .places import describe, get_location, get_lot, unit_of, warehouses
from .stock import (
    expiring,
    find_stock,
    goods_at,
    goods_of,
    locations,
    lots_by_expiry,
    may_see_cost,
    places_of,
    stock_page,
    targets,
    unit_name,
    valuations,
)
from .tasks import get_count, open_task, waiting_at_places

__all__ = [
    "Available",
    "Coming",
    "availability",
    "coming_from",
    "coming_of",
    "describe",
    "expiring",
    "find_stock",
    "get_count",
    "get_location",
    "get_lot",
    "goods_at",
    "goods_of",
    "locations",
    "lots_by_expiry",
    "may_see_cost",
    "moves_of_document",
    "my_latest_transfers",
    "open_task",
    "places_of",
    "stock_page",
    "targets",
    "unit_name",
    "unit_of",
    "valuations",
    "waiting_at_places",
    "warehouses",
]
