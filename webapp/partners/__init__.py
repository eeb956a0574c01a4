"""Customers and suppliers: who they are, whom one speaks to there, where goods go.

Others may use `add_partner`, `edit_partner`, `add_contact`, `add_address`; the finders `partners_of`, `customers_of`,
`suppliers_of`; `find_customers`, `find_suppliers`, `partner_names`; and the table `Partner` for joins.
"""

from .models import Address, Contact, Partner
from .queries import (
    Partners,
    customers_of,
    find_customers,
    find_suppliers,
    partner_names,
    partners_of,
    suppliers_of,
)
from .verbs import add_address, add_contact, add_partner, edit_partner

__all__ = [
    "Address",
    "Contact",
    "Partner",
    "Partners",
    "add_address",
    "add_contact",
    "add_partner",
    "customers_of",
    "edit_partner",
    "find_customers",
    "find_suppliers",
    "partner_names",
    "partners_of",
    "suppliers_of",
]
