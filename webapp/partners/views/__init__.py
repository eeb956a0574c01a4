"""Pages of customers and suppliers."""

from . import contacts, lists, partners
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "contacts", "lists", "partners"]
