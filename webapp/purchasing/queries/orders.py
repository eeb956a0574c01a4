"""What can be asked of purchase orders. A supplier's user sees their own, from the moment they were sent."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from webapp.catalog.models import Product, Unit
from webapp.identity.models import User
from webapp.kernel import calendar, paging, search
from webapp.kernel.i18n import display_name
from webapp.kernel.models import TimelineEntry
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.agreed import Split, splits_of
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder, Supply
from webapp.purchasing.states import COMING, expected, unanswered

KIND = "purchasing.order"
LIVE = ("draft", "sent", *sorted(COMING), "refused")
"""States of orders somebody still has to do with."""


class Orders:
    """The purchase orders an actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def seen(self) -> list[ColumnElement[bool]]:
        """The conditions of what may be seen: the second wall."""
        if not self.actor.is_portal:
            return []
        mine = PurchaseOrder.partner_id == self.actor.partner_id
        return [mine, PurchaseOrder.state != "draft", self._was_sent()]

    def _was_sent(self) -> ColumnElement[bool]:
        return PurchaseOrder.answer_by.is_not(None)

    def get(self, order_id: uuid.UUID) -> PurchaseOrder:
        """The order. Raises NotFound where there is none, or not for this actor."""
        return self._one(select(PurchaseOrder).where(PurchaseOrder.id == order_id, *self.seen()))

    def locked(self, order_id: uuid.UUID) -> PurchaseOrder:
        """The order, held FOR UPDATE until the verb ends. Raises NotFound."""
        statement = select(PurchaseOrder).where(PurchaseOrder.id == order_id, *self.seen())
        return self._one(statement.with_for_update().execution_options(populate_existing=True))

    def _one(self, statement: Select[PurchaseOrder]) -> PurchaseOrder:
        order = None if self.actor.role == "customer" else self.actor.session.scalars(statement).one_or_none()
        if order is None:
            raise NotFound
        return order

    def page(
        self,
        mark: str | None = None,
        *,
        state: str | None = None,
        text: str = "",
        partner_id: uuid.UUID | None = None,
        size: int = paging.PAGE,
    ) -> paging.Page:
        """A page, newest first. `state`: one of them, `open` for all that are not at their end, None for all."""
        statement = self._list()
        if state == "open":
            statement = statement.where(PurchaseOrder.state.in_(LIVE))
        elif state:
            statement = statement.where(PurchaseOrder.state == state)
        if partner_id:
            statement = statement.where(PurchaseOrder.partner_id == partner_id)
        if text:
            ids = [key for _kind, key in search.find(self.actor, text, [KIND], 50)]
            statement = statement.where(PurchaseOrder.id.in_(ids))
        return paging.page(self.actor.session, statement, [PurchaseOrder.id], mark, size=size)

    def _list(self) -> Any:
        lines = (
            select(func.count())
            .where(PurchaseLine.company_id == PurchaseOrder.company_id, PurchaseLine.order_id == PurchaseOrder.id)
            .correlate(PurchaseOrder)
            .scalar_subquery()
        )
        columns = (
            *(PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.state, PurchaseOrder.day, PurchaseOrder.wanted_on),
            *(PurchaseOrder.total, PurchaseOrder.answer_by, PurchaseOrder.created_at, Partner.name, Partner.name2),
        )
        joined = select(*columns, lines.label("lines"), late_since(self.actor).label("late_since"))
        return joined.join(
            Partner, (Partner.company_id == PurchaseOrder.company_id) & (Partner.id == PurchaseOrder.partner_id)
        ).where(*self.seen())

    def count_open(self) -> int:
        """How many are not at their end."""
        statement = select(func.count()).select_from(PurchaseOrder).where(PurchaseOrder.state.in_(LIVE), *self.seen())
        return self.actor.session.scalar(statement) or 0

    def numbers(self, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The numbers of those of `ids` that may be seen."""
        statement = select(PurchaseOrder.id, PurchaseOrder.number).where(PurchaseOrder.id.in_(list(ids)), *self.seen())
        return {row.id: row.number for row in self.actor.session.execute(statement)}


def orders_of(actor: Actor) -> Orders:
    """The finder of purchase orders."""
    return Orders(actor)


def late_since(actor: Actor) -> Any:
    """The earliest promised (else wanted) day that is past, of lines whose goods are not all here; NULL if none is."""
    soonest, latest = func.min(LineAnswer.day), func.max(LineAnswer.day)
    agreed = (
        select(case((PurchaseLine.received > 0, latest), else_=soonest))
        .where(
            LineAnswer.company_id == PurchaseLine.company_id,
            LineAnswer.line_id == PurchaseLine.id,
            (LineAnswer.verdict == "accepted") | (LineAnswer.settled == "agreed"),
        )
        .correlate(PurchaseLine)
        .scalar_subquery()
    )
    due = func.coalesce(agreed, PurchaseLine.wanted_on)
    return (
        select(func.min(due))
        .where(
            PurchaseLine.company_id == PurchaseOrder.company_id,
            PurchaseLine.order_id == PurchaseOrder.id,
            PurchaseLine.received + PurchaseLine.refused < PurchaseLine.quantity,
            due < calendar.today(actor),
            PurchaseOrder.state.in_(COMING),
        )
        .correlate(PurchaseOrder)
        .scalar_subquery()
    )


@dataclass(slots=True)
class LineView:
    """A line as pages show it."""

    line: PurchaseLine
    name: str
    sku: str
    unit: str
    keeps_lots: bool
    supplier_code: str | None
    answers: list[LineAnswer] = field(default_factory=list)
    coming: Decimal = Decimal(0)
    """Announced and not dealt with yet."""

    @property
    def id(self) -> uuid.UUID:
        """The line's key."""
        return self.line.id

    @property
    def unanswered(self) -> Decimal:
        """What waits for the supplier's answer."""
        return unanswered(self.line)

    @property
    def asked(self) -> list[LineAnswer]:
        """What the supplier asks and nobody has decided."""
        return [answer for answer in self.answers if answer.verdict == "countered" and not answer.settled]

    @property
    def splits(self) -> list[Split]:
        """What holds: agreed parts by day, the rest as ordered."""
        return splits_of(self.line, self.answers)

    @property
    def promised(self) -> list[Split]:
        """The parts the supplier has said yes to, and we too."""
        return [split for split in self.splits if split.promised]

    @property
    def left(self) -> Decimal:
        """What is still to be shipped."""
        due = expected(self.line) - self.line.waiting - self.line.received - self.coming
        return max(due, Decimal(0))

    @property
    def due(self) -> Decimal:
        """What is still to be received."""
        return max(expected(self.line) - self.line.received, Decimal(0))


_ON_WAY = """
SELECT sl.order_line_id AS line, sum(sl.quantity - sl.received - sl.damaged - sl.missing) AS quantity
FROM shipment_line sl JOIN shipment s ON s.company_id = sl.company_id AND s.id = sl.shipment_id
WHERE sl.company_id = %(company)s AND s.order_id = %(order)s AND s.state IN ('shipped', 'arrived', 'partly_received')
GROUP BY sl.order_line_id"""


def lines_of(actor: Actor, order: PurchaseOrder) -> list[LineView]:
    """The lines of an order that `orders_of` gave, with names in the reader's language, answers and what is coming."""
    statement = (
        select(PurchaseLine, Product, Unit, Supply.supplier_code)
        .join(Product, (Product.company_id == PurchaseLine.company_id) & (Product.id == PurchaseLine.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .outerjoin(
            Supply,
            (Supply.company_id == PurchaseLine.company_id)
            & (Supply.product_id == PurchaseLine.product_id)
            & (Supply.partner_id == order.partner_id),
        )
        .where(PurchaseLine.order_id == order.id)
        .order_by(PurchaseLine.line)
    )
    views = [
        LineView(line, display_name(product), product.sku, display_name(unit), product.keeps_lots, code)
        for line, product, unit, code in actor.session.execute(statement)
    ]
    _with_answers(actor, views)
    coming = on_way(actor, order.id)
    for view in views:
        view.coming = coming.get(view.id, Decimal(0))
    return views


def on_way(actor: Actor, order_id: uuid.UUID) -> dict[uuid.UUID, Decimal]:
    """What is announced and not dealt with yet, by order line."""
    rows = actor.db.ask(_ON_WAY, company=actor.company_id, order=order_id)
    return {row.line: row.quantity for row in rows if row.quantity > 0}


def _with_answers(actor: Actor, views: Sequence[LineView]) -> None:
    by_line = {view.id: view for view in views}
    statement = select(LineAnswer).where(LineAnswer.line_id.in_(list(by_line)))
    for answer in actor.session.scalars(statement.order_by(LineAnswer.round, LineAnswer.split)):
        by_line[answer.line_id].answers.append(answer)


@dataclass(slots=True, frozen=True)
class Happened:
    """An entry of a document's history."""

    at: Any
    code: str
    kind: str
    document_id: uuid.UUID
    params: dict[str, Any]
    who: str | None


def history(actor: Actor, ids: Iterable[uuid.UUID], limit: int = 60) -> list[Happened]:
    """What happened to documents that the actor may see, newest first."""
    statement = (
        select(TimelineEntry, User.name)
        .outerjoin(User, User.id == TimelineEntry.user_id)
        .where(TimelineEntry.document_id.in_(list(ids)))
        .order_by(TimelineEntry.id.desc())
        .limit(limit)
    )
    return [
        Happened(entry.at, entry.code, entry.kind, entry.document_id, entry.params, who)
        for entry, who in actor.session.execute(statement)
    ]


def last_paid(actor: Actor, product_id: uuid.UUID, before: uuid.UUID) -> tuple[Decimal, date] | None:
    """The price of the last order of a product, other than `before`, and its day."""
    statement = (
        select(PurchaseLine.price, PurchaseOrder.day)
        .join(
            PurchaseOrder,
            (PurchaseOrder.company_id == PurchaseLine.company_id) & (PurchaseOrder.id == PurchaseLine.order_id),
        )
        .where(
            PurchaseLine.product_id == product_id,
            PurchaseOrder.id != before,
            PurchaseOrder.state.not_in(("draft", "cancelled", "refused")),
        )
        .order_by(PurchaseOrder.id.desc())
        .limit(1)
    )
    row = actor.session.execute(statement).first()
    return (row.price, row.day) if row else None


def has_supplier_user(actor: Actor, partner_id: uuid.UUID) -> bool:
    """Whether somebody at the supplier can open their orders here."""
    from webapp.identity.models import Membership

    statement = select(
        exists().where(
            Membership.company_id == actor.company_id,
            Membership.partner_id == partner_id,
            Membership.ended_at.is_(None),
        )
    )
    return bool(actor.session.scalar(statement))
