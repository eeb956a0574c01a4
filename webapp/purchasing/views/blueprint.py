"""The blueprint, and who may see and do what."""

from flask import Blueprint, request

from webapp.kernel.register import roles

blueprint = Blueprint("purchasing", __name__)

READERS = roles("buyer", "accountant", "auditor")
"""Who sees orders and prices: neither reps nor the warehouse."""
BUYERS = roles("buyer")
DOCK_READERS = roles("buyer", "warehouse", "accountant", "auditor")
DOCK = roles("buyer", "warehouse")
REVERSERS = roles("warehouse")


def base_version() -> int:
    """The version the form was made from; what is no number is never the present one."""
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
