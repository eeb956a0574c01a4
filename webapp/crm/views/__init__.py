"""Pages of customers, follow-ups and their rules."""

from . import answers, customers, follow_ups, rules
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["answers", "blueprints", "customers", "follow_ups", "rules"]
