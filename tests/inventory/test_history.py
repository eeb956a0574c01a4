"""Histories that Hypothesis makes up, beside a plain model: after each step the ledger, balances and books agree."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import TODAY, bring, leave, place, stock_at, stock_differences, wanted, worth
from tests.support.world import a_company, act, look
from webapp.inventory import Filled, Key, adjust, count, fill, release, transfer, undo_count, undo_transfer
from webapp.inventory.models import Demand, Move, Reservation, StockCount
from webapp.inventory.verbs.plain import NotPlain
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor

PLACES = ("A-01-1", "B-01-1", "RECV", "Q-01")
places = st.sampled_from(PLACES)
lots = st.sampled_from(("", "L1", "L2"))
amounts = st.decimals("0.5", "9", places=1)
values = st.decimals("0", "99.99", places=2)
CENT = Decimal("0.01")


class History(RuleBasedStateMachine):
    """One product at four places in three lots; Q-01 is blocked."""

    session: Session

    @initialize()
    def begin(self) -> None:
        self.owner: Actor = a_company(self.session)
        self.product: UUID = a_product(self.owner).id
        self.where = {code: place(self.owner, code) for code in PLACES}
        self.lots: dict[str, UUID] = {}
        self.there: dict[tuple[str, str], Decimal] = {}
        self.held, self.value = Decimal(0), Decimal(0)
        self.demands: dict[UUID, tuple[Decimal, Decimal]] = {}
        self.counts: list[tuple[UUID, str, str, Decimal]] = []
        self.transfers: list[tuple[UUID, str, str, str, Decimal]] = []

    def lot(self, name: str) -> UUID:
        return self.lots.get(name, self.product)

    def refused(self, work: Any, *codes: str) -> bool:
        try:
            act(self.owner, work)
        except Refused as refused:
            if refused.code in codes:
                return True
            raise
        return False

    def shift(self, lot: str, source: str, target: str, quantity: Decimal) -> None:
        self.there[source, lot] = self.there.get((source, lot), Decimal(0)) - quantity
        self.there[target, lot] = self.there.get((target, lot), Decimal(0)) + quantity

    def goes(self, quantity: Decimal) -> Decimal:
        """The value of what goes out, by the plain rule."""
        whole = quantity == self.held
        cost = self.value if whole else (self.value * quantity / self.held).quantize(CENT, ROUND_HALF_UP)
        self.held, self.value = self.held - quantity, self.value - cost
        return cost

    @rule(lot=lots, to=places, quantity=amounts, value=values)
    def goods_come(self, lot: str, to: str, quantity: Decimal, value: Decimal) -> None:
        self.lots[lot] = bring(self.owner, self.product, str(quantity), str(value), to=to, lot=lot)
        self.there[to, lot] = self.there.get((to, lot), Decimal(0)) + quantity
        self.held, self.value = self.held + quantity, self.value + value

    @rule(lot=lots, source=places, to=places, quantity=amounts, offline=st.booleans())
    def goods_are_moved(self, lot: str, source: str, to: str, quantity: Decimal, offline: bool) -> None:
        made: list[UUID] = []
        there = self.there.get((source, lot), Decimal(0))
        if lot not in self.lots:
            return
        ids = {"product_id": self.product, "lot_id": self.lot(lot), "quantity": quantity}
        ids |= {"from_id": self.where[source], "to_id": self.where[to]}

        def go(**how: bool) -> bool:
            return self.refused(
                lambda actor: made.append(transfer(actor, **ids, **how)), "location.same", "stock.short"
            )

        try:
            refused = go(offline=True) if offline else go(look_first=False)
        except NotPlain:
            refused = go()
        assert refused == (source == to or (quantity > there and not offline))
        if not refused:
            found = max(quantity - there, Decimal(0))
            self.there[source, lot] = there + found
            self.held += found
            self.shift(lot, source, to, quantity)
            self.transfers.append((made[-1], lot, source, to, quantity))

    @precondition(lambda self: self.transfers)
    @rule()
    def a_transfer_is_taken_back(self) -> None:
        key, lot, source, target, quantity = self.transfers.pop()
        short = self.there[target, lot] < quantity
        refused = self.refused(
            lambda actor: undo_transfer(actor, actor.session.get_one(Move, (actor.company_id, key))), "stock.short"
        )
        assert refused == short
        if not refused:
            self.shift(lot, target, source, quantity)

    @rule(quantity=amounts)
    def somebody_waits(self, quantity: Decimal) -> None:
        free = self.usable() - sum((kept for _wanted, kept in self.kept().values()), Decimal(0))
        key = wanted(self.owner, self.product, str(quantity))
        assert self.kept()[key] == (quantity, min(quantity, free))

    @precondition(lambda self: self.kept())
    @rule(data=st.data())
    def an_order_is_cancelled(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.kept())))
        act(self.owner, lambda actor: release(actor, [key]))
        assert key not in self.kept()

    @precondition(lambda self: any(kept for _wanted, kept in self.kept().values()))
    @rule(data=st.data())
    def what_is_kept_is_shipped(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(k for k, (_wanted, kept) in self.kept().items() if kept)))
        line, parts = look(self.owner, lambda actor: reserved_parts(actor, key))

        def ship(actor: Actor) -> Decimal:
            fill(actor, [Filled(line, at.location_id, at.lot_id, quantity) for at, quantity in parts])
            return sum((leave(actor, at, quantity) for at, quantity in parts), Decimal(0))

        cost = act(self.owner, ship)
        codes, names = {v: k for k, v in self.where.items()}, {v: k for k, v in self.lots.items()}
        expected = Decimal(0)
        for at, quantity in parts:
            self.there[codes[at.location_id], names.get(at.lot_id, "")] -= quantity
            expected += self.goes(quantity)
        assert cost == expected

    @rule(lot=lots, at=places, difference=st.decimals("-6", "6", places=1).filter(bool))
    def it_is_counted_differently(self, lot: str, at: str, difference: Decimal) -> None:
        there = self.there.get((at, lot), Decimal(0))
        if lot not in self.lots:
            return
        key = Key(self.where[at], self.product, self.lot(lot))
        refused = self.refused(lambda actor: adjust(actor, key, difference, "count", on=TODAY), "stock.short")
        assert refused == (there + difference < 0)
        if refused:
            return
        self.there[at, lot] = there + difference
        if difference < 0:
            self.goes(-difference)
        elif self.held:
            gain = (self.value * difference / self.held).quantize(CENT, ROUND_HALF_UP)
            self.held, self.value = self.held + difference, self.value + gain
        else:
            self.held += difference

    @rule(lot=lots, at=places, counted=amounts, at_once=st.booleans())
    def it_is_counted(self, lot: str, at: str, counted: Decimal, at_once: bool) -> None:
        if lot not in self.lots:
            return
        there = self.there.get((at, lot), Decimal(0))
        key = Key(self.where[at], self.product, self.lot(lot))
        found = act(self.owner, lambda actor: count(actor, key, counted, "count", shown=there))
        self.counts.append((found.id, lot, at, counted - there))
        before = self.value
        self.differs(at, lot, counted - there)
        if at_once:
            self.a_count_is_taken_back()
            assert self.value == before

    @precondition(lambda self: self.counts)
    @rule()
    def a_count_is_taken_back(self) -> None:
        key, lot, at, difference = self.counts.pop()
        act(self.owner, lambda actor: undo_count(actor, actor.session.get_one(StockCount, (actor.company_id, key))))
        self.differs(at, lot, max(-difference, -self.there[at, lot]))

    def differs(self, at: str, lot: str, difference: Decimal) -> None:
        """What it is worth depends on what counts explain, and on what was sold since: stock and books agree on it."""
        self.there[at, lot] = self.there.get((at, lot), Decimal(0)) + difference
        self.held += difference
        self.value = worth(self.owner, self.product)[1]

    def usable(self) -> Decimal:
        return sum((quantity for (at, _lot), quantity in self.there.items() if at != "Q-01"), Decimal(0))

    def kept(self) -> dict[UUID, tuple[Decimal, Decimal]]:
        """What each living demand still wants, and has."""
        rows = look(
            self.owner,
            lambda actor: actor.session.execute(
                select(Demand.id, Demand.quantity - Demand.filled, Demand.reserved).where(
                    Demand.cancelled_at.is_(None), Demand.quantity > Demand.filled
                )
            ).all(),
        )
        return {key: (wanted, kept) for key, wanted, kept in rows}

    @invariant()
    def all_agree(self) -> None:
        assert stock_differences(self.owner) == []
        totals: dict[str, Decimal] = {}
        for (at, _lot), quantity in self.there.items():
            totals[at] = totals.get(at, Decimal(0)) + quantity
        assert {at: q for at, (q, _r) in stock_at(self.owner, self.product).items()} == {
            at: q for at, q in totals.items() if q
        }
        if self.there:
            assert worth(self.owner, self.product) == (self.held, self.value)
        kept = self.kept().values()
        free = self.usable() - sum((k for _w, k in kept), Decimal(0))
        assert free == 0 or all(w == k for w, k in kept), "goods lie free while somebody waits for them"


def reserved_parts(actor: Actor, demand_id: UUID) -> tuple[UUID, list[tuple[Key, Decimal]]]:
    rows = actor.session.scalars(select(Reservation).where(Reservation.demand_id == demand_id)).all()
    line = actor.session.scalars(select(Demand.line_id).where(Demand.id == demand_id)).one()
    return line, [(Key(row.location_id, row.product_id, row.lot_id), row.quantity) for row in rows if row.quantity]


def walk(session: Session, examples: int, steps: int) -> None:
    History.session = session
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.ledger
def test_short_histories(session: Session) -> None:
    walk(session, examples=12, steps=14)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.ledger
def test_long_histories(session: Session) -> None:
    walk(session, examples=150, steps=50)
