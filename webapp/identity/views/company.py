"""The company's names and policies."""

from decimal import Decimal
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import CompanyPage, company_form, field_name, policy_values
from webapp.identity.verbs import change_company
from webapp.kernel.i18n import _
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.register import READERS, Policy, registers
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for

from .actor import acting
from .blueprint import blueprint


@blueprint.get("/c/<company>/company")
@allow(READERS)
def company() -> str:
    """What the company is called, and how it does things."""
    return _shown(None)


@blueprint.post("/c/<company>/company")
@allow("owner")
def company_post() -> BaseResponse:
    """Change names and policies."""
    form = company_form(registers.policies)(request.form)

    def work(actor: Actor) -> Outcome:
        outcome = change_company(
            actor,
            name=form.name.data or "",
            name2=form.name2.data or None,
            policies=policy_values(form, registers.policies),
            base_version=form.base_version.data,
        )
        outcome.location = url_for("identity.company")
        return outcome

    return submit(form, work, lambda: _shown(form))


def _shown(form: CompanyPage | None) -> str:
    actor = acting()
    kind = company_form(registers.policies)
    now = {field_name(policy): _typed(policy, setting(actor, policy.key)) for policy in registers.policies}
    stands = kind(data={"name": actor.company.name, "name2": actor.company.name2, **now})
    form = form or stands
    groups: dict[str, list[tuple[Policy, Any]]] = {}
    for policy in registers.policies:
        groups.setdefault(policy.group, []).append((policy, form[field_name(policy)]))
    stale = isinstance(g.get("refused"), Stale)
    return page("identity/company.html", form=form, groups=groups, differences=_between(form, stands) if stale else [])


def _between(mine: CompanyPage, theirs: CompanyPage) -> list[dict[str, str]]:
    """What differs between a form as typed and the company as it stands."""
    return [
        {"label": str(field.label.text), "mine": _said(field), "theirs": _said(theirs[field.name])}
        for field in mine
        if field.name != "base_version" and (field.data or None) != (theirs[field.name].data or None)
    ]


def _said(field: Any) -> str:
    if isinstance(field.data, bool):
        return _("yes") if field.data else _("no")
    if hasattr(field, "iter_choices"):
        return next((str(label) for value, label, *_rest in field.iter_choices() if value == field.data), "–")
    return str(field.data or "–")


def _typed(policy: Policy, value: Any) -> Any:
    return Decimal(str(value)) if policy.kind in {"count", "amount"} and value is not None else value
