"""Pages across all packages: Today, search, New, the day's figures."""

from . import figures, labels, new, printing, searching, today
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "figures", "labels", "new", "printing", "searching", "today"]
