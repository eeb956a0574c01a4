"""The forms of a purchase order: writing it, and deciding on what the supplier asks."""

from wtforms import FieldList, FormField
from wtforms.validators import Optional

from webapp.kernel.forms import Area, Choice, Day, Figure, Form, Key, Required
from webapp.kernel.i18n import _l
from webapp.kernel.refusals import Refused


class OrderLine(Form):
    """A product of the supplier's list; no quantity means it is not ordered. The price is the list's where empty."""

    product_id = Key()
    quantity = Figure(_l("Quantity"), [Optional()], zero=True)
    price = Figure(_l("Price"), [Optional()], places=6, zero=True)


class OrderForm(Form):
    """An order to one supplier."""

    supplier_id = Key(_l("Supplier"), [Required()])
    warehouse_id = Key(_l("Deliver to"), [Required()])
    wanted_on = Day(_l("Wanted here on"), [Required()])
    note = Area(_l("Note to the supplier"), most=500)
    lines = FieldList(FormField(OrderLine), max_entries=200)

    def refuse(self, refused: Refused, words: str) -> None:
        """What is wrong with the lines as a whole stands above them."""
        if refused.field == "lines":
            refused = Refused(refused.code, refused.message)
        super().refuse(refused, words)


class SettlementForm(Form):
    """The buyer's answer to one thing the supplier asks."""

    answer_id = Key(_l("What is asked"), [Required()])
    decision = Choice(
        _l("Decision"),
        [Required()],
        choices=[("agreed", _l("Agree")), ("declined", _l("Keep as ordered")), ("withdrawn", _l("No longer wanted"))],
    )
