"""What can be done with leads, follow-ups and their rules."""

from .follow_ups import ask_follow_up, reassign, record_follow_up, snooze, take_back
from .leads import add_lead, change_lead, convert, disqualify, qualify, take_up
from .pool import give_back, pool_silent, take
from .recording import Said, record_visit
from .rules import change_rule, lay_down_rules, open_after, withdraw_after
from .watching import open_quiet

__all__ = [
    "Said",
    "add_lead",
    "ask_follow_up",
    "change_lead",
    "change_rule",
    "convert",
    "disqualify",
    "give_back",
    "lay_down_rules",
    "open_after",
    "open_quiet",
    "pool_silent",
    "qualify",
    "reassign",
    "record_follow_up",
    "record_visit",
    "snooze",
    "take",
    "take_back",
    "take_up",
    "withdraw_after",
]
