"""What can be done with customers and suppliers."""

from .contacts import (
    add_address,
    add_contact,
    edit_address,
    edit_contact,
    remove_address,
    remove_contact,
    restore_address,
    restore_contact,
)
from .partners import add_partner, archive_partner, edit_partner, make_findable, restore_partner

__all__ = [
    "add_address",
    "add_contact",
    "add_partner",
    "archive_partner",
    "edit_address",
    "edit_contact",
    "edit_partner",
    "make_findable",
    "remove_address",
    "remove_contact",
    "restore_address",
    "restore_contact",
    "restore_partner",
]
