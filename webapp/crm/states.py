"""The states of follow-ups and leads and what may be done in each; buttons, checks and docs/states.md come from it."""

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

OPEN = frozenset({"new", "contacted", "qualified"})
"""A lead that somebody works on."""
LEAD = States(
    {
        "new": N_("New lead"),
        "contacted": N_("Contacted"),
        "qualified": N_("Qualified"),
        "converted": N_("Customer now"),
        "disqualified": N_("Not for us"),
        "pool": N_("In the pool"),
    },
    Transition("contact", frozenset({"new", "pool"}), "contacted", WRITERS, N_("Record a call or visit")),
    Transition("qualify", frozenset({"contacted"}), "qualified", WRITERS, N_("They need what we sell")),
    Transition("convert", frozenset({"contacted", "qualified"}), "converted", WRITERS, N_("Make a customer of it")),
    Transition("disqualify", OPEN, "disqualified", WRITERS, N_("Not for us")),
    Transition("take_up", frozenset({"disqualified"}), "contacted", WRITERS, N_("Take it up again")),
    Transition("give_back", OPEN, "pool", WRITERS, N_("Give it to the pool")),
    Transition("take", frozenset({"pool"}), "new", WRITERS, N_("Take it")),
)
