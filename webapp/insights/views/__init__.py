"""Pages across all packages: Today, search, New, the day's figures."""

from . import figures, new, searching, today
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "figures", "new", "searching", "today"]
