"""Finding orders: what may not be seen is not found. `locked` holds head and lines for a verb."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.kernel.refusals import NotFound
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share

from .goods import Goods, reserved_goods_later
from .named import Named
from .unbilled import unbilled_later

Rows = Callable[[], list[Any]]

SEEN = """
  AND (%(partner)s::uuid IS NULL OR o.partner_id = %(partner)s)
  AND (%(rep)s::uuid IS NULL OR o.rep_id = %(rep)s OR p.owner_id = %(rep)s)"""
"""What of the orders an actor sees; `sight` gives the parameters."""

HOLD = "SELECT 1 FROM sales_order WHERE company_id = %(company)s AND id = %(id)s FOR NO KEY UPDATE"
READ = f"""
SELECT o.id, o.number, o.state, o.version, o.partner_id, o.rep_id, o.day, o.wanted_on, o.prices_with_tax, o.split,
       o.net, o.vat, o.gross, o.source, o.note, o.created_at, p.name AS partner_name, p.name2 AS partner_name2,
       p.payment_days, p.credit_limit,
       l.id AS line_id, l.line, l.product_id, l.quantity, l.price, l.discount, l.vat_rate,
       l.net AS line_net, l.vat AS line_vat, l.gross AS line_gross, l.shipped, l.invoiced, l.returned,
       l.closed,
       g.name AS product_name, g.name2 AS product_name2, g.sku, u.name AS unit_name, u.name2 AS unit_name2
FROM sales_order o
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
LEFT JOIN sales_line l ON l.company_id = o.company_id AND l.order_id = o.id
LEFT JOIN product g ON g.company_id = l.company_id AND g.id = l.product_id
LEFT JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
WHERE o.company_id = %(company)s AND o.id = %(id)s {SEEN}
ORDER BY l.line"""  # noqa: S608 - a constant


@dataclass(slots=True)
class Line:
    """A line of an order as it stands. Quantities in the product's stock unit, money in the company's currency."""

    id: uuid.UUID
    line: int
    product_id: uuid.UUID
    product: Named
    sku: str
    unit: Named
    quantity: Decimal
    price: Decimal
    discount: Decimal
    vat_rate: Decimal
    amount: Share
    shipped: Decimal
    invoiced: Decimal
    returned: Decimal
    closed: Decimal

    @property
    def open(self) -> Decimal:
        """What is still to be shipped."""
        return self.quantity - self.shipped - self.closed


@dataclass(slots=True)
class Order:
    """An order with its lines."""

    id: uuid.UUID
    number: str
    state: str
    version: int
    partner_id: uuid.UUID
    partner: Named
    payment_days: int
    credit_limit: Decimal | None
    rep_id: uuid.UUID | None
    day: date
    wanted_on: date
    prices_with_tax: bool
    split: bool
    amount: Share
    source: str | None
    note: str | None
    lines: list[Line]
    ready: list[Goods] | None = None
    """What lies reserved for it and is on no delivery, where it was asked for together with the order."""
    unbilled: list[Any] | None = None
    """What has shipped and is not billed, in the same way."""


def sight(actor: Actor) -> dict[str, uuid.UUID | None]:
    """The parameters of SEEN: a customer's user sees that customer's, a rep their own where the company says so."""
    if actor.role == "supplier":
        raise NotFound
    own = actor.role == "sales" and not setting(actor, "sales.reps_see_all")
    return {"partner": actor.partner_id, "rep": actor.user.id if own else None}


class Orders:
    """The orders an actor sees."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get(self, order_id: uuid.UUID) -> Order:
        """The order. Raises NotFound where there is none, or it is not the actor's to see."""
        return self._read(self._asked(order_id))

    def _asked(self, order_id: uuid.UUID) -> Rows:
        return self.actor.db.later(READ, company=self.actor.company_id, id=order_id, **sight(self.actor))

    def _read(self, asked: Rows) -> Order:
        rows = asked()
        if not rows:
            raise NotFound
        return _order(rows)

    def locked(self, order_id: uuid.UUID) -> Order:
        """The same with its head held until the verb is done; read after the lock, so that it is as it stands now."""
        self.actor.db.run(HOLD, company=self.actor.company_id, id=order_id)
        return self.get(order_id)

    def to_ship(self, order_id: uuid.UUID) -> Order:
        """As `locked`, and in the same round trip what of it lies ready: what `ship_order` asks for else."""
        self.actor.db.run(HOLD, company=self.actor.company_id, id=order_id)
        asked, goods = self._asked(order_id), reserved_goods_later(self.actor, order_id)
        order = self._read(asked)
        order.ready = goods()
        return order

    def to_bill(self, order_id: uuid.UUID) -> Order:
        """As `locked`, and in the same round trip what waits to be billed: what `invoice_order` asks for else."""
        self.actor.db.run(HOLD, company=self.actor.company_id, id=order_id)
        asked, unbilled = self._asked(order_id), unbilled_later(self.actor, order_id)
        order = self._read(asked)
        order.unbilled = unbilled()
        return order


def orders_of(actor: Actor) -> Orders:
    """The orders `actor` sees."""
    return Orders(actor)


def _order(rows: Sequence[Any]) -> Order:
    head = rows[0]
    return Order(
        id=head.id,
        number=head.number,
        state=head.state,
        version=head.version,
        partner_id=head.partner_id,
        partner=Named(head.partner_name, head.partner_name2),
        payment_days=head.payment_days,
        credit_limit=head.credit_limit,
        rep_id=head.rep_id,
        day=head.day,
        wanted_on=head.wanted_on,
        prices_with_tax=head.prices_with_tax,
        split=head.split,
        amount=Share(head.net, head.vat, head.gross),
        source=head.source,
        note=head.note,
        lines=[_line(row) for row in rows if row.line_id is not None],
    )


def _line(row: Any) -> Line:
    return Line(
        id=row.line_id,
        line=row.line,
        product_id=row.product_id,
        product=Named(row.product_name, row.product_name2),
        sku=row.sku,
        unit=Named(row.unit_name, row.unit_name2),
        quantity=row.quantity,
        price=row.price,
        discount=row.discount,
        vat_rate=row.vat_rate,
        amount=Share(row.line_net, row.line_vat, row.line_gross),
        shipped=row.shipped,
        invoiced=row.invoiced,
        returned=row.returned,
        closed=row.closed,
    )
