"""What can be asked of stock, its places and its ledger."""

from .availability import Available, Coming, availability, coming_from

__all__ = ["Available", "Coming", "availability", "coming_from"]
