"""Pages of notices: what reaches a person, and the company's robots."""

from . import confirming, letters, mine, robots
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprint", "blueprints", "confirming", "letters", "mine", "robots"]
