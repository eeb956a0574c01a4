"""What can be asked for a phone's pack."""

from .kinds import Kind, kinds_of
from .pack import NOBODY, difference, pages_of, stamps, table_named, tables_of

__all__ = ["NOBODY", "Kind", "difference", "kinds_of", "pages_of", "stamps", "table_named", "tables_of"]
