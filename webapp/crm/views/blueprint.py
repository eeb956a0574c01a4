"""The blueprint, and what its views share."""

from typing import Any

from flask import Blueprint, g, request

from webapp.crm.states import FOLLOWERS, READERS, WRITERS
from webapp.partners.queries import colleagues

blueprint = Blueprint("crm", __name__)

__all__ = ["READERS", "WRITERS", "base_version", "blueprint", "with_reps"]


def base_version() -> int:
    """The version the form was made from; what is no number is never the present one."""
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def with_reps(form: Any) -> Any:
    """The form, its `rep_id` offering the colleagues who may follow up."""
    form.rep_id.choices = [(str(key), name) for key, name in colleagues(g.actor, FOLLOWERS)]
    return form
