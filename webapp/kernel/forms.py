"""What a person may type: fields that take exact figures, days and clean text, each refusing with words.

A form names the fields and the rules; errors stand beside the field. No form writes anything.
"""

import re
import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import Field, fields
from wtforms import Form as WTForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import DateInput, TextInput

from .i18n import _, _l
from .refusals import Refused

MAX_FIGURE = Decimal("99999999.9999")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters and direction overrides: no name or note needs them, and NUL breaks the database."""


class _Translations:
    """WTForms' own words through our catalogues."""

    def gettext(self, text: str) -> str:
        return _(text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _(singular if n == 1 else plural)


class Form(WTForm):
    """A form over posted data. `refuse` puts a verb's refusal beside its field."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return _Translations()

    form_errors: list[str]
    warning: Refused | None = None

    def refuse(self, refused: Refused, words: str) -> None:
        """Show a refusal beside its field, or above the form where it names none of ours."""
        if refused.field and refused.field in self._fields:
            field = self._fields[refused.field]
            field.errors = [*field.errors, words]
        else:
            self.form_errors = [*(self.form_errors or []), words]


class Required(InputRequired):
    """The field must be filled; the words name what is missing."""

    def __init__(self) -> None:
        super().__init__(message=_l("Fill this in."))

    def __call__(self, form: Any, field: Any) -> None:
        """Spaces alone are nothing."""
        super().__call__(form, field)
        if isinstance(field.raw_data[0], str) and not field.raw_data[0].strip():
            raise StopValidation(self.message)


class Text(fields.StringField):
    """One line of clean text, at most `most` characters; outer spaces go."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), most: int = 100, **kwargs: Any) -> None:
        super().__init__(label, list(validators) or [Optional()], **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0].strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.most:
            raise StopValidation(_("At most %(most)s characters; this has %(n)s.", most=self.most, n=len(self.data)))
        if self.data and (CONTROL.search(self.data) or any("\ud800" <= c <= "\udfff" for c in self.data)):
            raise StopValidation(_("This has characters that cannot be shown. Type it again."))


class Code(Text):
    """A scanned or typed code: GS, which separates the elements of a GS1 label, is a sign of it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0].strip(" \t\r\n") if valuelist else None

    def pre_validate(self, form: Any) -> None:
        given = self.data
        self.data = given and given.replace("\x1d", "")
        try:
            super().pre_validate(form)
        finally:
            self.data = given


class Area(Text, fields.TextAreaField):
    """Several lines of clean text."""

    widget = fields.TextAreaField.widget

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), most: int = 2000, **kwargs: Any) -> None:
        super().__init__(label, validators, most=most, **kwargs)


class Figure(Field):
    """An exact decimal: at most `places` decimals, within bounds, zero only where allowed. Never a float."""

    widget = TextInput()

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        places: int = 4,
        least: Decimal | int = 0,
        most: Decimal = MAX_FIGURE,
        zero: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators) or [Required()], **kwargs)
        self.places, self.least, self.most, self.zero = places, Decimal(least), most, zero
        self.typed: str | None = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else f"{self.data.normalize():f}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed = valuelist[0].strip()
        if not self.typed:
            self.data = None
            return
        text = self.typed.replace(",", "").replace("，", "").translate(FULL_WIDTH)
        try:
            self.data = Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,20}(\.[0-9]{0,20})?", text) else None
        except InvalidOperation:
            self.data = None
        if self.data is None:
            raise ValueError(_("This is not a number. Type digits, such as 12 or 12.5."))

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if self.data == 0 and not self.zero:
            raise StopValidation(_("It must be more than zero."))
        if self.data < self.least:
            raise StopValidation(_("It must not be less than %(least)s.", least=f"{self.least:f}"))
        if self.data > self.most:
            raise StopValidation(_("That is more than can be right: at most %(most)s.", most=f"{self.most:,f}"))
        if -int(self.data.as_tuple().exponent) > self.places and self.data != round(self.data, self.places):
            raise StopValidation(_("At most %(places)s decimals.", places=self.places))


FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


class Amount(Figure):
    """Money: two decimals, zero allowed."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **({"places": 2, "zero": True} | kwargs))


class Day(Field):
    """A calendar day, as the browser's date field sends it."""

    widget = DateInput()

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators) or [Optional()], **kwargs)
        self.typed: str | None = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not valuelist:
            return
        self.typed = valuelist[0].strip()
        if self.typed:
            try:
                self.data = date.fromisoformat(self.typed)
            except ValueError:
                raise ValueError(_("This is not a date. Write it as 2026-11-24.")) from None

    def pre_validate(self, form: Any) -> None:
        if self.data and not 1970 <= self.data.year <= 2199:
            raise StopValidation(_("That year cannot be right."))


class Key(Field):
    """The id of a row, hidden or from a picker. Whether it may be seen is the finder's to say."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators) or [Optional()], **kwargs)

    def _value(self) -> str:
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = uuid.UUID(valuelist[0].strip())
            except ValueError:
                raise ValueError(_("Choose one from the list.")) from None


class Choice(fields.RadioField):
    """One of a few words, given as (value, words); anything else is refused."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        choices: Sequence[tuple[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        offered = None if choices is None else [SelectChoice(value, words) for value, words in choices]
        super().__init__(label, list(validators), choices=offered, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(_("Choose one of these."))


class Flag(fields.BooleanField):
    """Yes or no."""
