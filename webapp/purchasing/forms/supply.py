"""The form of an offer on a supplier's price list."""

from decimal import Decimal
from typing import Any

from wtforms.validators import Optional

from webapp.kernel.forms import Figure, Form, Key, Required, Text
from webapp.kernel.i18n import _l

MOST_DAYS = Decimal(365)


class SupplyForm(Form):
    """What a supplier asks for a product, how soon and in what quantities."""

    product_id = Key(_l("Product"))
    price = Figure(_l("Price for one"), [Required()], places=6, zero=True)
    lead_days = Figure(_l("Days until it is here"), [Required()], places=0, zero=True, most=MOST_DAYS)
    least = Figure(_l("Least quantity"), [Optional()])
    multiple = Figure(_l("In steps of"), [Optional()])
    supplier_code = Text(_l("Their product code"), most=40)

    def terms(self) -> dict[str, Any]:
        """The offer's figures; a quantity left empty is 1."""
        return {
            "price": self.price.data,
            "lead_days": int(self.lead_days.data or 0),
            "least": self.least.data or Decimal(1),
            "multiple": self.multiple.data or Decimal(1),
            "supplier_code": self.supplier_code.data or None,
        }
