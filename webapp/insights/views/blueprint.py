"""The blueprint, and what its views share."""

from typing import Any

from flask import Blueprint, current_app, g, url_for

from webapp.kernel.i18n import _
from webapp.kernel.register import registers

blueprint = Blueprint("insights", __name__)


def entries(place: str) -> list[dict[str, Any]]:
    """The entries of a place for the actor's role whose pages exist, in their order."""
    return [
        {
            "title": _(entry.title),
            "sub": _(entry.sub) if entry.sub else "",
            "icon": entry.icon,
            "href": url_for(entry.endpoint),
        }
        for entry in sorted(registers.entries, key=lambda entry: entry.order)
        if entry.place == place and g.actor.role in entry.roles and entry.endpoint in current_app.view_functions
    ]
