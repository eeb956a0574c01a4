"""A line's amounts: what was entered is kept, tax is computed in one of the trade's two ways (DOMAIN, VAT)."""

from decimal import Decimal
from typing import NamedTuple

from webapp.kernel.money import to_cents

ONE = Decimal(1)


class Amounts(NamedTuple):
    """Net, VAT and gross of a line, in cents; net + VAT = gross always."""

    net: Decimal
    vat: Decimal
    gross: Decimal


def line_amounts(
    quantity: Decimal, price: Decimal, vat_rate: Decimal, *, with_tax: bool, discount: Decimal = Decimal(0)
) -> Amounts:
    """The amounts of `quantity` at `price` for one unit, less `discount` (a share of one), at `vat_rate`.

    With tax: gross = round(q × price), net = round(gross ÷ (1 + rate)), VAT = gross − net, so the gross is what the
    customer was told to the cent. Without: net = round(q × price), VAT = round(net × rate). Half up, once each.
    """
    total = to_cents(quantity * price * (ONE - discount))
    if with_tax:
        net = to_cents(total / (ONE + vat_rate))
        return Amounts(net, total - net, total)
    vat = to_cents(total * vat_rate)
    return Amounts(total, vat, total + vat)
