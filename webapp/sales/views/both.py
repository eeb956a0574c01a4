"""A draft that two people changed: what differs, as a phone shows it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import g

from webapp.catalog import products_of
from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, display_name
from webapp.kernel.web import Conflict, Version
from webapp.sales.forms import OrderForm
from webapp.sales.queries import Order
from webapp.sales.queries.around import history


def both_versions(form: OrderForm, order: Order) -> Conflict:
    """What the phone has and what stands there: lines that differ, the day where it does; who changed it and when."""
    mine = {line.form.product_id.data: line.form.quantity.data or Decimal(0) for line in form.lines}
    theirs = {line.product_id: line.quantity for line in order.lines}
    differ = [key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key)]
    names = products_of(g.actor).many(differ)
    last = next(iter(history(g.actor, [order.id])), None)
    return Conflict(
        mine=_version(mine, differ, names, form.wanted_on.data),
        theirs=_version(theirs, differ, names, order.wanted_on, last),
        versions={str(order.id): order.version},
    )


def _version(
    lines: Mapping[UUID, Decimal], differ: list[UUID], names: Mapping[UUID, Any], day: Any, last: Any = None
) -> Version:
    known = [key for key in differ if key in names]
    said = [f"{display_name(names[key])} × {show.quantity(lines.get(key, Decimal(0)))}" for key in known]
    wanted = _("Wanted %(day)s", day=show.day(day, calendar.today(g.actor))) if day else ""
    title = ", ".join(said) or _n("%(num)s line", "%(num)s lines", len(lines))
    return Version(title, wanted, (last.who or "") if last else "", show.moment(last.at, g.actor) if last else "")
