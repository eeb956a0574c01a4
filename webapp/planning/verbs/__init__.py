"""What can be done in planning."""

from .ordering import dismiss, order_proposals
from .planning import plan

__all__ = ["dismiss", "order_proposals", "plan"]
