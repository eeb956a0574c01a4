"""Pages of leads, customers, follow-ups and their rules."""

from . import answers, cards, customers, follow_ups, leads, rules, steps, visits
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["answers", "blueprints", "cards", "customers", "follow_ups", "leads", "rules", "steps", "visits"]
