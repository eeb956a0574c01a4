"""What can be asked about customers and suppliers."""

from .between import between_us, last_change, removal_of
from .partners import (
    Partners,
    customers_of,
    find_customers,
    find_suppliers,
    partner_names,
    partners_of,
    suppliers_of,
)
from .people import CallingCard, calling_cards, colleagues, main_contact, main_contacts

__all__ = [
    "CallingCard",
    "Partners",
    "between_us",
    "calling_cards",
    "colleagues",
    "customers_of",
    "find_customers",
    "find_suppliers",
    "last_change",
    "main_contact",
    "main_contacts",
    "partner_names",
    "partners_of",
    "removal_of",
    "suppliers_of",
]
