"""What a customer sees of their order by its link: when it comes, what is on the truck, what follows, what happened.

The portal's page `/t/<token>` reads the link (identity.read_link: kind `sales.order`, document the order's id), goes
behind that company's wall and asks
`tracking(visitor(database, company_id), order_id)`. Nothing here names costs, other customers, or a supplier.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from webapp.kernel.pipeline import Database
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor, Company, User
from webapp.sales.states import GONE

from .named import Named
from .orders import Order, orders_of
from .promises import promises_of

NONE = Decimal(0)

COMPANY = """
SELECT id, slug, name, name2, currency, time_zone, taxpayer, prices_with_tax, chart, demo, version
FROM company WHERE id = %(company)s"""
TRUCKS = """
SELECT d.id, d.number, d.state, d.day, d.gross, d.carrier, d.plate, d.driver_phone
FROM delivery d WHERE d.company_id = %(company)s AND d.order_id = %(order)s
  AND d.state IN ('planned', 'picking', 'packed', 'shipped', 'delivered') ORDER BY d.id"""
GOODS = """
SELECT x.delivery_id, l.line, sum(x.quantity) AS quantity, g.name, g.name2, u.name AS unit, u.name2 AS unit2
FROM delivery_line x
JOIN sales_line l ON l.company_id = x.company_id AND l.id = x.order_line_id
JOIN product g ON g.company_id = x.company_id AND g.id = x.product_id
JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
WHERE x.company_id = %(company)s AND x.delivery_id = ANY(%(deliveries)s)
GROUP BY x.delivery_id, l.line, g.company_id, g.id, u.company_id, u.id ORDER BY l.line"""
ON_TRUCKS = """
SELECT x.order_line_id, sum(x.quantity) AS quantity FROM delivery_line x
JOIN delivery v ON v.company_id = x.company_id AND v.id = x.delivery_id
WHERE x.company_id = %(company)s AND v.order_id = %(order)s AND v.state IN ('planned', 'picking', 'packed')
GROUP BY x.order_line_id"""
EVENTS = """
SELECT t.at, t.code, t.params, t.document_id, u.name AS who FROM timeline t LEFT JOIN app_user u ON u.id = t.user_id
WHERE t.company_id = %(company)s AND t.document_id = ANY(%(documents)s) AND t.code = ANY(%(codes)s)
ORDER BY t.id DESC"""
SHOWN = (
    *(
        "sales.order.confirmed",
        "sales.order.cancelled",
        "sales.order.closed",
        "sales.delivery.packed",
        "sales.delivery.shipped",
    ),
    *("sales.delivery.delivered", "sales.delivery.reversed"),
)
"""What of the timeline a customer sees; its words are the register's (`event_words(code, params)`)."""


@dataclass(slots=True, frozen=True)
class Part:
    """So many of a product; `on` is the day it is expected, None where nobody knows yet."""

    product: Named
    unit: Named
    quantity: Decimal
    on: date | None = None


@dataclass(slots=True)
class Truck:
    """A delivery: on its way, or being made ready. `driver_phone` is what “call the driver” dials."""

    id: uuid.UUID
    number: str
    state: str
    day: date
    gross: Decimal
    carrier: str | None
    plate: str | None
    driver_phone: str | None
    goods: list[Part] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Happening:
    """Something that happened: a code and its parameters, who did it, and which truck's it was (None: the order's)."""

    at: datetime
    code: str
    params: dict[str, Any]
    who: str | None
    delivery_id: uuid.UUID | None


@dataclass(slots=True)
class Tracking:
    """What the page shows. `stage`: ordered, packed, on_the_way, received or cancelled: the thread's present node."""

    order_id: uuid.UUID
    number: str
    partner: Named
    rep: str | None
    wanted_on: date
    stage: str
    truck: Truck | None
    """The delivery the page is about: the one on its way, else the one being made ready, else the last that came."""
    earlier: list[Truck]
    later: list[Part]
    """What is on no truck yet, with the day it is expected."""
    events: list[Happening]


def visitor(database: Database, company_id: uuid.UUID) -> Actor:
    """Whoever holds a link of the company: may look, is nobody. Behind its wall (`kernel.wall.behind_wall`)."""
    row = database.one(COMPANY, company=company_id)
    if row is None:
        raise NotFound
    nobody = uuid.UUID(int=0)
    return Actor(
        session=database.session,
        company=Company(**row._asdict()),
        user=User(id=nobody, name="", locale=None, theme="auto"),
        membership_id=nobody,
        role="visitor",
        partner_id=None,
    )


def tracking(actor: Actor, order_id: uuid.UUID) -> Tracking:
    """What the customer sees of an order. `actor` is a `visitor`, or anyone who sees the order.

    Raises NotFound for a draft and an unknown order.
    """
    order = orders_of(actor).get(order_id)
    if order.state == "draft":
        raise NotFound
    trucks = _trucks(actor, order_id)
    truck = _present(trucks)
    rep = actor.db.one("SELECT name FROM app_user WHERE id = %(id)s", id=order.rep_id)
    return Tracking(
        order_id=order_id,
        number=order.number,
        partner=order.partner,
        rep=rep.name if rep else None,
        wanted_on=order.wanted_on,
        stage=_stage(order.state, truck),
        truck=truck,
        earlier=[each for each in trucks if each is not truck and each.state in GONE],
        later=[] if order.state == "cancelled" else _later(actor, order),
        events=_events(actor, order_id, trucks),
    )


def _events(actor: Actor, order_id: uuid.UUID, trucks: Sequence[Truck]) -> list[Happening]:
    documents = [order_id, *(each.id for each in trucks)]
    rows = actor.db.ask(EVENTS, company=actor.company_id, documents=documents, codes=list(SHOWN))
    return [
        Happening(row.at, row.code, row.params, row.who, None if row.document_id == order_id else row.document_id)
        for row in rows
    ]


def _trucks(actor: Actor, order_id: uuid.UUID) -> list[Truck]:
    ask, company = actor.db.ask, actor.company_id
    trucks = [Truck(*row) for row in ask(TRUCKS, company=company, order=order_id)]
    rows = ask(GOODS, company=company, deliveries=[truck.id for truck in trucks]) if trucks else []
    for truck in trucks:
        truck.goods = [
            Part(Named(row.name, row.name2), Named(row.unit, row.unit2), row.quantity)
            for row in rows
            if row.delivery_id == truck.id
        ]
    return trucks


def _present(trucks: Sequence[Truck]) -> Truck | None:
    for states in (("shipped",), ("planned", "picking", "packed"), ("delivered",)):
        found = [truck for truck in trucks if truck.state in states]
        if found:
            return found[-1]
    return None


def _stage(state: str, truck: Truck | None) -> str:
    if state == "cancelled":
        return "cancelled"
    if truck is None:
        return "ordered"
    return {"shipped": "on_the_way", "delivered": "received", "packed": "packed"}.get(truck.state, "ordered")


def _later(actor: Actor, order: Order) -> list[Part]:
    """What is on no truck yet, as it was promised; a day only where somebody has said one."""
    rows = actor.db.ask(ON_TRUCKS, company=actor.company_id, order=order.id)
    loaded = {row.order_line_id: row.quantity for row in rows}
    lines = {line.id: line for line in order.lines}
    parts = []
    for line_id, promised in promises_of(actor, order).items():
        line, on_truck = lines[line_id], loaded.get(line_id, NONE)
        for part in promised:
            here = min(on_truck, part.quantity)
            on_truck -= here
            if part.quantity > here:
                parts.append(Part(line.product, line.unit, part.quantity - here, part.on))
    return parts
