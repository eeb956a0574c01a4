"""Customers won and kept: leads and their pool, follow-ups, the rules that open them, and the customer's page.

Others may use `add_lead`, `qualify`, `disqualify`, `convert`, `give_back`; `ask_follow_up`, `record_follow_up`,
`record_visit`, `snooze`, `reassign`, `take_back`; and the finders `leads_of` and `follow_ups_of`.
"""

from .queries import follow_ups_of, leads_of
from .verbs import (
    Said,
    add_lead,
    ask_follow_up,
    change_rule,
    convert,
    disqualify,
    give_back,
    qualify,
    reassign,
    record_follow_up,
    record_visit,
    snooze,
    take_back,
)

__all__ = [
    "Said",
    "add_lead",
    "ask_follow_up",
    "change_rule",
    "convert",
    "disqualify",
    "follow_ups_of",
    "give_back",
    "leads_of",
    "qualify",
    "reassign",
    "record_follow_up",
    "record_visit",
    "snooze",
    "take_back",
]
