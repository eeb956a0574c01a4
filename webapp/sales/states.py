"""The states of sales orders and deliveries and what may be done in each: buttons and checks come from here."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from webapp.kernel.i18n import N_
from webapp.kernel.register import ALL_INTERNAL, roles
from webapp.kernel.steps import States, Transition

READERS = ALL_INTERNAL
"""Who sees orders and deliveries; amounts only outside the warehouse, costs only who keeps the books."""
SELLERS = roles("sales")
"""Who takes orders."""
STOREKEEPERS = roles("warehouse")
"""Who picks and ships."""
BILLERS = roles("sales", "accountant")
"""Who bills what was shipped."""

OPEN_DELIVERY = ("planned", "picking", "packed")
"""A delivery whose goods are still here, kept for it."""
GONE = ("shipped", "delivered")
"""A delivery whose goods have left and count as shipped."""

ORDER = States(
    {
        "draft": N_("Draft"),
        "confirmed": N_("Confirmed"),
        "picking": N_("Picking"),
        "partly_shipped": N_("Part has shipped"),
        "shipped": N_("Shipped"),
        "invoiced": N_("Invoiced"),
        "cancelled": N_("Cancelled"),
    },
    Transition("confirm", frozenset({"draft"}), "confirmed", SELLERS, N_("Confirm order")),
    Transition("edit", frozenset({"draft"}), "draft", SELLERS, N_("Edit order")),
    Transition("plan", frozenset({"confirmed", "picking", "partly_shipped"}), "picking", STOREKEEPERS, N_("Pick it")),
    Transition(
        "ship", frozenset({"confirmed", "picking", "partly_shipped"}), "shipped", STOREKEEPERS, N_("Ship what is here")
    ),
    Transition("invoice", frozenset({"partly_shipped", "shipped"}), "invoiced", BILLERS, N_("Bill what has shipped")),
    Transition("close_rest", frozenset({"partly_shipped"}), "shipped", SELLERS, N_("Close the rest")),
    Transition("cancel", frozenset({"draft", "confirmed", "picking"}), "cancelled", SELLERS, N_("Cancel order")),
)

DELIVERY = States(
    {
        "planned": N_("To pick"),
        "picking": N_("Picking"),
        "packed": N_("Packed"),
        "shipped": N_("On the way"),
        "delivered": N_("Delivered"),
        "reversed": N_("Delivery taken back"),
        "reversal": N_("Delivery reversal"),
        "dropped": N_("Not sent"),
    },
    Transition("pick", frozenset(OPEN_DELIVERY), "picking", STOREKEEPERS, N_("Pick")),
    Transition("ship", frozenset(OPEN_DELIVERY), "shipped", STOREKEEPERS, N_("Ship it")),
    Transition("drop", frozenset(OPEN_DELIVERY), "dropped", STOREKEEPERS, N_("Put it all back")),
    Transition("deliver", frozenset({"shipped"}), "delivered", roles("warehouse", "sales"), N_("It has arrived")),
    Transition("reverse", frozenset(GONE), "reversed", roles("accountant"), N_("Take the delivery back")),
)


class Progress(Protocol):
    """How far a line has come."""

    quantity: Decimal
    shipped: Decimal
    invoiced: Decimal
    closed: Decimal


def state_of(lines: Iterable[Progress], *, being_picked: bool) -> str:
    """The state of a confirmed order, derived from its lines; `being_picked`: a delivery of it is still here."""
    known = list(lines)
    if all(line.invoiced == line.quantity - line.closed for line in known):
        return "invoiced"
    if all(line.shipped == line.quantity - line.closed for line in known):
        return "shipped"
    if any(line.shipped for line in known):
        return "partly_shipped"
    return "picking" if being_picked else "confirmed"
