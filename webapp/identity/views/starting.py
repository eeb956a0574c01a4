"""Starting one's own company, empty: signed out with its owner, or as another company of who is signed in."""

import uuid
from datetime import date

from flask import redirect, request
from flask_babel import format_date
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import CompanyForm, StartForm
from webapp.identity.queries.people import Person
from webapp.identity.verbs import limits, open_device
from webapp.identity.verbs.starting import Asked, NewOwner, start_own
from webapp.kernel import calendar
from webapp.kernel.db import db
from webapp.kernel.i18n import N_, reading
from webapp.kernel.perform import before_wall
from webapp.kernel.refusals import Refused
from webapp.kernel.web import page, public

from .blueprint import attempt, blueprint, home_of, let_in, the_company, visitor
from .doors import prefer, this_device

MONTHS = 15
"""From a year back to the month after the next: where books may begin."""


@blueprint.get("/start")
@public
def start() -> str:
    """The form of a new company."""
    person = visitor()
    return _shown(_form(person), person)


@blueprint.post("/start")
@public
def start_post() -> BaseResponse:
    """Make the company, sign its owner in, and go to its Today."""
    person = visitor()
    form = _form(person, posted=True)

    def work() -> BaseResponse:
        limits.count_try(db.session(), limits.Limit(f"start:{request.remote_addr}", 20, 60))
        asked = _asked(form)
        with before_wall(db.session()):
            started = start_own(db.session(), asked, person.id if person else _owner(form))
            device = None if person else open_device(db.session(), started.user_id, this_device())
        home = home_of(the_company(started.slug, started.user_id))
        if device is None:
            return redirect(home, 303)
        let_in(device)
        return prefer(redirect(home, 303), device)

    return attempt(form, work, lambda: _shown(form, person))


def _form(person: Person | None, *, posted: bool = False) -> CompanyForm:
    kind = CompanyForm if person else StartForm
    form = kind(request.form if posted else None)
    form.first_period.choices = [(f"{day:%Y-%m}", _month(day)) for day in _months()]
    if not posted:
        form.first_period.data = f"{calendar.today(None):%Y-%m}"
    return form


def _shown(form: CompanyForm, person: Person | None) -> str:
    return page("identity/start.html", form=form, person=person)


def _months() -> list[date]:
    """The months that books may begin with, the next one first."""
    today = calendar.today(None)
    first = today.year * 12 + today.month
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, first - MONTHS, -1)]


def _month(day: date) -> str:
    return str(format_date(day, "y年M月" if reading() == "zh-Hans" else "MMMM y"))


def _asked(form: CompanyForm) -> Asked:
    try:
        op_id = uuid.UUID(request.form.get("op_id", ""))
    except ValueError:
        raise Refused("operation.id", N_("This form is incomplete. Open it again, then send it.")) from None
    return Asked(
        op_id=op_id,
        name=form.name.data or "",
        name2=form.name2.data,
        currency=form.currency.data,
        taxpayer=form.taxpayer.data,
        first_period=date.fromisoformat(f"{form.first_period.data}-01"),
    )


def _owner(form: CompanyForm) -> NewOwner:
    assert isinstance(form, StartForm)
    return NewOwner(form.owner.data or "", form.login.data or "", form.password.data or "", reading())
