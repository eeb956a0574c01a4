"""What waits today, so that every role finds its next thing on Today."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from webapp import purchasing, sales
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, look, moment
from webapp.partners import suppliers_of

from . import leads
from .goods import Good
from .history import YES, History

RAISE = Decimal(6)
"""What Beihuang asks more for a bag of rice."""


def leave_waiting(history: History, today: date) -> None:
    """Leave something for each role: to answer, to agree, to receive, to pick, to buy, to finish."""
    crew = history.crew
    to_answer(history, today)
    coming(history, today)
    asks_another_price(history, today)
    for name in ("望湖宾馆", "麦田烘焙"):
        to_pick(history, today, name)
    short_of_cream(history, today)
    leads.hear(crew, today)
    rep = crew["rep"]
    customer = next(partner for partner in history.stocked.customers if partner.name.startswith("海岸线"))
    wanted = history.wishes(customer, 3)
    do(rep, lambda actor: sales.draft_order(actor, customer.id, wanted, rep_id=actor.user.id), at=moment(rep, today, 8))


def _ordered(history: History, today: date, supplier: str, goods: Sequence[Good], quantity: int) -> uuid.UUID:
    """A purchase order sent yesterday, wanted in two days."""
    buyer = history.crew["buyer"]
    firm = history.stocked.suppliers[supplier]
    wanted = [purchasing.Wanted(good.id, Decimal(quantity)) for good in goods]
    warehouse_id = history.stocked.warehouse_id

    def send(actor: Actor) -> uuid.UUID:
        order = purchasing.draft_order(
            actor, suppliers_of(actor).get(firm.id), warehouse_id, today + timedelta(days=2), wanted
        )
        return purchasing.send_order(order, actor=actor).id

    return do(buyer, send, at=moment(buyer, today - timedelta(days=1), 16, 40))


def _lines(actor: Actor, order_id: uuid.UUID) -> list[tuple[uuid.UUID, Decimal, Decimal]]:
    """The lines of an order as its supplier sees them: key, quantity, price."""
    views = purchasing.lines_of(actor, purchasing.orders_of(actor).get(order_id))
    return [(view.line.id, view.line.quantity, view.line.price) for view in views]


def _goods(history: History, *starts: str) -> list[Good]:
    return [good for start in starts for good in history.stocked.goods if good.name.startswith(start)]


def to_answer(history: History, today: date) -> None:
    """Greenspring has an order to answer."""
    _ordered(history, today, "lvyuan", _goods(history, "全脂牛奶", "马苏里拉", "奶油奶酪"), 40)


def coming(history: History, today: date) -> None:
    """Greenspring accepted another and has shipped it, with lots and expiry dates."""
    order_id = _ordered(history, today, "lvyuan", _goods(history, "无盐黄油", "炼乳"), 20)
    supplier = history.crew["supplier"]
    lines = look(supplier, lambda actor: _lines(actor, order_id))

    def accept(actor: Actor) -> None:
        replies = [purchasing.Reply(key, [purchasing.Part(quantity)]) for key, quantity, _price in lines]
        purchasing.answer_order(purchasing.orders_of(actor).locked(order_id), replies, actor=actor)

    def ship(actor: Actor) -> None:
        expires = today + timedelta(days=150)
        packed = [purchasing.Packed(key, quantity, f"GS{today:%y%m%d}", expires) for key, quantity, _price in lines]
        order = purchasing.orders_of(actor).locked(order_id)
        purchasing.notify_shipment(order, packed, expected_on=today, actor=actor, shipped_on=today)

    do(supplier, accept, at=moment(supplier, today - timedelta(days=1), 17, 5))
    do(supplier, ship)


def asks_another_price(history: History, today: date) -> None:
    """Beihuang wants more for the rice; the buyer must agree or keep the price."""
    order_id = _ordered(history, today, "beihuang", _goods(history, "五常大米", "小米"), 50)
    supplier = history.crew["supplier2"]
    lines = look(supplier, lambda actor: _lines(actor, order_id))
    asked = [(key, quantity, price + (RAISE if n == 0 else 0)) for n, (key, quantity, price) in enumerate(lines)]

    def answer(actor: Actor) -> None:
        replies = [
            purchasing.Reply(key, [purchasing.Part(quantity, None, price)], "新米上市，产地涨价")
            for key, quantity, price in asked
        ]
        purchasing.answer_order(purchasing.orders_of(actor).locked(order_id), replies, actor=actor)

    do(supplier, answer)


def to_pick(history: History, today: date, name: str) -> None:
    """A confirmed order, all in stock, for the dock to pick."""
    customer = next(partner for partner in history.stocked.customers if partner.name == name)
    _confirmed(history, today, customer.id, history.wishes(customer, 3))


def short_of_cream(history: History, today: date) -> None:
    """More cream than there is: an order at risk for the rep, a proposal for the buyer."""
    customer = next(partner for partner in history.stocked.customers if partner.name.startswith("福满楼"))
    cream, rice = _goods(history, "稀奶油")[0], _goods(history, "珍珠米")[0]
    wanted = [
        sales.Wanted(rice.id, Decimal(6)),
        sales.Wanted(cream.id, Decimal(history.free[cream.id] + 9)),
    ]
    _confirmed(history, today, customer.id, wanted)


def _confirmed(history: History, today: date, customer_id: uuid.UUID, wanted: Sequence[sales.Wanted]) -> None:
    rep = history.crew["rep"]
    order_id = do(
        rep,
        lambda actor: sales.draft_order(
            actor, customer_id, wanted, wanted_on=today + timedelta(days=2), rep_id=actor.user.id
        ),
    )
    do(rep, lambda actor: sales.confirm_order(actor, sales.orders_of(actor).locked(order_id), accepted=YES))
