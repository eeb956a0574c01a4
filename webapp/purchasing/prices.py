"""Prices as people read them."""

from decimal import Decimal


def shown_price(value: Decimal) -> str:
    """A price with its cents, and no more places than it has: 58.00, 0.125."""
    whole, _point, part = f"{value:,.6f}".rstrip("0").partition(".")
    return f"{whole}.{part.ljust(2, '0')}"
