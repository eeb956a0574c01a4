"""The blueprint, and who sees which figures."""

from typing import Any

from flask import Blueprint, g, request

from webapp.sales.states import DELIVERY, ORDER

blueprint = Blueprint("sales", __name__)

BLIND_TO_AMOUNTS = frozenset({"warehouse"})
SEES_COSTS = frozenset({"owner", "manager", "accountant", "auditor"})


def base_version() -> int:
    """The version the form was made from; what is no number is never the present one."""
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def sees() -> dict[str, Any]:
    """What templates ask about the reader."""
    return {
        "sees_amounts": g.actor.role not in BLIND_TO_AMOUNTS,
        "sees_costs": g.actor.role in SEES_COSTS,
        "order_words": ORDER.words,
        "delivery_words": DELIVERY.words,
    }
