"""What an order being taken comes to: prices, what is free of each product, what is short and when it comes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from webapp.finance import line_amounts
from webapp.inventory import Available, availability
from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share

from .credit import credit_used
from .prices import Price, customer_of, prices_of
from .promises import Coming, Part, coming_for, promise

NONE = Decimal(0)


@dataclass(slots=True, frozen=True)
class Typed:
    """A line as far as it is typed; what is not right yet is None."""

    product_id: uuid.UUID | None
    quantity: Decimal | None
    price: Decimal | None
    discount: Decimal | None


@dataclass(slots=True)
class LineFigures:
    """What is known of a typed line. `parts` says how it comes; more than one, or one without stock, is short."""

    known: Price | None
    price: Decimal = NONE
    amount: Share | None = None
    stock: Available = field(default_factory=Available)
    parts: list[Part] = field(default_factory=list)

    @property
    def short(self) -> Decimal:
        """How many of it are not here."""
        return sum((part.quantity for part in self.parts if part.why != "stock"), NONE)


@dataclass(slots=True)
class OrderFigures:
    """The whole: lines in order, what they come to, how many are short, what is left of the customer's limit."""

    lines: list[LineFigures]
    total: Share
    credit_left: Decimal | None

    @property
    def short_lines(self) -> int:
        """How many lines are short."""
        return sum(1 for line in self.lines if line.short)

    @property
    def first_short(self) -> int | None:
        """The place of the first short line."""
        return next((n for n, line in enumerate(self.lines) if line.short), None)


def order_figures(
    actor: Actor, partner_id: uuid.UUID, typed: Sequence[Typed], *, wanted_on: date | None = None
) -> OrderFigures:
    """What the typed lines come to for this customer. Nothing is refused: a line not yet right has no amount.

    Raises NotFound for a customer who is not the actor's to see.
    """
    customer = customer_of(actor, partner_id)
    products = [line.product_id for line in typed if line.product_id]
    prices = prices_of(actor, partner_id, products)
    stock = availability(actor, prices, incoming=False) if prices else {}
    free = {product: max(there.free, NONE) for product, there in stock.items()}
    wanted: dict[uuid.UUID, Decimal] = {}
    for line in typed:
        if line.product_id in prices and line.quantity and line.quantity > 0:
            wanted[line.product_id] = wanted.get(line.product_id, NONE) + line.quantity
    coming = coming_for(actor, [product for product, quantity in wanted.items() if quantity > free[product]])
    today = calendar.today(actor)
    lines = [
        _line(actor, line, prices, stock, free, coming, wanted_on=wanted_on or today, today=today) for line in typed
    ]
    total = sum((line.amount for line in lines if line.amount), Share())
    left = None
    if customer.credit_limit is not None:
        left = customer.credit_limit - credit_used(actor, partner_id)
    return OrderFigures(lines, total, left)


def _line(
    actor: Actor,
    line: Typed,
    prices: dict[uuid.UUID, Price],
    stock: dict[uuid.UUID, Available],
    free: dict[uuid.UUID, Decimal],
    coming: Coming,
    *,
    wanted_on: date,
    today: date,
) -> LineFigures:
    known = prices.get(line.product_id) if line.product_id else None
    if known is None:
        return LineFigures(None)
    found = LineFigures(known, known.price if line.price is None else line.price, stock=stock[known.product_id])
    discount = line.discount or NONE
    if line.quantity is None or line.quantity <= 0 or found.price < 0 or not 0 <= discount <= 1:
        return found
    rate = NONE if actor.company.taxpayer == "none" else known.vat_rate
    with_tax = actor.company.prices_with_tax
    found.amount = Share(*line_amounts(line.quantity, found.price, rate, with_tax=with_tax, discount=discount))
    at_hand = free[known.product_id]
    found.parts = promise(known.product_id, line.quantity, at_hand, coming, wanted_on=wanted_on, today=today)
    free[known.product_id] = max(NONE, at_hand - line.quantity)
    return found
