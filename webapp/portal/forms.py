"""What a supplier may type: the answer to an order line by line, and what is on a shipment."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import FieldList, FormField
from wtforms.validators import Optional

from webapp.kernel.forms import Area, Choice, Day, Figure, Form, Key, Required, Text
from webapp.kernel.i18n import _, _l
from webapp.kernel.refusals import Refused
from webapp.kernel.show import quantity as shown
from webapp.purchasing import Part, Reply
from webapp.purchasing.forms import PalletsForm

NONE = Decimal(0)
MOST_PARTS = 12


class PartForm(Form):
    """A delivery of a split: how many and when."""

    quantity = Figure(_l("Quantity"), [Optional()], zero=True)
    day = Day(_l("Date"))


class LineForm(Form):
    """The answer to one line. `open` is what waits for it, `unit` its unit, set by the view before it is read."""

    line_id = Key()
    answer = Choice(
        _l("Answer"),
        choices=[
            ("all", _l("All of it")),
            ("part", _l("Part or later")),
            ("price", _l("Other price")),
            ("no", _l("Can’t")),
        ],
        default="all",
    )
    parts = FieldList(FormField(PartForm), min_entries=2, max_entries=MOST_PARTS)
    price = Figure(_l("My price"), [Optional()], places=4)
    reason = Text(_l("Reason"), most=200)
    open: Decimal = NONE

    def validate(self, extra_validators: Any = None) -> bool:
        """What the chosen answer needs must be there; what it does not need is left alone."""
        fine = bool(super().validate(extra_validators))
        if self.answer.data == "part":
            return self._check_parts() and fine
        if self.answer.data == "price" and self.price.data is None and not self.price.errors:
            self.price.errors = [_("Type the price you ask.")]
            return False
        return fine

    def _check_parts(self) -> bool:
        total, first = self.total(), self.parts[0].form.quantity
        if total > self.open:
            words = _("That makes %(total)s, but only %(open)s are wanted.", total=shown(total), open=shown(self.open))
            first.errors = [*first.errors, words]
            return False
        if total == 0 and not first.errors:
            first.errors = [_("Say how many, or choose “Can’t”.")]
            return False
        return True

    def total(self) -> Decimal:
        """What all parts come to."""
        return sum((part.form.quantity.data or NONE for part in self.parts), NONE)

    def reply(self) -> Reply | None:
        """The answer as the verb takes it; None for a line that is none."""
        if self.line_id.data is None:
            return None
        parts = {
            "all": [Part(self.open)],
            "part": [Part(p.form.quantity.data, p.form.day.data) for p in self.parts if p.form.quantity.data],
            "price": [Part(self.open, None, self.price.data)],
            "no": [],
        }[self.answer.data]
        reason = self.reason.data if self.answer.data != "all" else None
        return Reply(self.line_id.data, parts, reason or None)


class AnswerForm(Form):
    """The answer to an order."""

    lines = FieldList(FormField(LineForm), max_entries=200)

    def line_of(self, line_id: UUID) -> LineForm | None:
        """The form of a line, by its key."""
        return next((entry.form for entry in self.lines if entry.form.line_id.data == line_id), None)

    def refuse(self, refused: Refused, words: str) -> None:
        """Beside the line it is about."""
        for entry in self.lines:
            if refused.field and refused.field == str(entry.form.line_id.data):
                field = entry.form.parts[0].form.quantity
                field.errors = [*field.errors, words]
                return
        super().refuse(refused, words)


class PackedForm(Form):
    """A line of a shipment: how many, which lot, until when."""

    line_id = Key()
    quantity = Figure(_l("Quantity"), [Optional()], zero=True)
    lot_code = Text(_l("Lot"), most=40)
    expires_on = Day(_l("Use by"))

    def says_something(self) -> bool:
        """Whether anything was typed: the place for a second lot may have been left alone."""
        return any(part.data or part.errors for part in (self.quantity, self.lot_code, self.expires_on))

    def field_of(self, code: str) -> Any:
        """The field a refusal belongs beside."""
        if code not in ("shipment.lot", "shipment.expired"):
            return self.quantity
        return self.expires_on if self.lot_code.data else self.lot_code


class ShipmentForm(PalletsForm):
    """What leaves, when, with whom; `id` is the notice's, made on the phone, so that its label is known before."""

    id = Key()
    expected_on = Day(_l("Arrives on"), [Required()])
    carrier = Text(_l("Carrier, plate or tracking number"), most=80)
    lines = FieldList(FormField(PackedForm), max_entries=400)

    def refuse(self, refused: Refused, words: str) -> None:
        """Beside the line it is about."""
        for entry in self.lines:
            if refused.field and refused.field == str(entry.form.line_id.data) and entry.form.quantity.data:
                lot = refused.code in ("shipment.lot", "shipment.expired")
                field = (
                    entry.form.expires_on
                    if lot and entry.form.lot_code.data
                    else entry.form.lot_code
                    if lot
                    else entry.form.quantity
                )
                field.errors = [*field.errors, words]
                return
        super().refuse(refused, words)


class ProblemForm(Form):
    """What a customer says is wrong with a delivery."""

    text = Area(_l("What is wrong?"), [Required()], most=500)
