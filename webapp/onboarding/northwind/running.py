"""Running all orders in date order: buy what the week needs, receive it, then confirm, ship and post each order."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from webapp import sales
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, moment
from webapp.onboarding.buying import receive_all
from webapp.partners import suppliers_of
from webapp.purchasing import Wanted, draft_order, send_order

from .bringing import Brought, bring_in
from .reading import Northwind, Order


def run(owner: Actor, data: Northwind) -> Iterator[Order]:
    """Bring everything in and run every order through the verbs; yields each order once it is posted."""
    brought = bring_in(owner, data)
    for _week, orders in groupby(data.orders, key=lambda order: order.day - timedelta(days=order.day.weekday())):
        week = list(orders)
        _buy(owner, brought, week)
        for order in week:
            _sell(brought, order)
            yield order


def _buy(owner: Actor, brought: Brought, week: list[Order]) -> None:
    """Buy from each supplier what the week's orders need, received on the day of its first order."""
    needed: dict[str, Counter[str]] = {}
    for order in week:
        for line in order.lines:
            supplier = brought.supplier_of[line.product]
            needed.setdefault(supplier, Counter())[line.product] += int(line.quantity)
    for supplier, products in sorted(needed.items(), key=lambda pair: int(pair[0])):
        _purchase(owner, brought, supplier, products, week[0].day)


def _purchase(owner: Actor, brought: Brought, supplier: str, products: Counter[str], day: date) -> None:
    wanted = [
        Wanted(brought.products[key], Decimal(quantity), brought.costs[key])
        for key, quantity in sorted(products.items(), key=lambda pair: int(pair[0]))
    ]

    def order_and_send(actor: Actor) -> uuid.UUID:
        order = draft_order(
            actor, suppliers_of(actor).get(brought.suppliers[supplier]), brought.warehouse_id, day, wanted, on=day
        )
        send_order(order, actor=actor)
        return order.id

    order_id = do(owner, order_and_send, at=moment(owner, day, 7))
    do(owner, lambda actor: receive_all(actor, order_id, day), at=moment(owner, day, 8))


def _sell(brought: Brought, order: Order) -> None:
    """Take, confirm and ship one order on its day, as the employee who took it."""
    rep = brought.reps[order.employee]
    wanted = [
        sales.Wanted(brought.products[line.product], line.quantity, line.price, line.discount) for line in order.lines
    ]
    partner_id = brought.customers[order.customer]

    def take(actor: Actor) -> uuid.UUID:
        return sales.draft_order(
            actor, partner_id, wanted, on=order.day, wanted_on=order.day, source=order.number, rep_id=actor.user.id
        )

    order_id = do(rep, take, at=moment(rep, order.day, 9))
    do(
        rep,
        lambda actor: sales.confirm_order(actor, sales.orders_of(actor).locked(order_id)),
        at=moment(rep, order.day, 10),
    )
    do(
        rep,
        lambda actor: sales.ship_order(actor, sales.orders_of(actor).locked(order_id), on=order.day),
        at=moment(rep, order.day, 11),
    )
