"""Rounding, in its one place. Money is Decimal; half goes up, away from zero (Python's own default is half even)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cents(amount: Decimal) -> Decimal:
    """Round to two places, half away from zero: 2.675 → 2.68, −2.675 → −2.68."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def spread(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """Share `total` over `weights` in cents so that the parts sum exactly to it; the last takes the rest.

    Raises ValueError where the weights sum to zero.
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        raise ValueError("nothing to spread over")
    parts = [to_cents(total * weight / whole) for weight in weights[:-1]]
    return [*parts, total - sum(parts, ZERO)]
