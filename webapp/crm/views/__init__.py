"""Pages of leads, customers, follow-ups and their rules."""

from . import answers, customers, follow_ups, leads, rules, steps, visits
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["answers", "blueprints", "customers", "follow_ups", "leads", "rules", "steps", "visits"]
