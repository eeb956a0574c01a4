"""How much of a product is missing, and what lot of it to buy. Plain figures, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

ZERO = Decimal(0)


@dataclass(slots=True, frozen=True)
class Due:
    """So many by a day: a demand waiting, or goods coming."""

    quantity: Decimal
    on: date


@dataclass(slots=True, frozen=True)
class Position:
    """A product's stock as planning sees it, in its stock unit.

    `free` is what nobody was promised and may be used; `demand` what waits beyond reservations; `coming` what open
    orders bring, by day.
    """

    free: Decimal
    demand: Sequence[Due]
    coming: Sequence[Due]
    reorder_point: Decimal
    safety_stock: Decimal


@dataclass(slots=True, frozen=True)
class Net:
    """What is missing: so many, by the day on which it would run out, and the figures it came from."""

    quantity: Decimal
    wanted_on: date
    demand: Decimal
    coming: Decimal


def net_of(position: Position, today: date) -> Net | None:
    """Demand + the level to keep − free − coming; None where nothing is missing.

    The level to keep is the larger of safety stock and reorder point. The day is the first on which demand is not
    covered by what is there and has come by then, else today.
    """
    demand = sum((due.quantity for due in position.demand), ZERO)
    coming = sum((due.quantity for due in position.coming), ZERO)
    missing = demand + max(position.safety_stock, position.reorder_point) - position.free - coming
    if missing <= 0:
        return None
    return Net(missing, _uncovered_on(position) or today, demand, coming)


def _uncovered_on(position: Position) -> date | None:
    """The first day on which what is there and has come does not cover what is wanted by then."""
    for due in sorted(position.demand, key=lambda one: one.on):
        wanted = sum((one.quantity for one in position.demand if one.on <= due.on), ZERO)
        there = position.free + sum((one.quantity for one in position.coming if one.on <= due.on), ZERO)
        if there < wanted:
            return due.on
    return None


def lot_size(quantity: Decimal, least: Decimal, multiple: Decimal) -> Decimal:
    """The quantity to order: not less than `least`, a whole number of `multiple`s, never less than asked."""
    wanted = max(quantity, least)
    steps = (wanted / multiple).to_integral_value(rounding=ROUND_CEILING)
    return steps * multiple


@dataclass(slots=True, frozen=True)
class Offer:
    """A supplier's terms as planning weighs them. `lead_days` with the supplier's own lateness added."""

    price: Decimal
    lead_days: int
    days_late: int

    @property
    def days(self) -> int:
        """How long it really takes."""
        return self.lead_days + self.days_late


def best_of(offers: Sequence[Offer], today: date, wanted_on: date) -> int:
    """Which offer to take: the cheapest of those here in time; where none is, the soonest, then the cheapest.

    Raises ValueError for no offers.
    """
    in_time = [n for n, offer in enumerate(offers) if today + timedelta(days=offer.days) <= wanted_on]
    if in_time:
        return min(in_time, key=lambda n: (offers[n].price, offers[n].days))
    return min(range(len(offers)), key=lambda n: (offers[n].days, offers[n].price))
