"""Pages of planning: what to buy and why."""

from . import proposals
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "proposals"]
