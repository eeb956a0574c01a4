"""What a person may type about orders and deliveries."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wtforms.fields import FieldList, FormField
from wtforms.validators import Optional

from webapp.kernel.forms import MAX_FIGURE, Area, Choice, Code, Day, Figure, Form, Key, Required, Text
from webapp.kernel.i18n import _l
from webapp.kernel.labels.codes import MOST

from .queries.figures import Typed
from .verbs import Carrier, Wanted

HUNDRED = Decimal(100)


class Lines(FieldList):
    """Lines by their number in the field's name; what is no sensible number is no line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "FieldList"  # what the macros know it by

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name[len(prefix) + 1 :].split("-", 1)[0] if name.startswith(prefix) else ""
            if number.isascii() and number.isdigit() and len(number) < 5:
                yield int(number)


class LineForm(Form):
    """A line: what, how many; the price for one unit and a discount in percent where they are not the usual ones."""

    product_id = Key(_l("Product"), [Required()])
    quantity = Figure(_l("Quantity"))
    price = Figure(_l("Unit price"), [Optional()], places=6, zero=True)
    discount = Figure(_l("Discount in percent"), [Optional()], places=2, zero=True, most=HUNDRED)

    def wanted(self) -> Wanted:
        """The line as the verb takes it."""
        discount = (self.discount.data or Decimal(0)) / HUNDRED
        product_id, quantity = self.product_id.data, self.quantity.data
        if product_id is None or quantity is None:
            raise ValueError("a line is taken after its form was found right")
        return Wanted(product_id, quantity, self.price.data, discount)

    def typed(self) -> Typed:
        """The line as far as it is right."""
        ok = {name: None if self[name].errors else self[name].data for name in ("product_id", "quantity", "price")}
        discount = None if self.discount.errors else self.discount.data
        return Typed(**ok, discount=discount / HUNDRED if discount is not None else None)


class OrderForm(Form):
    """An order being taken or changed; `id` is the new one's, made on the phone."""

    id = Key()
    partner_id = Key(_l("Customer"), [Required()])
    wanted_on = Day(_l("Wanted on"))
    split = Choice(
        _l("If something is missing"),
        choices=[("split", _l("Send in two parts")), ("together", _l("Wait, send together"))],
        default="split",
    )
    note = Area(_l("Note"), most=500)
    lines = Lines(FormField(LineForm))

    def wanted(self) -> list[Wanted]:
        """The lines as the verb takes them."""
        return [line.form.wanted() for line in self.lines]


class PickForm(Form):
    """A scan at the shelf: a code, and how many where it is not one; or a line: how many more of it were `taken` (fewer
    than none: put back), or its count by hand.
    """

    code = Code(_l("Scanned code"), most=MOST)
    at = Text(_l("Place"), most=40)
    line_id = Key(_l("Order line"))
    taken = Figure(_l("Quantity"), [Optional()], least=-MAX_FIGURE)
    quantity = Figure(_l("Quantity"), [Optional()], zero=True)


class ShippingForm(Form):
    """Who drives it."""

    name = Text(_l("Driver or carrier"), most=60)
    plate = Text(_l("Plate"), most=20)
    phone = Text(_l("Driver's phone"), most=30)

    def carrier(self) -> Carrier:
        """As the verb takes it."""
        return Carrier(self.name.data or None, self.plate.data or None, self.phone.data or None)


class ReasonForm(Form):
    """Why something is taken back or given up."""

    reason = Area(_l("Reason"), most=300)
