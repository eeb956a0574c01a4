"""The states of an accounting month, and who may bring it from one to the other."""

from webapp.kernel.i18n import N_
from webapp.kernel.register import roles
from webapp.kernel.steps import States, Transition

PERIOD = States(
    {"open": N_("open for posting"), "closing": N_("being closed"), "closed": N_("closed for posting")},
    Transition("close_period", frozenset({"open", "closing"}), "closed", roles("accountant"), N_("Close this month")),
    Transition("reopen_period", frozenset({"closed"}), "open", frozenset({"owner"}), N_("Open it again")),
)

READERS = roles("accountant", "auditor")
"""Who sees the books; to everyone else they are not there."""
KEEPERS = roles("accountant")
"""Who closes months."""

BY_HAND = frozenset(
    {"tax.vat_carried", "tax.vat_exempt", "tax.surcharges", "tax.income", "year.profit", "year.loss"}
    | {"production.labour", "production.overhead", "sales.bad_debt", "settlement.set_off"}
)
"""Events whose voucher is reversed by itself; every other one is taken back with the document it comes from."""
