"""The blueprint of the books, and how a month stands in an address."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, g, request, url_for

from webapp.finance import words
from webapp.finance.queries import months_of
from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound

blueprint = Blueprint("finance", __name__)
MONTHS = 36
"""Tags at most; the page of accounting months has them all."""


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    """What the books' templates call things by."""
    return {
        "month_name": words.month_name,
        "voucher_number": words.voucher_number,
        "event_name": words.event_name,
        "about": words.about,
    }


def as_month(text: str) -> date:
    """The month an address names, such as 2026-11. Raises NotFound."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise NotFound
    return date.fromisoformat(f"{text}-01")


def asked_month() -> date:
    """The month asked for by `?month=`, else the present one."""
    text = request.args.get("month")
    return as_month(text) if text else calendar.today(g.actor).replace(day=1)


def months_to_choose(month: date, endpoint: str, **values: Any) -> list[dict[str, Any]]:
    """The newest months and the one looked at, each with its address: the row of tags above a list."""
    this = calendar.today(g.actor)
    shown = sorted({*months_of(g.actor)[:MONTHS], month}, reverse=True)
    return [
        {
            "word": words.month_brief(one, this),
            "href": url_for(endpoint, month=f"{one:%Y-%m}", **values),
            "current": one == month,
        }
        for one in shown
    ]
