"""When a customer gets what: from stock now, else from what is on its way, moved by its supplier's own record."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.purchasing import Incoming, incoming

from .orders import Order

COVERED = """
SELECT line_id, id, product_id, reserved, filled FROM demand
WHERE company_id = %(company)s AND document_id = %(order)s AND cancelled_at IS NULL"""
AHEAD = """
SELECT d.product_id, sum(d.quantity - d.reserved - d.filled) AS quantity FROM demand d
WHERE d.company_id = %(company)s AND d.product_id = ANY(%(products)s)
  AND d.cancelled_at IS NULL AND d.reserved + d.filled < d.quantity
  AND (%(order)s::uuid IS NULL OR d.id < (
    SELECT m.id FROM demand m WHERE m.company_id = %(company)s AND m.document_id = %(order)s ORDER BY m.id LIMIT 1))
GROUP BY d.product_id"""
"""What others wait for who came first; for an order that is not confirmed yet, everyone did."""


@dataclass(slots=True, frozen=True)
class Part:
    """So many, on that day, and why we believe it.

    `why`: stock (it lies here), purchase (a supplier sends it: who, the day they say, and how late they are as a
    rule), open (nobody has been asked yet; no day).
    """

    quantity: Decimal
    on: date | None
    why: str
    partner_name: str = ""
    due_on: date | None = None
    days_late: int = 0
    order_id: uuid.UUID | None = None


@dataclass(slots=True)
class _Left:
    quantity: Decimal
    item: Incoming


class Coming:
    """What is on its way of each product, less what others wait for already; each taking leaves less."""

    def __init__(self, expected: Mapping[uuid.UUID, Sequence[Incoming]], ahead: Mapping[uuid.UUID, Decimal]) -> None:
        self.left = {
            product: [_Left(item.quantity, item) for item in sorted(items, key=lambda item: item.on)]
            for product, items in expected.items()
        }
        for product, quantity in ahead.items():
            self.take(product, quantity)

    def take(self, product_id: uuid.UUID, quantity: Decimal) -> list[tuple[Decimal, Incoming]]:
        """Up to `quantity` of the earliest of a product."""
        taken: list[tuple[Decimal, Incoming]] = []
        for each in self.left.get(product_id, []):
            part = min(quantity, each.quantity)
            if part > 0:
                each.quantity -= part
                quantity -= part
                taken.append((part, each.item))
        return taken


def promise(
    product_id: uuid.UUID, wanted: Decimal, at_hand: Decimal, coming: Coming, *, wanted_on: date, today: date
) -> list[Part]:
    """The parts in which `wanted` comes; they sum to it. What is here goes on the wanted day, never before today."""
    first = max(wanted_on, today)
    parts: list[Part] = []
    if here := min(wanted, max(at_hand, Decimal(0))):
        parts.append(Part(here, first, "stock"))
    rest = wanted - here
    for quantity, item in coming.take(product_id, rest):
        rest -= quantity
        on = max(first, item.on)
        said = item.on if item.shipped else item.on - timedelta(days=item.days_late)
        late = (item.on - said).days
        parts.append(Part(quantity, on, "purchase", item.partner_name, said, late, item.order_id))
    if rest:
        parts.append(Part(rest, None, "open"))
    return parts


def coming_for(actor: Actor, product_ids: Sequence[uuid.UUID], order: Order | None = None) -> Coming:
    """What is on its way of these products and not spoken for by those who wait before `order` (or all, for None)."""
    if not product_ids:
        return Coming({}, {})
    products = list(dict.fromkeys(product_ids))
    rows = actor.db.ask(
        AHEAD,
        company=actor.company_id,
        products=products,
        order=order.id if order else None,
    )
    return Coming(incoming(actor, products), {row.product_id: row.quantity for row in rows})


def promises_of(actor: Actor, order: Order) -> dict[uuid.UUID, list[Part]]:
    """By line, how what is not shipped yet of a confirmed order comes. Lines that are shipped whole are left out."""
    covered = actor.db.ask(COVERED, company=actor.company_id, order=order.id)
    reserved = {row.line_id: row.reserved for row in covered}
    return promise_lines(actor, order, reserved)


def promise_lines(actor: Actor, order: Order, reserved: Mapping[uuid.UUID, Decimal]) -> dict[uuid.UUID, list[Part]]:
    """The same, where what is reserved for each line is known."""
    waiting = [line for line in order.lines if line.open]
    short = [line.product_id for line in waiting if reserved.get(line.id, Decimal(0)) < line.open]
    coming = coming_for(actor, short, order)
    today = calendar.today(actor)
    return {
        line.id: promise(
            line.product_id,
            line.open,
            reserved.get(line.id, Decimal(0)),
            coming,
            wanted_on=order.wanted_on,
            today=today,
        )
        for line in waiting
    }
