"""What suppliers offer; purchase orders, the suppliers' answers line by line, shipment notices, receipts."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Document, Money, OfCompany, Price, Quantity, Rate, Row, belongs_to


class Supply(Row, Base):
    """What a supplier offers a product for: price for one stock unit, lead time, least quantity and multiple."""

    __tablename__ = "supply"
    product_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID]
    supplier_code: Mapped[str | None]
    price: Mapped[Price]
    lead_days: Mapped[int]
    least: Mapped[Quantity] = mapped_column(default=1)
    multiple: Mapped[Quantity] = mapped_column(default=1)
    __table_args__ = (
        CheckConstraint("price >= 0 AND lead_days >= 0 AND least > 0 AND multiple > 0", "figures"),
        belongs_to("product", "product_id"),
        belongs_to("partner", "partner_id"),
        Index("uq_supply_offer", "company_id", "product_id", "partner_id", unique=True),
        Index(None, "company_id", "partner_id"),
    )


class PurchaseOrder(Document, Base):
    """What we ordered from a supplier. States: see STATES in this package's `states.py`."""

    __tablename__ = "purchase_order"
    partner_id: Mapped[uuid.UUID]
    buyer_id: Mapped[uuid.UUID | None]
    warehouse_id: Mapped[uuid.UUID]
    day: Mapped[date]
    wanted_on: Mapped[date]
    answer_by: Mapped[datetime | None]
    prices_with_tax: Mapped[bool]
    total: Mapped[Money]
    note: Mapped[str | None]
    __table_args__ = (
        belongs_to("partner", "partner_id"),
        belongs_to("warehouse", "warehouse_id"),
        Index("uq_purchase_order_number", "company_id", "number", unique=True),
        Index(None, "company_id", "state", "id"),
        Index(None, "company_id", "partner_id", "id"),
    )


class PurchaseLine(Row, Base):
    """A product ordered; what was ordered never changes once it was sent. Quantities are kept apart.

    `accepted` is agreed by both sides, `waiting` countered by the supplier and not yet settled, `refused` will not come
    (refused by the supplier or withdrawn by the buyer). What is left of `quantity` waits for the supplier's answer.
    `shipped` is what notices announced, `received` what was taken into stock, `rejected` damaged or wrong goods.
    """

    __tablename__ = "purchase_line"
    order_id: Mapped[uuid.UUID]
    line: Mapped[int]
    product_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    price: Mapped[Price]
    vat_rate: Mapped[Rate]
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    wanted_on: Mapped[date]
    accepted: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    waiting: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    refused: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    shipped: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    received: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    rejected: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    invoiced: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity"),
        CheckConstraint("accepted + waiting + refused <= quantity", "answered"),
        CheckConstraint("least(accepted, waiting, refused, shipped, received, rejected, invoiced) >= 0", "figures"),
        belongs_to("purchase_order", "order_id"),
        belongs_to("product", "product_id"),
        Index("uq_purchase_line", "company_id", "order_id", "line", unique=True),
        Index("ix_purchase_line_product", "company_id", "product_id"),
        Index("ix_purchase_line_open", "company_id", "product_id", postgresql_where="received + refused < quantity"),
    )


class LineAnswer(Row, Base):
    """A split of a supplier's answer to a line: so many, on that day, at that price. Never overwrites what was ordered.

    `verdict`: accepted, countered (another date, quantity or price: the buyer agrees or declines) or refused.
    `settled`: agreed, declined (the order stands, the supplier is asked again) or withdrawn by the buyer; NULL while it
    waits.
    """

    __tablename__ = "line_answer"
    line_id: Mapped[uuid.UUID]
    round: Mapped[int]
    split: Mapped[int]
    verdict: Mapped[str]
    quantity: Mapped[Quantity]
    day: Mapped[date]
    price: Mapped[Price]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[uuid.UUID | None]
    op_id: Mapped[uuid.UUID | None]
    settled: Mapped[str | None]
    settled_by: Mapped[uuid.UUID | None]
    settled_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("verdict IN ('accepted', 'countered', 'refused')", "verdict"),
        CheckConstraint("settled IN ('agreed', 'declined', 'withdrawn')", "settled"),
        CheckConstraint("quantity > 0", "quantity"),
        belongs_to("purchase_line", "line_id"),
        Index("uq_line_answer_split", "company_id", "line_id", "round", "split", unique=True),
    )


