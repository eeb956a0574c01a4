"""What a person may type about customers and suppliers."""

import re
from collections.abc import Callable
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

from webapp.kernel.forms import Amount, Area, Figure, Flag, Form, Key, Required, Text
from webapp.kernel.i18n import _, _l, words
from webapp.kernel.refusals import Refused

from . import identifiers

TAGS = 8
TAG_LENGTH = 20


class Checked:
    """A validator that keeps a text as a rule of `identifiers` writes it, or shows what is wrong."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self.rule = rule

    def __call__(self, form: Any, field: Any) -> None:
        try:
            field.data = self.rule(field.data)
        except Refused as refused:
            raise ValidationError(words(refused.message, refused.params)) from None


def email(_form: Any, field: Any) -> None:
    """An address one can write to."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", field.data):
        raise ValidationError(_("An e-mail address has a name, an @ and a domain, such as li.wei@example.com."))


class Tags(Text):
    """Words separated by commas or spaces; `tags` are the words themselves."""

    def _value(self) -> str:
        return "、".join(self.data) if isinstance(self.data, list) else self.data or ""

    @property
    def tags(self) -> list[str]:
        """The words, each once, in their order."""
        return list(dict.fromkeys(word for word in re.split(r"\s*[,，、;；\n]+\s*", self.data or "") if word))

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if len(self.tags) > TAGS or any(len(tag) > TAG_LENGTH for tag in self.tags):
            raise ValidationError(
                _(
                    "At most %(most)s tags of %(n)s characters, with commas between them.",
                    most=TAGS,
                    n=TAG_LENGTH,
                )
            )


class PartnerForm(Form):
    """A customer or supplier. `owner_id`'s choices are the colleagues who may look after one."""

    name = Text(_l("Company name"), [Required()])
    tax_number = Text(_l("Unified social credit code"), [Optional(), Checked(identifiers.tax_number)], most=40)
    name2 = Text(_l("Name in the other language"))
    phone = Text(_l("Telephone"), [Optional(), Checked(identifiers.phone)], most=40)
    email = Text(_l("E-mail"), [Optional(), email])
    region = Text(_l("Region"), most=40)
    tags = Tags(_l("Tags"), most=200)
    payment_days = Figure(_l("Days to pay"), places=0, zero=True, most=365)  # type: ignore[arg-type]
    credit_limit = Amount(_l("Credit limit"), [Optional()])
    lead_days = Figure(_l("Lead time"), [Optional()], places=0, zero=True, most=365)  # type: ignore[arg-type]
    owner_id = SelectField(_l("Looked after by"), validate_choice=True)
    note = Area(_l("Note"))
    is_customer = Flag(_l("Also a customer"))
    is_supplier = Flag(_l("Also a supplier"))


class NewPartnerForm(PartnerForm):
    """A new one, with whom one speaks to and where goods go."""

    id = Key()
    contact_name = Text(_l("Contact"), most=60)
    contact_phone = Text(_l("Mobile"), [Optional(), Checked(identifiers.phone)], most=40)
    address = Area(_l("Delivery address"), most=300)


class ContactForm(Form):
    """A person at a partner."""

    id = Key()
    name = Text(_l("Name"), [Required()], most=60)
    title = Text(_l("What they do"), most=60)
    phone = Text(_l("Mobile"), [Optional(), Checked(identifiers.phone)], most=40)
    email = Text(_l("E-mail"), [Optional(), email])
    main = Flag(_l("The first one to call"), id="is-main")


class AddressForm(Form):
    """An address of a partner."""

    id = Key()
    text = Area(_l("Address"), [Required()], most=300)
    city = Text(_l("City"), most=60)
    postal_code = Text(_l("Postal code"), most=20)
    country = Text(_l("Country"), most=60)
    main = Flag(_l("Goods go here"), id="is-main")
