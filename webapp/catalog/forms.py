"""What a person may type about products."""

from decimal import Decimal

from wtforms import SelectField
from wtforms.validators import Optional

from webapp.kernel.forms import Figure, Flag, Form, Required, Text
from webapp.kernel.i18n import _l

MOST_DAYS = Decimal(9999)


class ProductForm(Form):
    """A product. `vat_percent` is the rate in per cent; the choices of unit and category are the company's."""

    name = Text(_l("Name"), [Required()])
    name2 = Text(_l("Name in the other language"))
    sku = Text(_l("Product code"), most=40)
    unit_id = SelectField(_l("Counted in"), [Required()])
    category_id = SelectField(_l("Category"), default="")
    price = Figure(_l("List price"), places=6, zero=True)
    vat_percent = Figure(_l("VAT"), places=2, zero=True, most=Decimal("99.99"))
    keeps_lots = Flag(_l("Has lots and expiry dates"))
    least_days = Figure(_l("Shelf life a customer gets"), [Optional()], places=0, zero=True, most=MOST_DAYS)
    reorder_point = Figure(_l("Reorder point"), [Optional()], zero=True)
    safety_stock = Figure(_l("Safety stock"), [Optional()], zero=True)


class NewProductForm(ProductForm):
    """A new product, with the code printed on it."""

    barcode = Text(_l("Barcode"), most=60)


class BarcodeForm(Form):
    """A code printed on a product or on a package of `factor` stock units."""

    code = Text(_l("Barcode"), [Required()], most=60)
    factor = Figure(_l("Stock units in it"))


class NamedForm(Form):
    """A unit or a category."""

    name = Text(_l("Name"), [Required()], most=40)
    name2 = Text(_l("Name in the other language"), most=40)
