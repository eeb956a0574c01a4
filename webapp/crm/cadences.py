"""The cadences a company begins with: after what, in how many days, and why one calls. A company changes its own."""

from dataclasses import dataclass

from webapp.kernel.i18n import N_

QUIET = "crm.quiet"
"""The code of a follow-up with a customer who has not ordered for longer than usual; a watch opens it each morning."""


@dataclass(slots=True, frozen=True)
class Cadence:
    """After `event` (a timeline code, or QUIET) a follow-up is due in `days`, working days where it says so."""

    event: str
    title: str
    reason: str
    days: int
    working_days: bool = False
    active: bool = True


CADENCES = (
    Cadence(
        "sales.delivery.shipped",
        N_("Goods have gone out"),
        N_("Delivered %(day)s: is all as it should be?"),
        days=7,
    ),
    Cadence(
        QUIET,
        N_("A customer has gone quiet"),
        N_("No order since %(day)s, usually every %(usual)s days"),
        days=0,
    ),
    Cadence(
        "sales.order.cancelled",
        N_("An order was cancelled"),
        N_("Cancelled an order %(day)s: what was amiss?"),
        days=1,
        working_days=True,
        active=False,
    ),
    Cadence(
        "partners.partner.added",
        N_("A customer is new"),
        N_("New since %(day)s: what do they need?"),
        days=1,
        working_days=True,
        active=False,
    ),
)
BY_EVENT = {cadence.event: cadence for cadence in CADENCES}

AGAIN = "again"
"""The code of a follow-up that a person set when recording the one before."""
ASKED = "asked"
"""The code of a follow-up made by hand."""
REASONS = {
    **{cadence.event: cadence.reason for cadence in CADENCES},
    AGAIN: N_("Last time: %(outcome)s"),
    ASKED: "%(note)s",
}
"""Why a follow-up is due, by its code."""

HOWS = {"call": N_("Call"), "visit": N_("Visit"), "message": N_("Message")}
"""How one followed up."""
LONGEST = 730
"""Days ahead that a next date may lie."""
