"""What can be asked of shipments and receipts. A supplier's user sees their own shipments; receipts are the house's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from webapp.catalog.models import Barcode, Product, Unit
from webapp.inventory.models import Location, Lot
from webapp.kernel import paging
from webapp.kernel.i18n import display_name
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import Pallet, PurchaseOrder, Receipt, ReceiptLine, Shipment, ShipmentLine
from webapp.purchasing.states import ON_THE_WAY


class Shipments:
    """The shipments an actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def seen(self) -> list[ColumnElement[bool]]:
        """The conditions of what may be seen: the second wall."""
        return [Shipment.partner_id == self.actor.partner_id] if self.actor.is_portal else []

    def get(self, shipment_id: uuid.UUID) -> Shipment:
        """The shipment. Raises NotFound where there is none, or not for this actor."""
        return self._one(select(Shipment).where(Shipment.id == shipment_id, *self.seen()))

    def locked(self, shipment_id: uuid.UUID) -> Shipment:
        """The shipment, held FOR UPDATE; lock its order first. Raises NotFound."""
        statement = select(Shipment).where(Shipment.id == shipment_id, *self.seen())
        return self._one(statement.with_for_update().execution_options(populate_existing=True))

    def _one(self, statement: Select[Shipment]) -> Shipment:
        shipment = None if self.actor.role == "customer" else self.actor.session.scalars(statement).one_or_none()
        if shipment is None:
            raise NotFound
        return shipment

    def page(self, mark: str | None = None, *, coming: bool = False, size: int = paging.PAGE) -> paging.Page:
        """A page, newest first; `coming`: only what is still to be received."""
        columns = (
            *(Shipment.id, Shipment.number, Shipment.state, Shipment.shipped_on, Shipment.expected_on),
            *(Shipment.carrier, Partner.name, Partner.name2, PurchaseOrder.number.label("order_number")),
        )
        statement = self._joined(select(*columns, _line_count(ShipmentLine.shipment_id, Shipment).label("lines")))
        if coming:
            statement = statement.where(Shipment.state.in_(ON_THE_WAY))
        return paging.page(self.actor.session, statement, [Shipment.id], mark, size=size)

    def _joined(self, statement: Select[Any]) -> Select[Any]:
        return (
            statement.join(
                PurchaseOrder,
                (PurchaseOrder.company_id == Shipment.company_id) & (PurchaseOrder.id == Shipment.order_id),
            )
            .join(Partner, (Partner.company_id == Shipment.company_id) & (Partner.id == Shipment.partner_id))
            .where(*self.seen())
        )

    def of_order(self, order_id: uuid.UUID) -> list[Shipment]:
        """The shipments of an order, oldest first."""
        statement = select(Shipment).where(Shipment.order_id == order_id, *self.seen()).order_by(Shipment.id)
        return list(self.actor.session.scalars(statement))

    def numbers(self, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The numbers of those of `ids` that may be seen."""
        statement = select(Shipment.id, Shipment.number).where(Shipment.id.in_(list(ids)), *self.seen())
        return {row.id: row.number for row in self.actor.session.execute(statement)}


def shipments_of(actor: Actor) -> Shipments:
    """The finder of shipments."""
    return Shipments(actor)


def _line_count(key: Any, head: type[Shipment] | type[Receipt]) -> Any:
    return select(func.count()).where(key == head.id).correlate(head).scalar_subquery()


@dataclass(slots=True)
class NoticeView:
    """A shipment's line as pages show it, with the codes that count it."""

    line: ShipmentLine
    name: str
    sku: str
    unit: str
    keeps_lots: bool

    @property
    def due(self) -> Decimal:
        """What the dock has not dealt with yet."""
        dealt_with = self.line.received + self.line.damaged + self.line.missing
        return max(self.line.quantity - dealt_with, Decimal(0))


def notices_of(actor: Actor, shipment: Shipment) -> list[NoticeView]:
    """The lines of a shipment that `shipments_of` gave, named in the reader's language."""
    statement = (
        select(ShipmentLine, Product, Unit)
        .join(Product, (Product.company_id == ShipmentLine.company_id) & (Product.id == ShipmentLine.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .where(ShipmentLine.shipment_id == shipment.id)
        .order_by(ShipmentLine.line)
    )
    return [
        NoticeView(line, display_name(product), product.sku, display_name(unit), product.keeps_lots)
        for line, product, unit in actor.session.execute(statement)
    ]


def pallets_of(actor: Actor, shipment: Shipment) -> list[str]:
    """The numbers of the pallets of a shipment that `shipments_of` gave."""
    statement = select(Pallet.sscc).where(Pallet.shipment_id == shipment.id).order_by(Pallet.sscc)
    return list(actor.session.scalars(statement))


def codes_of(actor: Actor, product_ids: Sequence[uuid.UUID]) -> dict[str, tuple[uuid.UUID, Decimal]]:
    """What counts as which product here: each barcode, own code and id, with how many stock units one scan adds."""
    ids = list(product_ids)
    own = select(Product.sku.label("code"), Product.id, literal(Decimal(1)).label("factor")).where(Product.id.in_(ids))
    codes = select(Barcode.code, Barcode.product_id, Barcode.factor).where(Barcode.product_id.in_(ids))
    rows = actor.session.execute(union_all(own, codes))
    found = {code.casefold(): (product_id, Decimal(factor)) for code, product_id, factor in rows}
    return {str(key): (key, Decimal(1)) for key in ids} | found


class Receipts:
    """The receipts an actor may see: the house's own people only."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get(self, receipt_id: uuid.UUID) -> Receipt:
        """The receipt. Raises NotFound."""
        return self._one(select(Receipt).where(Receipt.id == receipt_id))

    def locked(self, receipt_id: uuid.UUID) -> Receipt:
        """The receipt, held FOR UPDATE; lock its order first. Raises NotFound."""
        statement = select(Receipt).where(Receipt.id == receipt_id)
        return self._one(statement.with_for_update().execution_options(populate_existing=True))

    def _one(self, statement: Select[Receipt]) -> Receipt:
        receipt = None if self.actor.is_portal else self.actor.session.scalars(statement).one_or_none()
        if receipt is None:
            raise NotFound
        return receipt

    def page(self, mark: str | None = None, *, size: int = paging.PAGE) -> paging.Page:
        """A page, newest first."""
        columns = (
            *(Receipt.id, Receipt.number, Receipt.state, Receipt.day, Receipt.value),
            *(Partner.name, Partner.name2, PurchaseOrder.number.label("order_number")),
        )
        statement = (
            select(*columns, _line_count(ReceiptLine.receipt_id, Receipt).label("lines"))
            .join(
                PurchaseOrder, (PurchaseOrder.company_id == Receipt.company_id) & (PurchaseOrder.id == Receipt.order_id)
            )
            .join(Partner, (Partner.company_id == Receipt.company_id) & (Partner.id == Receipt.partner_id))
        )
        return paging.page(self.actor.session, statement, [Receipt.id], mark, size=size)

    def of_order(self, order_id: uuid.UUID) -> list[Receipt]:
        """The receipts of an order, oldest first; none for a portal user."""
        if self.actor.is_portal:
            return []
        statement = select(Receipt).where(Receipt.order_id == order_id).order_by(Receipt.id)
        return list(self.actor.session.scalars(statement))

    def numbers(self, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The numbers of those of `ids` that may be seen."""
        if self.actor.is_portal:
            return {}
        statement = select(Receipt.id, Receipt.number).where(Receipt.id.in_(list(ids)))
        return {row.id: row.number for row in self.actor.session.execute(statement)}


def receipts_of(actor: Actor) -> Receipts:
    """The finder of receipts."""
    return Receipts(actor)


@dataclass(slots=True, frozen=True)
class TakenIn:
    """A receipt's line as pages show it."""

    line: ReceiptLine
    name: str
    sku: str
    unit: str
    lot: Lot


def taken_in(actor: Actor, receipt: Receipt) -> list[TakenIn]:
    """The lines of a receipt that `receipts_of` gave, named in the reader's language, with their lots."""
    statement = (
        select(ReceiptLine, Product, Unit, Lot)
        .join(Product, (Product.company_id == ReceiptLine.company_id) & (Product.id == ReceiptLine.product_id))
        .join(Unit, (Unit.company_id == Product.company_id) & (Unit.id == Product.unit_id))
        .join(Lot, (Lot.company_id == ReceiptLine.company_id) & (Lot.id == ReceiptLine.lot_id))
        .where(ReceiptLine.receipt_id == receipt.id)
        .order_by(ReceiptLine.id)
    )
    return [
        TakenIn(line, display_name(product), product.sku, display_name(unit), lot)
        for line, product, unit, lot in actor.session.execute(statement)
    ]


def places_to_receive(actor: Actor, warehouse_id: uuid.UUID) -> list[Location]:
    """The warehouse's places, where goods arrive first."""
    statement = select(Location).where(
        Location.warehouse_id == warehouse_id,
        Location.archived_at.is_(None),
        Location.kind.in_(("receiving", "stock", "blocked")),
    )
    return list(actor.session.scalars(statement.order_by(Location.kind != "receiving", Location.code).limit(200)))
