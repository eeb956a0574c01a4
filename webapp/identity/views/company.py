"""The company's names and policies."""

from decimal import Decimal
from typing import Any

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import CompanyPage, company_form, field_name, policy_values
from webapp.identity.verbs import change_company
from webapp.kernel.perform import Outcome
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
    if form is None:
        now = {field_name(policy): _typed(policy, setting(actor, policy.key)) for policy in registers.policies}
        company = actor.company
        form = company_form(registers.policies)(
            data={"name": company.name, "name2": company.name2, "base_version": company.version, **now}
        )
    groups: dict[str, list[tuple[Policy, Any]]] = {}
    for policy in registers.policies:
        groups.setdefault(policy.group, []).append((policy, form[field_name(policy)]))
    return page("identity/company.html", form=form, groups=groups, policies=registers.policies)


def _typed(policy: Policy, value: Any) -> Any:
    return Decimal(str(value)) if policy.kind in {"count", "amount"} and value is not None else value
