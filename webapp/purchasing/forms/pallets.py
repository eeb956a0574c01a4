"""The form of a shipment's pallets."""

from webapp.kernel.forms import Area, Form
from webapp.kernel.i18n import _l


class PalletsForm(Form):
    """Their numbers, one a line, scanned or typed."""

    pallets = Area(_l("Pallet numbers (SSCC)"))
