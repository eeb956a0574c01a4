"""What a person may type about notices and robots."""

import uuid
from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import SelectField, fields
from wtforms.validators import StopValidation

from webapp.kernel.forms import Choice, Flag, Form, Required, Text
from webapp.kernel.i18n import LOCALES, _, _l
from webapp.kernel.register import NoticeKind, registers

from .robots import NAMES

HOURS = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30)]


class HalfHour(SelectField):
    """An hour or half of one."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=list(HOURS), validate_choice=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data not in HOURS:
            raise StopValidation(_("Choose one from the list."))

    @property
    def time(self) -> time:
        """The time that was chosen."""
        return time.fromisoformat(str(self.data))


class NoticesForm(Form):
    """Quiet hours and an address; a switch a kind and way is added by `notices_form`."""

    quiet = Flag(_l("Quiet at night"))
    quiet_from = HalfHour(_l("Quiet from"))
    quiet_to = HalfHour(_l("Quiet until"))
    mail = Text(_l("E-mail address"), most=200)
    base_version = fields.IntegerField()


def notices_form(kinds: Sequence[NoticeKind], channels: Sequence[str]) -> type[NoticesForm]:
    """The form with a switch for each kind and way, named by `switch`."""
    own = {
        switch(channel, kind): Flag(_(kind.title), description=_(kind.help) if kind.help else "")
        for channel in channels
        for kind in kinds
    }
    return type("NoticesFormWithKinds", (NoticesForm,), own)


def switch(channel: str, kind: NoticeKind) -> str:
    """The field of a kind by one way."""
    return f"{channel}-{kind.key.replace('.', '-')}"


class BrowserForm(Form):
    """Where a browser takes push: what its script fills in."""

    endpoint = Text(_l("Address"), [Required()], most=1000)
    p256dh = Text(_l("Key"), [Required()], most=200)
    auth = Text(_l("Secret"), [Required()], most=100)
    renewal = Flag(_l("Again"))


class LetterForm(Form):
    """To whom a link goes by e-mail."""

    to = Text(_l("E-mail address"), [Required()], most=200)


class RobotForm(Form):
    """A group's robot."""

    title = Text(_l("What you call the group"), [Required()], most=60)
    format = Choice(
        _l("Where the group is"), choices=[(name, _l(said)) for name, said in NAMES.items()], default="wecom"
    )
    url = Text(_l("Address of the robot"), [Required()], most=1000)
    secret = Text(_l("Signing secret"), most=200)
    group = SelectField(_l("Whose group"), validate_choice=False)
    locale = Choice(_l("Language"), choices=list(LOCALES.items()), default="zh-Hans")
    quiet = Flag(_l("Quiet from 21:00 to 07:30"), default=True)
    base_version = fields.IntegerField()

    def validate_group(self, field: Any) -> None:
        """None for our own, else a partner's id; whether it may be chosen is the verb's to say."""
        if field.data:
            try:
                uuid.UUID(field.data)
            except ValueError:
                raise StopValidation(_("Choose one from the list.")) from None

    @property
    def kinds(self) -> list[str]:
        """The kinds that are switched on."""
        return [kind.key for kind in registers.notices if self[switch("robot", kind)].data]

    @property
    def partner_id(self) -> uuid.UUID | None:
        """The partner whose group it is, or none."""
        return uuid.UUID(self.group.data) if self.group.data else None


def robot_form() -> type[RobotForm]:
    """The form with a switch for each kind there is."""
    own = {switch("robot", kind): Flag(_(kind.title)) for kind in registers.notices}
    return type("RobotFormWithKinds", (RobotForm,), own)
