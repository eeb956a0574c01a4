"""What can be asked about follow-ups and customers."""

from .customers import Figures, figures
from .follow_ups import Due, FollowUps, due_today, follow_ups_of, follow_ups_to_export
from .rules import rules_of

__all__ = ["Due", "Figures", "FollowUps", "due_today", "figures", "follow_ups_of", "follow_ups_to_export", "rules_of"]
