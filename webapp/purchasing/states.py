"""The states of a purchase order, a shipment and a receipt, and what may be done in each.

A head's state is derived from its lines and from the steps people took (`order_state`, `shipment_state`); `verify`
holds what is kept on the head against it.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Protocol

from webapp.kernel.i18n import N_
from webapp.kernel.register import roles
from webapp.kernel.steps import States, Transition

BUYERS = roles("buyer")
DOCK = roles("warehouse", "buyer")
SUPPLIER = frozenset({"supplier"})

UNANSWERED = frozenset({"sent", "partly_accepted", "countered", "accepted", "refused"})
"""Sent, and nothing is shipped or received yet."""
COMING = frozenset({"accepted", "partly_accepted", "countered", "partly_shipped", "shipped", "partly_received"})
"""The supplier has said yes to something that is not all here."""
OPEN = COMING | {"sent"}
"""Sent and not at its end: goods may still come."""

ORDER = States(
    {
        "draft": N_("Draft"),
        "sent": N_("No answer yet"),
        "accepted": N_("Accepted"),
        "partly_accepted": N_("Partly accepted"),
        "countered": N_("Supplier asks a change"),
        "refused": N_("Refused"),
        "partly_shipped": N_("Partly shipped"),
        "shipped": N_("On the way"),
        "partly_received": N_("Partly received"),
        "received": N_("Received"),
        "closed": N_("Closed"),
        "cancelled": N_("Cancelled"),
    },
    Transition("edit_order", frozenset({"draft"}), "draft", BUYERS, N_("Edit order")),
    Transition("send_order", frozenset({"draft"}), "sent", BUYERS, N_("Send order")),
    Transition("answer_order", OPEN, "accepted", SUPPLIER, N_("Answer")),
    Transition("settle", OPEN, "accepted", BUYERS, N_("Agree")),
    Transition("notify_shipment", OPEN, "shipped", SUPPLIER | BUYERS, N_("Notify shipment")),
    Transition("receive", OPEN | {"received"}, "received", DOCK, N_("Receive goods")),
    Transition("close_order", COMING | {"received", "refused"}, "closed", BUYERS, N_("Close order")),
    Transition("cancel_order", UNANSWERED | {"draft"}, "cancelled", BUYERS, N_("Cancel order")),
)

SHIPMENT = States(
    {
        "shipped": N_("On the way"),
        "arrived": N_("Arrived"),
        "partly_received": N_("Partly received"),
        "received": N_("Received"),
        "withdrawn": N_("Withdrawn"),
    },
    Transition("note_arrival", frozenset({"shipped"}), "arrived", DOCK, N_("It is here")),
    Transition("receive", frozenset({"shipped", "arrived", "partly_received"}), "received", DOCK, N_("Receive goods")),
    Transition("withdraw_shipment", frozenset({"shipped"}), "withdrawn", SUPPLIER | BUYERS, N_("Withdraw this notice")),
)
ON_THE_WAY = SHIPMENT.transitions["receive"].of

RECEIPT = States(
    {"posted": N_("Booked in"), "reversed": N_("Reversed"), "reversal": N_("Reversal")},
    Transition("reverse_receipt", frozenset({"posted"}), "reversed", roles("warehouse"), N_("Reverse this receipt")),
)


class LineFigures(Protocol):
    """The quantities of an order's line."""

    quantity: Decimal
    accepted: Decimal
    waiting: Decimal
    refused: Decimal
    shipped: Decimal
    received: Decimal


class NoticeFigures(Protocol):
    """The quantities of a shipment's line."""

    quantity: Decimal
    received: Decimal
    damaged: Decimal
    missing: Decimal


def unanswered(line: LineFigures) -> Decimal:
    """What of a line waits for the supplier's answer."""
    return line.quantity - line.accepted - line.waiting - line.refused


def expected(line: LineFigures) -> Decimal:
    """What of a line should come in all: what was ordered, less what will not come."""
    return line.quantity - line.refused


def order_state(taken: Collection[str], lines: Sequence[LineFigures]) -> str:
    """A purchase order's state, from the steps taken (sent, closed, cancelled) and its lines."""
    for step in ("cancelled", "closed"):
        if step in taken:
            return step
    if "sent" not in taken:
        return "draft"
    arriving = _arriving(lines)
    if arriving == "received":
        return arriving
    if any(line.waiting for line in lines):
        return "countered"
    return arriving or _answered(lines)


def _arriving(lines: Sequence[LineFigures]) -> str | None:
    if any(line.received for line in lines):
        return "received" if all(line.received >= expected(line) for line in lines) else "partly_received"
    if any(line.shipped for line in lines):
        return "shipped" if all(line.shipped >= expected(line) for line in lines) else "partly_shipped"
    return None


def _answered(lines: Sequence[LineFigures]) -> str:
    if not any(line.accepted or line.refused for line in lines):
        return "sent"
    if not any(line.accepted or unanswered(line) for line in lines):
        return "refused"
    return "accepted" if all(line.accepted == line.quantity for line in lines) else "partly_accepted"


def shipment_state(taken: Collection[str], lines: Sequence[NoticeFigures]) -> str:
    """A shipment's state, from the steps taken (arrived, withdrawn) and what came of its lines."""
    if "withdrawn" in taken:
        return "withdrawn"
    if any(line.received or line.damaged or line.missing for line in lines):
        done = all(line.received + line.damaged + line.missing >= line.quantity for line in lines)
        return "received" if done else "partly_received"
    return "arrived" if "arrived" in taken else "shipped"
