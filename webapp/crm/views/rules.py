"""The company's follow-up rules."""

from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.crm.forms import RuleForm
from webapp.crm.models import FollowUpRule
from webapp.crm.queries import rules_of
from webapp.crm.verbs import change_rule
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Stale
from webapp.kernel.register import READERS, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit

from .blueprint import base_version, blueprint


@blueprint.get("/c/<company>/follow-up-rules")
@allow(READERS)
def rules() -> str:
    """After what, in how many days."""
    return _page()


@blueprint.post("/c/<company>/follow-up-rules/<event>")
@allow(roles())
def change(event: str) -> Any:
    """Change one rule."""
    if event not in {cadence.event for cadence, _rule in rules_of(g.actor)}:
        raise NotFound
    form = RuleForm(request.form)

    def work(actor: Actor) -> Outcome:
        change_rule(
            actor,
            event,
            base_version(),
            days=int(form.days.data or 0),
            working_days=form.working_days.data,
            active=form.active.data,
        )
        return Outcome(url_for("crm.rules"), N_("Saved. It holds for what happens from now on"))

    return submit(form, work, lambda: _page(event, form))


def _page(event: str | None = None, typed: RuleForm | None = None) -> str:
    stale = isinstance(g.get("refused"), Stale)

    def form_of(rule: FollowUpRule) -> RuleForm:
        return typed if typed and rule.event == event else RuleForm(data=_known_of(rule))

    return page(
        "crm/rules.html",
        rules=[
            {
                "cadence": cadence,
                "rule": rule,
                "form": _one_of_many(form_of(rule), cadence.event),
                "version": base_version() if cadence.event == event and not stale else rule.version,
                "stale": stale and cadence.event == event,
            }
            for cadence, rule in rules_of(g.actor)
        ],
        may_change=g.actor.role != "auditor",
    )


def _known_of(rule: FollowUpRule) -> dict[str, Any]:
    return {"days": Decimal(rule.days), "working_days": rule.working_days, "active": rule.active}


def _one_of_many(form: RuleForm, event: str) -> RuleForm:
    """The form with ids of its own: several stand on the page."""
    for field in form:
        field.id = field.label.field_id = f"{field.short_name}-{event.replace('.', '-')}"
    return form