class Shipment(Document, Base):
    """A supplier's shipment notice (ASN). Its number is what the dock scans."""

    __tablename__ = "shipment"
    partner_id: Mapped[uuid.UUID]
    order_id: Mapped[uuid.UUID]
    shipped_on: Mapped[date]
    expected_on: Mapped[date]
    carrier: Mapped[str | None]
    __table_args__ = (
        belongs_to("partner", "partner_id"),
        belongs_to("purchase_order", "order_id"),
        Index("uq_shipment_number", "company_id", "number", unique=True),
        Index(None, "company_id", "state", "id"),
        Index(None, "company_id", "order_id"),
        Index(None, "company_id", "partner_id", "id"),
    )


class Pallet(OfCompany, Base):
    """A pallet of a shipment, by the number on its label (SSCC). Which goods stand on it is not known."""

    __tablename__ = "pallet"
    shipment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sscc: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (
        CheckConstraint("sscc ~ '^[0-9]{18}$'", "sscc"),
        belongs_to("shipment", "shipment_id"),
        Index("ix_pallet_sscc", "company_id", "sscc"),
    )


class ShipmentLine(Row, Base):
    """Goods on their way, with lot and expiry as the supplier says; then what came of them.

    `received`, `damaged` (or wrong) and `missing` together are what the dock has dealt with.
    """

    __tablename__ = "shipment_line"
    shipment_id: Mapped[uuid.UUID]
    line: Mapped[int]
    order_line_id: Mapped[uuid.UUID]
    product_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    lot_code: Mapped[str] = mapped_column(default="", server_default="")
    expires_on: Mapped[date | None]
    received: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    damaged: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    missing: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity"),
        CheckConstraint("received >= 0 AND damaged >= 0 AND missing >= 0", "dealt_with"),
        belongs_to("shipment", "shipment_id"),
        belongs_to("purchase_line", "order_line_id"),
        Index("uq_shipment_line", "company_id", "shipment_id", "line", unique=True),
    )


class Receipt(Document, Base):
    """Goods taken in, posted at once: moves and voucher in one transaction.

    A receipt that reverses another (`reverses_id`) has the same lines and a negative value.
    """

    __tablename__ = "receipt"
    partner_id: Mapped[uuid.UUID]
    order_id: Mapped[uuid.UUID]
    shipment_id: Mapped[uuid.UUID | None]
    location_id: Mapped[uuid.UUID]
    day: Mapped[date]
    value: Mapped[Money]
    reverses_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        belongs_to("partner", "partner_id"),
        belongs_to("purchase_order", "order_id"),
        belongs_to("shipment", "shipment_id"),
        Index("uq_receipt_number", "company_id", "number", unique=True),
        Index(
            "uq_receipt_reverses", "company_id", "reverses_id", unique=True, postgresql_where="reverses_id IS NOT NULL"
        ),
        Index(None, "company_id", "partner_id", "day"),
        Index(None, "company_id", "order_id"),
        Index(None, "company_id", "shipment_id"),
    )


class ReceiptLine(Row, Base):
    """What was taken in of a line: good goods are stock, damaged and wrong ones are counted and not posted.

    `difference` is the first that holds of over, short, damaged and wrong. `promised_on` is the day the supplier had
    promised it for, kept for the on-time record.
    """

    __tablename__ = "receipt_line"
    receipt_id: Mapped[uuid.UUID]
    order_line_id: Mapped[uuid.UUID]
    shipment_line_id: Mapped[uuid.UUID | None]
    product_id: Mapped[uuid.UUID]
    lot_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    damaged: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    wrong: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    missing: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    value: Mapped[Money]
    difference: Mapped[str | None]
    promised_on: Mapped[date]
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND damaged >= 0 AND wrong >= 0 AND missing >= 0", "quantity"),
        CheckConstraint("difference IN ('over', 'short', 'damaged', 'wrong')", "difference"),
        belongs_to("receipt", "receipt_id"),
        belongs_to("purchase_line", "order_line_id"),
        ForeignKeyConstraint(["company_id", "shipment_line_id"], ["shipment_line.company_id", "shipment_line.id"]),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        Index(None, "company_id", "receipt_id"),
        Index(None, "company_id", "order_line_id"),
        Index(None, "company_id", "shipment_line_id"),
    )
