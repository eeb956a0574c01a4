"""The Northwind food trader: its firms, products and people brought in, and all its orders run through the verbs.

The data are eleven CSV files as in the public sample database. An order's date is taken as the day of delivery and
posting. The source names no purchase prices: goods are bought at COST of the list price, in cents.
"""

from .reading import Northwind, read
from .running import run

__all__ = ["Northwind", "read", "run"]
