"""Accounting months: which are open, what is to be seen to, closing and opening again."""

from datetime import date
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.finance import verbs
from webapp.finance.forms import ReopeningForm
from webapp.finance.queries import checklist, period_of, periods_of
from webapp.finance.states import KEEPERS, PERIOD, READERS
from webapp.finance.words import month_name
from webapp.kernel import calendar, csvfile
from webapp.kernel.i18n import N_, _, words
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit

from .blueprint import as_month, blueprint


@blueprint.get("/c/<company>/books/periods")
@allow(READERS)
def periods() -> str | Response:
    """The months, the newest first, and how each stands."""
    rows = periods_of(g.actor)
    if request.args.get("format") == "csv":
        cells = [(f"{row.month:%Y-%m}", words(PERIOD.words[row.state]), row.vouchers) for row in rows]
        return attachment(csvfile.write([_("Month"), _("State"), _("Vouchers")], cells), "periods.csv")
    return page("finance/periods.html", rows=rows, states=PERIOD.words)


@blueprint.get("/c/<company>/books/periods/<month>")
@allow(READERS)
def period(month: str) -> str:
    """A month: what holds, what stops it from being closed, what may be done."""
    return _page(as_month(month), ReopeningForm())


def _page(month: date, form: ReopeningForm) -> str:
    found = period_of(g.actor, month)
    return page(
        "finance/period.html",
        found=found,
        state=words(PERIOD.words[found.state]),
        items=checklist(g.actor, month),
        runs=calendar.today(g.actor) < verbs.next_month(month),
        allowed={transition.verb for transition in PERIOD.allowed(found.state, g.actor.role)},
        form=form,
    )


@blueprint.post("/c/<company>/books/periods/<month>/closure")
@allow(KEEPERS)
def close(month: str) -> Any:
    """Close a month."""
    first = as_month(month)

    def work(actor: Actor) -> Outcome:
        verbs.close_period(actor, first)
        return Outcome(url_for("finance.periods"), N_("%(month)s is closed"), {"month": month_name(first)})

    return submit(None, work, lambda: _page(first, ReopeningForm()))


@blueprint.post("/c/<company>/books/periods/<month>/reopening")
@allow("owner")
def reopen(month: str) -> Any:
    """Open a closed month again, with a reason."""
    first = as_month(month)
    form = ReopeningForm(request.form)

    def work(actor: Actor) -> Outcome:
        verbs.reopen_period(actor, first, form.reason.data or "")
        return Outcome(url_for("finance.period", month=month), N_("%(month)s is open again"), {"month": month})

    return submit(form, work, lambda: _page(first, form))
