"""What can be asked of planning: what is missing where, and the proposals that answer it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from webapp.catalog.models import Product, Unit
from webapp.inventory import availability
from webapp.inventory.models import Demand
from webapp.kernel import paging
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing import Incoming, incoming

from .models import Proposal
from .net import Due, Position


@dataclass(slots=True, frozen=True)
class Waiting:
    """A demand that is not covered: how many are missing, by when, for which document."""

    product_id: uuid.UUID
    quantity: Decimal
    wanted_on: date
    kind: str
    document_id: uuid.UUID


@dataclass(slots=True)
class Planned:
    """A product as planning sees it."""

    product: Product
    position: Position
    waiting: list[Waiting]
    incoming: list[Incoming]


def to_plan(actor: Actor) -> list[uuid.UUID]:
    """Every product that may be missing: waited for, with a level to keep, or with an open proposal."""
    waited = select(Demand.product_id).where(_waits())
    levels = select(Product.id).where(
        Product.archived_at.is_(None), or_(Product.reorder_point > 0, Product.safety_stock > 0)
    )
    proposed = select(Proposal.product_id).where(Proposal.state == "open")
    return sorted({key for statement in (waited, levels, proposed) for key in actor.session.scalars(statement)})


def _waits() -> ColumnElement[bool]:
    return Demand.cancelled_at.is_(None) & (Demand.reserved + Demand.filled < Demand.quantity)


def positions(actor: Actor, product_ids: Iterable[uuid.UUID]) -> list[Planned]:
    """How products stand: what waits for them, what is free, what is coming. A handful of queries for all."""
    ids = sorted(set(product_ids))
    waiting = _waiting(actor, ids)
    there = availability(actor, ids, incoming=False)
    coming = incoming(actor, ids)
    products = actor.session.scalars(select(Product).where(Product.id.in_(ids), Product.archived_at.is_(None)))
    return [
        Planned(
            product,
            Position(
                free=there[product.id].free,
                demand=[Due(each.quantity, each.wanted_on) for each in waiting[product.id]],
                coming=[Due(each.quantity, each.on) for each in coming[product.id]],
                reorder_point=product.reorder_point,
                safety_stock=product.safety_stock,
            ),
            waiting[product.id],
            coming[product.id],
        )
        for product in products
    ]


def _waiting(actor: Actor, product_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Waiting]]:
    missing = Demand.quantity - Demand.reserved - Demand.filled
    statement = (
        select(Demand.product_id, missing.label("missing"), Demand.wanted_on, Demand.kind, Demand.document_id)
        .where(Demand.product_id.in_(product_ids), _waits())
        .order_by(Demand.wanted_on, Demand.id)
    )
    found: dict[uuid.UUID, list[Waiting]] = defaultdict(list)
    for row in actor.session.execute(statement):
        found[row.product_id].append(Waiting(*row))
    return found


@dataclass(slots=True, frozen=True)
class ProposalView:
    """A proposal as pages show it: names in the reader's language, documents by their numbers."""

    proposal: Proposal
    product: str
    sku: str
    unit: str
    partner: str | None
    documents: list[tuple[str, uuid.UUID, str]]

    @property
    def id(self) -> uuid.UUID:
        """Its key."""
        return self.proposal.id

    @property
    def why(self) -> dict[str, Any]:
        """The figures it came from."""
        return self.proposal.why

    @property
    def numbers(self) -> str:
        """The documents it is for, by their numbers."""
        return ", ".join(number for _kind, _id, number in self.documents)


class Proposals:
    """The proposals an actor may see: the house's own people only."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def locked(self, ids: Sequence[uuid.UUID]) -> list[Proposal]:
        """The proposals, held FOR UPDATE, sorted. Raises NotFound where one is not there."""
        statement = select(Proposal).where(Proposal.id.in_(list(ids))).order_by(Proposal.id).with_for_update()
        found = list(self.actor.session.scalars(statement.execution_options(populate_existing=True)))
        if self.actor.is_portal or not ids or len(found) != len(set(ids)):
            raise NotFound
        return found

    def get(self, proposal_id: uuid.UUID) -> ProposalView:
        """A proposal. Raises NotFound."""
        rows = [] if self.actor.is_portal else self._views(_joined().where(Proposal.id == proposal_id))
        if not rows:
            raise NotFound
        return rows[0]

    def open(self, limit: int = 100) -> list[ProposalView]:
        """The open ones, the most urgent first."""
        if self.actor.is_portal:
            return []
        statement = _joined().where(Proposal.state == "open").order_by(Proposal.wanted_on, Proposal.id).limit(limit)
        return self._views(statement)

    def page(self, mark: str | None = None, *, size: int = paging.PAGE) -> tuple[list[ProposalView], str | None]:
        """A page of all, newest first, and the mark of the next."""
        found = paging.page(self.actor.session, _joined(), [Proposal.id], mark, size=size)
        return self._named(found.rows), found.next

    def _views(self, statement: Any) -> list[ProposalView]:
        return self._named(list(self.actor.session.execute(statement)))

    def _named(self, rows: Sequence[Any]) -> list[ProposalView]:
        numbers = document_numbers(self.actor, [row.Proposal.why for row in rows])
        return [
            ProposalView(
                proposal=row.Proposal,
                product=display_name(row.Product),
                sku=row.Product.sku,
                unit=display_name(row.Unit),
                partner=display_name(row.Partner) if row.Partner else None,
                documents=[
                    (each["kind"], uuid.UUID(each["id"]), numbers[each["id"]])
                    for each in row.Proposal.why.get("for", [])
                    if each["id"] in numbers
                ],
            )
            for row in rows
        ]


def _joined() -> Any:
    return (
        select(Proposal, Product, Unit, Partner, Proposal.id)
        .join(Product, (Product.company_id == Proposal.company_id) & (Product.id == Proposal.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .outerjoin(Partner, (Partner.company_id == Proposal.company_id) & (Partner.id == Proposal.partner_id))
    )


def proposals_of(actor: Actor) -> Proposals:
    """The finder of proposals."""
    return Proposals(actor)


def document_numbers(actor: Actor, whys: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The numbers of the documents that proposals are for, by id, one query a kind."""
    by_kind: dict[str, set[uuid.UUID]] = defaultdict(set)
    for why in whys:
        for each in why.get("for", []):
            by_kind[each["kind"]].add(uuid.UUID(each["id"]))
    found: dict[str, str] = {}
    for kind, ids in by_kind.items():
        document = registers.documents.get(kind)
        if document and document.identify:
            found |= {str(key): number for key, number in document.identify(actor, sorted(ids)).items()}
    return found
