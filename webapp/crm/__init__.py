"""Customers kept: follow-ups, the rules that open them, and the customer's page.

Others may use `ask_follow_up`, `record_follow_up`, `snooze`, `reassign`, `take_back`, and the finder `follow_ups_of`.
"""

from .queries import follow_ups_of
from .verbs import ask_follow_up, change_rule, reassign, record_follow_up, snooze, take_back

__all__ = [
    "ask_follow_up",
    "change_rule",
    "follow_ups_of",
    "reassign",
    "record_follow_up",
    "snooze",
    "take_back",
]
