"""What a person may type about stock, its places and its counts."""

from decimal import Decimal
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from webapp.kernel.forms import Amount, Choice, Code, Day, Figure, Form, Key, Required, Text
from webapp.kernel.i18n import _, _l
from webapp.kernel.labels.codes import MOST

from .states import REASONS


class TransferForm(Form):
    """Goods of a lot from one place to another: the target by its id, or by the code that was scanned."""

    id = Key()
    product_id = Key(_l("Product"), [Required()])
    lot_id = Key(_l("Lot"), [Required()])
    from_id = Key(_l("From"), [Required()])
    to_id = Key(_l("To"))
    code = Code(_l("To"), most=MOST)
    quantity = Figure(_l("Quantity"))


class AdjustmentForm(Form):
    """What was counted at a place, beside what the books said when the form was shown, and when that was."""

    id = Key()
    product_id = Key(_l("Product"), [Required()])
    lot_id = Key(_l("Lot"), [Required()])
    location_id = Key(_l("Location"), [Required()])
    book = Figure(_l("In the books"), [Optional()], zero=True, least=-Decimal(99999999))
    shown_at = Text(most=40)
    counted = Figure(_l("Counted"), zero=True)
    reason = SelectField(_l("Why it differs"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(code, _(reason.label)) for code, reason in REASONS.items()]


class OpeningForm(Form):
    """Stock a company begins with, of one product at one place."""

    location_id = SelectField(_l("Location"), [Required()])
    quantity = Figure(_l("Quantity"))
    value = Amount(_l("Worth in all"))
    lot = Text(_l("Lot"), most=40)
    expires_on = Day(_l("Expires on"), [Optional()])
    day = Day(_l("As of"), [Required()])


class LocationForm(Form):
    """A new location of a warehouse."""

    warehouse_id = SelectField(_l("Warehouse"), [Required()])
    code = Text(_l("Code"), [Required()], most=20)
    kind = Choice(_l("For"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [("stock", _("Shelf")), ("receiving", _("Receiving")), ("blocked", _("Blocked"))]


class WarehouseForm(Form):
    """A new warehouse."""

    code = Text(_l("Code"), [Required()], most=10)
    name = Text(_l("Name"), [Required()], most=60)
    name2 = Text(_l("Name in the other language"), most=60)
