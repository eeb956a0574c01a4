"""The states of a follow-up and what may be done in each: buttons, checks and docs/states.md come from here."""

from webapp.kernel.i18n import N_
from webapp.kernel.register import roles
from webapp.kernel.steps import States, Transition

READERS = roles("sales", "auditor")
"""Who sees follow-ups."""
FOLLOWERS = ("sales", "manager", "owner")
"""Who may be given one."""
WRITERS = roles("sales")

FOLLOW_UP = States(
    {"due": N_("Waiting"), "done": N_("Done")},
    Transition("record", frozenset({"due"}), "done", WRITERS, N_("Record it")),
    Transition("snooze", frozenset({"due"}), "due", WRITERS, N_("Put off")),
    Transition("reassign", frozenset({"due"}), "due", WRITERS, N_("Hand over")),
    Transition("take_back", frozenset({"done"}), "due", WRITERS, N_("Open it again")),
)
