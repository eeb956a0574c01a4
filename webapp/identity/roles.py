"""Roles in words, and who may give which."""

from webapp.kernel.i18n import N_
from webapp.kernel.register import ALL_INTERNAL

PARTNER_ROLES = frozenset({"supplier", "customer"})
"""Bound to a partner, behind the second wall."""

ROLE_WORDS = {
    "owner": N_("Owner"),
    "manager": N_("Manager"),
    "sales": N_("Sales"),
    "buyer": N_("Buyer"),
    "warehouse": N_("Warehouse"),
    "accountant": N_("Accountant"),
    "auditor": N_("Auditor"),
    "supplier": N_("Supplier"),
    "customer": N_("Customer"),
}
ROLE_MEANS = {
    "owner": N_("Everything, and who works here"),
    "manager": N_("Everything but the owners’ own"),
    "sales": N_("Customers, quotations, orders, follow-ups"),
    "buyer": N_("Suppliers, purchase orders, planning"),
    "warehouse": N_("Receiving, moving, counting, shipping"),
    "accountant": N_("Vouchers, invoices, periods, statements"),
    "auditor": N_("Reads everything, changes nothing"),
    "supplier": N_("Own orders and shipments, nothing else"),
    "customer": N_("Own orders and deliveries, nothing else"),
}

MAY_INVITE = {
    "owner": ALL_INTERNAL | PARTNER_ROLES,
    "manager": (ALL_INTERNAL | PARTNER_ROLES) - {"owner"},
    "buyer": frozenset({"supplier"}),
    "sales": frozenset({"customer"}),
}
"""Which roles a role may invite."""
