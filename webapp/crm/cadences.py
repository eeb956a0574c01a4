"""The cadences a company begins with: after what, in how many days, and why one calls. A company changes its own."""

from dataclasses import dataclass

from webapp.kernel.i18n import N_

QUIET = "crm.quiet"
"""The code of a follow-up with a customer who has not ordered for longer than usual; a watch opens it each morning."""


LEAD_ADDED = "crm.lead.added"
"""The code of a follow-up with a new lead: due within a day, to the hour."""


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
    Cadence(LEAD_ADDED, N_("A lead is new"), N_("New since %(day)s: who are they, what do they need?"), days=1),
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
MET = "met"
"""The code of a call or visit that nobody had planned."""
REASONS = {
    **{cadence.event: cadence.reason for cadence in CADENCES},
    AGAIN: N_("Last time: %(outcome)s"),
    ASKED: "%(note)s",
    MET: N_("Not planned"),
}
"""Why a follow-up is due, by its code."""

HOWS = {"call": N_("Call"), "visit": N_("Visit"), "message": N_("Message")}
"""How one followed up."""
CALLED_OFF = "none"
HOW_WORDS = HOWS | {CALLED_OFF: N_("Called off")}
"""How one followed up, or that it was called off, because the lead is not for us."""
SOURCES = {
    "referral": N_("Recommended to us"),
    "visit": N_("Met on the road"),
    "phone": N_("They called"),
    "wechat": N_("WeChat"),
    "fair": N_("Trade fair"),
    "web": N_("Online"),
    "other": N_("Otherwise"),
}
"""Where a lead comes from."""
LONGEST = 730
"""Days ahead that a next date may lie."""
