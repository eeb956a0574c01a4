"""The blueprint. Suppliers' users, each behind the wall of their own firm."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)

SUPPLIERS = frozenset({"supplier"})
GUESTS = frozenset({"supplier", "customer"})
