"""The form of counting at the dock: what was found of each line, by scan or by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import FieldList, FormField
from wtforms.validators import Optional

from webapp.kernel.forms import Code, Day, Figure, Flag, Form, Key, Text
from webapp.kernel.i18n import _l
from webapp.kernel.labels.codes import MOST
from webapp.kernel.refusals import Refused

NONE = Decimal(0)


class CountLine(Form):
    """What was counted of a line. `key` is the line of the notice, or of the order where there is no notice; `dealt`
    what had been dealt with of it when its page was shown.
    """

    key = Key()
    dealt = Figure(validators=[Optional()], zero=True)
    good = Figure(_l("Good ones"), [Optional()], zero=True)
    damaged = Figure(_l("Damaged"), [Optional()], zero=True)
    wrong = Figure(_l("Wrong item"), [Optional()], zero=True)
    short = Flag(_l("Short"))
    lot_code = Text(_l("Lot"), most=40)
    expires_on = Day(_l("Use by"))


@dataclass(slots=True, frozen=True)
class Due:
    """A line to count: what is expected, and what counts it. `step` is what one scan of its own code adds."""

    key: UUID
    order_line_id: UUID
    shipment_line_id: UUID | None
    product_id: UUID
    name: str
    sku: str
    unit: str
    quantity: Decimal
    keeps_lots: bool
    lot_code: str = ""
    expires_on: date | None = None
    dealt: Decimal = NONE


class CountForm(Form):
    """All lines of a shipment or order at the dock, where they go, and which line is open."""

    lines = FieldList(FormField(CountLine), max_entries=400)
    location_id = Key(_l("Put them at"))
    code = Code(_l("Code"), most=MOST)
    open_line = Key()
    last_step = Figure(validators=[Optional()], zero=True)

    def refuse(self, refused: Refused, words: str) -> None:
        """Beside the line it is about, where it names one."""
        for entry in self.lines:
            if refused.field == str(entry.form.key.data):
                field = entry.form.lot_code if refused.code == "receipt.lot" else entry.form.good
                field.errors = [*field.errors, words]
                self.open_line.data = entry.form.key.data
                return
        super().refuse(refused, words)

    def line_of(self, key: UUID | None) -> Any | None:
        """The line's form, by its key."""
        return next((entry.form for entry in self.lines if entry.form.key.data == key), None)

    def counted(self, key: UUID) -> Decimal:
        """All that was found of a line."""
        line = self.line_of(key)
        return sum((field.data or NONE for field in (line.good, line.damaged, line.wrong)), NONE) if line else NONE


def fresh_counts(due: Sequence[Due], posted: Mapping[str, str] | None = None) -> CountForm:
    """The form for what is due: nothing counted, lots as announced; or as it was `posted`, foreign lines left out."""
    form = CountForm(posted) if posted is not None else CountForm()
    known = {line.key: line for line in due}
    kept = [entry for entry in form.lines.entries if entry.form.key.data in known]
    form.lines.entries = kept
    there = {entry.form.key.data for entry in kept}
    for entry in kept:
        if entry.form.good.data is None and not entry.form.good.errors and not entry.form.good.typed:
            entry.form.good.data, entry.form.good.typed = NONE, None
    for line in due:
        if line.key not in there:
            form.lines.append_entry(
                {
                    "key": line.key,
                    "dealt": line.dealt,
                    "good": NONE,
                    "lot_code": line.lot_code,
                    "expires_on": line.expires_on,
                }
            )
    return form
