"""How vouchers, months and what they come from are called, in the reader's language."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import format_date

from webapp.kernel.i18n import N_, _, display_name, reading, words

EVENTS = {
    "purchasing.received": N_("Goods received"),
    "purchasing.returned": N_("Goods returned to the supplier"),
    "purchasing.invoiced": N_("Supplier's invoice"),
    "purchasing.prepaid": N_("Paid in advance"),
    "purchasing.paid": N_("Supplier paid"),
    "purchasing.prepayment_applied": N_("Advance set against an invoice"),
    "purchasing.freight_expensed": N_("Freight of a purchase"),
    "purchasing.freight_landed": N_("Freight of a purchase"),
    "sales.delivered": N_("Goods delivered"),
    "sales.returned": N_("Goods taken back"),
    "sales.gift": N_("Gift or sample"),
    "sales.received": N_("Customer paid"),
    "sales.advance": N_("Customer paid in advance"),
    "sales.advance_applied": N_("Advance set against a delivery"),
    "sales.waived": N_("Small difference waived"),
    "sales.bad_debt": N_("Debt lost"),
    "sales.bad_debt_recovered": N_("Lost debt recovered"),
    "settlement.set_off": N_("Receivable set against payable"),
    "inventory.opening": N_("Opening stock"),
    "inventory.count_gain": N_("More found than booked"),
    "inventory.count_loss": N_("Less found than booked"),
    "inventory.gain_decided": N_("Stock gain decided on"),
    "inventory.loss_decided": N_("Stock loss decided on"),
    "production.issued": N_("Material issued"),
    "production.labour": N_("Labour of production"),
    "production.overhead": N_("Overhead of production"),
    "production.finished": N_("Goods finished"),
    "tax.vat_carried": N_("VAT at the month's end"),
    "tax.vat_exempt": N_("VAT exempt below the threshold"),
    "tax.vat_paid": N_("VAT paid"),
    "tax.surcharges": N_("Surcharges"),
    "tax.income": N_("Income tax"),
    "year.profit": N_("Profit of the year carried over"),
    "year.loss": N_("Loss of the year carried over"),
}
"""What each posting event is called on a voucher."""

CLASSES = (
    (frozenset({"asset"}), N_("Assets")),
    (frozenset({"liability"}), N_("Liabilities")),
    (frozenset({"equity"}), N_("Equity")),
    (frozenset({"cost"}), N_("Costs")),
    (frozenset({"income", "expense"}), N_("Profit and loss")),
)
"""The classes of accounts, as the trial balance groups them."""


def event_name(event: str, *, red: bool = False) -> str:
    """What a voucher's event is called; a reversal says so."""
    name = words(EVENTS.get(event, event))
    return _("Reversed: %(what)s", what=name) if red else name


def voucher_number(number: int) -> str:
    """记-0231, V-0231: the number within its month."""
    return _("V-%(number)s", number=f"{number:04d}")


def month_name(month: date) -> str:
    """2026年11月, November 2026."""
    return str(format_date(month, "y年M月" if reading() == "zh-Hans" else "MMMM y"))


def month_brief(month: date, this: date) -> str:
    """11月, Nov; with the year where it is another."""
    chinese, english = ("M月", "MMM") if month.year == this.year else ("y年M月", "MMM y")
    return str(format_date(month, chinese if reading() == "zh-Hans" else english))


def about(line: Any) -> str:
    """What a line concerns: its product, its partner, by their names in the reader's language."""
    named = [(line.product_name, line.product_name2), (line.partner_name, line.partner_name2)]
    return " · ".join(display_name(SimpleNamespace(name=name, name2=name2)) for name, name2 in named if name)
