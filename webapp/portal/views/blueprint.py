"""The blueprint. Suppliers' and customers' users, each behind the wall of their own firm."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)

SUPPLIERS = frozenset({"supplier"})
CUSTOMERS = frozenset({"customer"})
GUESTS = frozenset({"supplier", "customer"})
