"""What a person may type about leads and follow-ups."""

from datetime import time
from typing import Any

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import TimeInput

from webapp.kernel.forms import Area, Choice, Day, Figure, Flag, Form, Key, Required, Text
from webapp.kernel.i18n import _, _l
from webapp.partners import identifiers
from webapp.partners.forms import Checked

from .cadences import HOWS, SOURCES


class Hour(Field):
    """An hour of the day, as the browser's time field sends it."""

    widget = TimeInput()
    typed: str | None = None

    def _value(self) -> str:
        return self.typed if self.typed is not None else f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and (text := valuelist[0].strip()):
            self.typed = text
            try:
                self.data = time.fromisoformat(text).replace(tzinfo=None)
            except ValueError:
                raise ValueError(_("This is not an hour. Write it as 15:00.")) from None


class OutcomeForm(Form):
    """What came of a follow-up, and what is next."""

    how = Choice(_l("How it was done"), choices=[(how, _l(title)) for how, title in HOWS.items()], default="call")
    outcome = Area(_l("What came of it"), [Required()], most=1000)
    next_on = Day(_l("Next on"))
    next_at = Hour(_l("Hour"), [Optional()])
    no_next_reason = Text(_l("Why there is no next one"), most=200)


class VisitForm(OutcomeForm):
    """A call or visit, planned or not."""

    id = Key()
    place = Text(_l("Where"), most=120)


class AskForm(Form):
    """A follow-up asked for by hand."""

    id = Key()
    due_on = Day(_l("Day"), [Required()])
    due_at = Hour(_l("Hour"), [Optional()])
    note = Text(_l("What about"), [Required()], most=160)
    rep_id = SelectField(_l("Who follows up"))


class SnoozeForm(Form):
    """Until when a follow-up is put off."""

    until = Day(_l("Until"), [Required()])


class ReassignForm(Form):
    """To whom a follow-up goes."""

    rep_id = SelectField(_l("Who follows up"))


class LeadForm(Form):
    """A firm that may become a customer. `rep_id`'s choices are the colleagues who may look after it, or nobody."""

    id = Key()
    name = Text(_l("Company name"), [Required()])
    contact = Text(_l("Contact"), most=60)
    phone = Text(_l("Mobile"), [Optional(), Checked(identifiers.phone)], most=40)
    wechat = Text(_l("WeChat"), most=60)
    wants = Area(_l("What they want"), most=500)
    source = SelectField(
        _l("Where they come from"), choices=[SelectChoice(key, _l(words)) for key, words in SOURCES.items()]
    )
    region = Text(_l("Region"), most=40)
    rep_id = SelectField(_l("Looked after by"))
    note = Area(_l("Note"))


class ReasonForm(Form):
    """Why a lead is not for us."""

    reason = Text(_l("Why not"), [Required()], most=200)


class RuleForm(Form):
    """When a follow-up is due after something happened."""

    active = Flag(_l("Open a follow-up"))
    days = Figure(_l("Days after"), places=0, zero=True)
    working_days = Flag(_l("Count working days only"))
