"""What people type at the doors, about themselves, their colleagues and their company."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import fields
from wtforms.validators import StopValidation
from wtforms.widgets import PasswordInput

from webapp.kernel.forms import Choice, Figure, Flag, Form, Required, Text
from webapp.kernel.i18n import _, _l
from webapp.kernel.register import Policy

LONGEST_SECRET = 200
CURRENCIES = ("CNY", "HKD", "TWD", "USD", "EUR", "GBP", "JPY", "SGD", "AUD", "CAD", "CHF", "KRW", "MYR", "THB", "VND")


class Secret(fields.StringField):
    """A password or PIN: taken exactly as typed, never shown again."""

    widget = PasswordInput(hide_value=True)

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators) or [Required()], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > LONGEST_SECRET:
            raise StopValidation(
                _("At most %(most)s characters; this has %(n)s.", most=LONGEST_SECRET, n=len(self.data))
            )
        if self.data and any("\ud800" <= c <= "\udfff" for c in self.data):
            raise StopValidation(_("This has characters that cannot be shown. Type it again."))


class Picked(fields.SelectField):
    """One of a list of words; anything else is refused."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            raise StopValidation(_("Choose one from the list."))


class SignInForm(Form):
    """Login and password, or PIN."""

    login = Text(_l("Login"), [Required()])
    password = Secret(_l("Password or PIN"))


class RecoveryForm(Form):
    """Login and one of the recovery codes."""

    login = Text(_l("Login"), [Required()])
    code = Text(_l("Recovery code"), [Required()], most=40)


class CompanyForm(Form):
    """A new company, for who is signed in."""

    name = Text(_l("Company name"), [Required()], most=80)
    name2 = Text(_l("Name in the other language"), most=80)
    currency = Picked(_l("Currency"), choices=list(CURRENCIES), default="CNY")
    taxpayer = Choice(
        _l("VAT"),
        choices=[("general", _l("General")), ("small", _l("Small-scale")), ("none", _l("No VAT"))],
        default="general",
    )
    first_period = Picked(_l("Books begin with"))


class StartForm(CompanyForm):
    """A new company and its owner."""

    owner = Text(_l("Your name"), [Required()], most=60)
    login = Text(_l("Login"), [Required()])
    password = Secret(_l("Password"))


class InviteForm(Form):
    """Whom to invite, and as what."""

    name = Text(_l("Their name"), [Required()], most=60)
    role = Picked(_l("Role"))


class JoinForm(Form):
    """Joining without a passkey: the one-time code, and the login and PIN or password to come back with."""

    name = Text(_l("Your name"), [Required()], most=60)
    code = Text(_l("One-time code"), [Required()], most=12)
    login = Text(_l("Mobile number or e-mail"), [Required()])
    secret = Secret(_l("Password"))


class ResetForm(Form):
    """A new way in without a passkey."""

    code = Text(_l("One-time code"), [Required()], most=12)
    secret = Secret(_l("New password"))


class FirstPasswordForm(Form):
    """A password for who has none."""

    new = Secret(_l("New password"))


class PasswordForm(FirstPasswordForm):
    """A new password, for who knows the one there is."""

    current = Secret(_l("Password now"))


class KeyNameForm(Form):
    """What a passkey is called."""

    name = Text(_l("Name of this passkey"), [Required()], most=60)


class RoleForm(Form):
    """A colleague's role, and which version of it was seen."""

    role = Choice(_l("Role"))
    base_version = fields.IntegerField()


class CompanyPage(Form):
    """The company's names; its policies are added by `company_form`."""

    name = Text(_l("Company name"), [Required()], most=80)
    name2 = Text(_l("Name in the other language"), most=80)
    base_version = fields.IntegerField()


def company_form(policies: Sequence[Policy]) -> type[CompanyPage]:
    """The company's form with a field for each policy, named by `field_name`."""
    own = {field_name(policy): _policy_field(policy) for policy in policies}
    return type("CompanyPageWithPolicies", (CompanyPage,), own)


def field_name(policy: Policy) -> str:
    """The form's field of a policy."""
    return "policy-" + policy.key.replace(".", "-")


def _policy_field(policy: Policy) -> Any:
    label, about = _(policy.label), _(policy.help) if policy.help else ""
    if policy.kind == "flag":
        return Flag(label, description=about)
    if policy.kind == "choice":
        choices = [(value, _(words)) for value, words in policy.choices.items()]
        return (Choice if len(choices) <= 4 else Picked)(label, choices=choices, description=about)
    if policy.kind == "text":
        return Text(label, most=policy.most, description=about)
    places = 0 if policy.kind == "count" else policy.places
    return Figure(
        label,
        places=places,
        least=policy.least,
        most=Decimal(policy.most),
        zero=policy.least <= 0,
        description=about,
    )


def policy_values(form: Form, policies: Sequence[Policy]) -> Mapping[str, Any]:
    """What was typed, as the settings keep it: a figure with decimals as text, a count as a whole number."""
    return {policy.key: _kept(policy, form[field_name(policy)].data) for policy in policies}


def _kept(policy: Policy, typed: Any) -> Any:
    if policy.kind == "count":
        return int(typed)
    if policy.kind == "text":
        return typed or ""
    return f"{typed:f}" if isinstance(typed, Decimal) else typed
