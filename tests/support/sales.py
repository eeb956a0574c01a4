"""Selling in one line: an order of a customer's at any point of its way, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.support.catalog import a_product
from tests.support.inventory import bring
from tests.support.partners import a_customer
from tests.support.world import a_company, a_member, act, look
from webapp.catalog.models import Product
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.sales import (
    DeliveryNote,
    Order,
    Wanted,
    close_rest,
    confirm_order,
    deliveries_of,
    draft_order,
    invoice_order,
    orders_of,
    plan_delivery,
    reverse_delivery,
    ship_delivery,
    ship_order,
)

Line = tuple[Any, ...]
"""A product, how many, and if one likes a price and a discount."""


@dataclass
class Shop:
    """A company that sells: its owner, a rep, a storekeeper, a customer, and goods on the shelf."""

    owner: Actor
    rep: Actor
    storekeeper: Actor
    customer: Partner
    goods: list[Product] = field(default_factory=list)


def a_shop(session: Any, *stock: int | str, **policies: Any) -> Shop:
    """A shop with a product for each of `stock`, so many on the shelf, bought at 10.00 and sold at 100.00."""
    owner = a_company(session, **policies)
    rep, storekeeper = a_member(owner, "sales"), a_member(owner, "warehouse")
    goods = [a_product(owner, price=Decimal(100), vat_rate=Decimal("0.13")) for _ in stock]
    for product, quantity in zip(goods, stock, strict=True):
        if Decimal(quantity):
            bring(owner, product.id, quantity, Decimal(quantity) * 10)
    return Shop(owner, rep, storekeeper, a_customer(owner, "福满楼大酒店"), goods)


def drafted(actor: Actor, customer: Partner, *lines: Line, **known: Any) -> UUID:
    """A draft of these lines."""
    wanted = [
        Wanted(
            line[0].id,
            Decimal(line[1]),
            Decimal(line[2]) if len(line) > 2 else None,
            Decimal(line[3]) if len(line) > 3 else Decimal(0),
        )
        for line in lines
    ]
    return act(actor, lambda acting: draft_order(acting, customer.id, wanted, **known))


def confirm(actor: Actor, order_id: UUID, **known: Any) -> Any:
    """Confirm it; returns the promises by line."""
    return act(actor, lambda acting: confirm_order(acting, orders_of(acting).locked(order_id), **known), hot=True)


def confirmed(actor: Actor, customer: Partner, *lines: Line, **known: Any) -> UUID:
    """A confirmed order of these lines."""
    order_id = drafted(actor, customer, *lines, **known)
    confirm(actor, order_id)
    return order_id


def ship(actor: Actor, order_id: UUID, on: date | None = None, **known: Any) -> UUID:
    """All that is reserved goes out at once."""
    return act(actor, lambda acting: ship_order(acting, orders_of(acting).locked(order_id), on, **known), hot=True)


def plan(actor: Actor, order_id: UUID, **known: Any) -> UUID:
    """What is reserved is put on a delivery to be picked."""
    return act(actor, lambda acting: plan_delivery(acting, orders_of(acting).locked(order_id), **known))


def send(actor: Actor, delivery_id: UUID, on: date | None = None, **known: Any) -> None:
    """A planned delivery leaves."""

    def work(acting: Actor) -> None:
        delivery = deliveries_of(acting).locked(delivery_id)
        ship_delivery(acting, delivery, orders_of(acting).get(delivery.order_id), on, **known)

    act(actor, work, hot=True)


def bill(actor: Actor, order_id: UUID, **known: Any) -> UUID:
    """What has shipped is invoiced."""
    return act(actor, lambda acting: invoice_order(acting, orders_of(acting).locked(order_id), **known), hot=True)


def close(actor: Actor, order_id: UUID, **known: Any) -> None:
    """The rest of it will not come."""
    act(actor, lambda acting: close_rest(acting, orders_of(acting).locked(order_id), **known))


def take_back(actor: Actor, delivery_id: UUID, **known: Any) -> UUID:
    """The delivery is reversed."""

    def work(acting: Actor) -> UUID:
        delivery = deliveries_of(acting).locked(delivery_id)
        return reverse_delivery(acting, delivery, orders_of(acting).get(delivery.order_id), **known)

    return act(actor, work)


def order_now(actor: Actor, order_id: UUID) -> Order:
    """The order as it stands."""
    return look(actor, lambda asking: orders_of(asking).get(order_id))


def delivery_now(actor: Actor, delivery_id: UUID) -> DeliveryNote:
    """The delivery as it stands."""
    return look(actor, lambda asking: deliveries_of(asking).get(delivery_id))


def differences(actor: Actor) -> list[str]:
    """What `verify` finds wrong in the company."""
    return look(
        actor,
        lambda asking: [f"{check.name}: {one}" for check in registers.checks for one in check.differences(asking)],
    )


def timeline_of(actor: Actor, document_id: UUID) -> Sequence[str]:
    """The codes on a document's timeline, oldest first."""
    asked = "SELECT code FROM timeline WHERE company_id = %(c)s AND document_id = %(d)s ORDER BY id"
    return [row.code for row in look(actor, lambda asking: asking.db.ask(asked, c=asking.company_id, d=document_id))]
