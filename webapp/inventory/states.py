"""Why stock is adjusted: data, from which the form's choices and the postings come."""

from dataclasses import dataclass

from webapp.kernel.i18n import N_


@dataclass(slots=True, frozen=True)
class Reason:
    """`input_tax_back`: the VAT deducted on the goods is paid back (poor management; not wastage, not disaster)."""

    label: str
    input_tax_back: bool = False


REASONS = {
    "count": Reason(N_("Counted differently")),
    "wastage": Reason(N_("Normal wastage")),
    "damaged": Reason(N_("Damaged by us"), input_tax_back=True),
    "expired": Reason(N_("Expired with us"), input_tax_back=True),
    "stolen": Reason(N_("Lost or stolen"), input_tax_back=True),
    "disaster": Reason(N_("Fire, water, storm")),
}
