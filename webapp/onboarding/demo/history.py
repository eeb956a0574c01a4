"""Ninety days of trade: weekly buying, daily orders, deliveries the same day. The dice are seeded."""

import random
import uuid
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from webapp import crm, purchasing, sales
from webapp.crm.models import FollowUp
from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, look, moment
from webapp.onboarding.buying import Lot, receive_all
from webapp.partners import suppliers_of

from .goods import Firm, Good, Stocked

SEED = 20260101
SHORTEST = 120
LEAST, FULL = 40, 120
"""A product is bought again under LEAST, up to FULL."""
FAVOURITES = 14
YES = frozenset({"credit.limit"})
"""Warnings the history's people say yes to."""
SAID = ("都好，下周再要", "问了新品，想要样品", "米好用，继续订", "嫌到得晚，说了原因", "老样子，照旧")
"""What customers say in a call."""


class History:
    """The company's days. It keeps its own count of what is free, so as never to sell what is not there."""

    def __init__(self, crew: dict[str, Actor], stocked: Stocked, first: date, days: int) -> None:
        self.crew = crew
        self.stocked = stocked
        self.first = first
        self.last_called = first + timedelta(days=days - 2)
        self.dice = random.Random(SEED)  # noqa: S311 - dice, not a secret
        self.free: Counter[uuid.UUID] = Counter()
        self.by_id = {good.id: good for good in stocked.goods}
        self.favourites = {customer.id: self.dice.sample(stocked.goods, FAVOURITES) for customer in stocked.customers}

    def live(self, day: date) -> None:
        """One day: the first and each Monday buy, working days sell."""
        if day == self.first or day.weekday() == 0:
            self._buy(day)
        self._call(day)
        if calendar.is_working_day(day) or day.weekday() == 5:
            for _order in range(self.dice.randint(3, 5)):
                self.sell(day, self.dice.choice(self.stocked.customers))

    def _buy(self, day: date) -> None:
        short: dict[str, list[Good]] = {}
        for good in self.stocked.goods:
            if self.free[good.id] < LEAST:
                short.setdefault(good.supplier, []).append(good)
        for key, goods in short.items():
            self._purchase(day, self.stocked.suppliers[key], goods)

    def _purchase(self, day: date, supplier: Firm, goods: list[Good]) -> None:
        buyer, dock = self.crew["buyer"], self.crew["dock"]
        quantities = {good.id: FULL - self.free[good.id] + self.dice.randrange(0, 40, 5) for good in goods}
        wanted = [purchasing.Wanted(key, Decimal(quantity)) for key, quantity in quantities.items()]
        warehouse_id = self.stocked.warehouse_id

        def order_and_send(actor: Actor) -> uuid.UUID:
            order = purchasing.draft_order(
                actor, suppliers_of(actor).get(supplier.id), warehouse_id, day, wanted, on=day
            )
            purchasing.send_order(order, actor=actor)
            return order.id

        order_id = do(buyer, order_and_send, at=moment(buyer, day, 6, 30))
        shelf = self.dice.choice(self.stocked.shelves)
        do(
            dock,
            lambda actor: receive_all(actor, order_id, day, lot=lambda key: self._lot(key, day), location_id=shelf),
            at=moment(dock, day, 7, 15),
        )
        self.free.update(quantities)

    def _lot(self, product_id: uuid.UUID, day: date) -> Lot:
        good = self.by_id[product_id]
        if not good.shelf_days:
            return "", None
        return f"L{day:%y%m%d}", day + timedelta(days=max(good.shelf_days, SHORTEST))

    def _call(self, day: date) -> None:
        """Reps work off what was due; what is due in the last days still waits."""
        if day > self.last_called:
            return
        for login in ("rep", "rep2"):
            rep = self.crew[login]
            for due in look(rep, lambda actor: due_on(actor, day)):
                self._record(rep, due, day)

    def _record(self, rep: Actor, due: tuple[uuid.UUID, int], day: date) -> None:
        follow_up_id, version = due
        said = self.dice.choice(SAID)
        do(
            rep,
            lambda actor: crm.record_follow_up(
                actor,
                crm.follow_ups_of(actor).locked(follow_up_id),
                version,
                how="call",
                outcome=said,
                no_next_reason="常来下单",
            ),
            at=moment(rep, day, 16, 30),
        )

    def sell(self, day: date, customer: Firm) -> None:
        """An order taken, confirmed and shipped on its day."""
        rep = self.crew["rep" if self.dice.randrange(10) < 7 else "rep2"]
        wanted = self.wishes(customer, self.dice.randint(2, 5))
        if not wanted:
            return
        minute = self.dice.randrange(0, 50)
        order_id = do(
            rep,
            lambda actor: sales.draft_order(actor, customer.id, wanted, on=day, wanted_on=day, rep_id=actor.user.id),
            at=moment(rep, day, 9, minute),
        )
        do(
            rep,
            lambda actor: sales.confirm_order(actor, sales.orders_of(actor).locked(order_id), accepted=YES),
            at=moment(rep, day, 9, minute + 5),
        )
        dock = self.crew["dock"]
        delivery_id = do(
            dock,
            lambda actor: sales.ship_order(actor, sales.orders_of(actor).locked(order_id), on=day),
            at=moment(dock, day, 14, minute),
        )
        do(
            dock,
            lambda actor: sales.deliver(actor, sales.deliveries_of(actor).locked(delivery_id)),
            at=moment(dock, day, 16, minute),
        )

    def wishes(self, customer: Firm, lines: int) -> list[sales.Wanted]:
        """What a customer orders of what is free: mostly of its favourites."""
        chosen = self.dice.sample(self.favourites[customer.id], lines)
        wanted = []
        for good in chosen:
            quantity = min(self.dice.choice((2, 3, 4, 5, 6, 8, 10, 12)), self.free[good.id] - 2)
            if quantity > 0:
                self.free[good.id] -= quantity
                wanted.append(sales.Wanted(good.id, Decimal(quantity)))
        return wanted


def due_on(actor: Actor, day: date) -> list[tuple[uuid.UUID, int]]:
    """The actor's open follow-ups due by `day`: key and version."""
    rows = actor.session.execute(
        select(FollowUp.id, FollowUp.version)
        .where(FollowUp.rep_id == actor.user.id, FollowUp.due_on <= day, FollowUp.done_at.is_(None))
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    return [(row.id, row.version) for row in rows]
