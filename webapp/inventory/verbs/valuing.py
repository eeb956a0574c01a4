"""Moving average: what a movement is worth. Plain arithmetic, no database."""

from dataclasses import dataclass
from decimal import Decimal

from webapp.kernel.money import ZERO, to_cents


@dataclass(slots=True)
class Held:
    """A product's quantity and value over all own locations, as it stands between one movement and the next."""

    quantity: Decimal = Decimal(0)
    value: Decimal = ZERO

    def at_average(self, quantity: Decimal) -> Decimal:
        """What `quantity` is worth at the average, half up; nothing where nothing is held."""
        return to_cents(self.value * quantity / self.quantity) if self.quantity > 0 else ZERO

    def bring(self, quantity: Decimal, value: Decimal | None) -> Decimal:
        """Goods come in, at their given value or at the average. Returns the value."""
        worth = self.at_average(quantity) if value is None else value
        self.quantity += quantity
        self.value += worth
        return worth

    def take(self, quantity: Decimal, value: Decimal | None) -> Decimal:
        """Goods go out: at the given value if so much is left, else at the average; the last takes the rest."""
        if quantity and quantity >= self.quantity:
            worth = self.value
        elif value is not None and (value <= self.value or not quantity):
            worth = value
        else:
            worth = self.at_average(quantity)
        self.quantity -= quantity
        self.value -= worth
        return worth
