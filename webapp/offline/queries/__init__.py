"""What can be asked for a phone's pack."""

from .pack import NOBODY, difference, pages_of, stamps, table_named, tables_of

__all__ = ["NOBODY", "difference", "pages_of", "stamps", "table_named", "tables_of"]
