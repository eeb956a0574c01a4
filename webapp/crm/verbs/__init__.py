"""What can be done with follow-ups and their rules."""

from .follow_ups import ask_follow_up, reassign, record_follow_up, snooze, take_back
from .rules import change_rule, lay_down_rules, open_after, withdraw_after
from .watching import open_quiet

__all__ = [
    "ask_follow_up",
    "change_rule",
    "lay_down_rules",
    "open_after",
    "open_quiet",
    "reassign",
    "record_follow_up",
    "snooze",
    "take_back",
    "withdraw_after",
]
