"""Sales orders, deliveries and invoices."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Document, Money, Price, Quantity, Rate, Row, belongs_to


class SalesOrder(Document, Base):
    """What a customer ordered. `split` says whether short lines follow later or all waits to go together."""

    __tablename__ = "sales_order"
    partner_id: Mapped[uuid.UUID]
    rep_id: Mapped[uuid.UUID | None]
    day: Mapped[date]
    wanted_on: Mapped[date]
    prices_with_tax: Mapped[bool]
    split: Mapped[bool] = mapped_column(default=True)
    net: Mapped[Money] = mapped_column(default=0)
    vat: Mapped[Money] = mapped_column(default=0)
    gross: Mapped[Money] = mapped_column(default=0)
    source: Mapped[str | None]
    """The number it had where it was imported from."""
    note: Mapped[str | None]
    __table_args__ = (
        belongs_to("partner", "partner_id"),
        Index("uq_sales_order_number", "company_id", "number", unique=True),
        Index(None, "company_id", "state", "id"),
        Index(None, "company_id", "partner_id", "id"),
        Index(None, "company_id", "rep_id", "id"),
    )


class SalesLine(Row, Base):
    """A product sold; `discount` is a share of one. Quantities are kept apart: ordered, shipped, invoiced, returned,
    closed (ordered, and will not come).
    """

    __tablename__ = "sales_line"
    order_id: Mapped[uuid.UUID]
    line: Mapped[int]
    product_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    price: Mapped[Price]
    discount: Mapped[Rate] = mapped_column(default=0, server_default="0")
    vat_rate: Mapped[Rate]
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    shipped: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    invoiced: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    returned: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    closed: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    __table_args__ = (
        CheckConstraint("quantity > 0 AND price >= 0", "figures"),
        CheckConstraint("discount >= 0 AND discount <= 1", "discount"),
        CheckConstraint("closed >= 0 AND shipped + closed <= quantity AND invoiced <= shipped", "done"),
        belongs_to("sales_order", "order_id"),
        belongs_to("product", "product_id"),
        Index("uq_sales_line", "company_id", "order_id", "line", unique=True),
        Index(None, "company_id", "product_id"),
    )


class Delivery(Document, Base):
    """Goods going to a customer: planned, picked, packed, shipped, delivered."""

    __tablename__ = "delivery"
    order_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID]
    day: Mapped[date]
    net: Mapped[Money] = mapped_column(default=0)
    vat: Mapped[Money] = mapped_column(default=0)
    gross: Mapped[Money] = mapped_column(default=0)
    cost: Mapped[Money] = mapped_column(default=0)
    carrier: Mapped[str | None]
    plate: Mapped[str | None]
    driver_phone: Mapped[str | None]
    reverses_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        belongs_to("sales_order", "order_id"),
        belongs_to("partner", "partner_id"),
        Index("uq_delivery_number", "company_id", "number", unique=True),
        Index(None, "company_id", "state", "id"),
        Index(None, "company_id", "order_id"),
        Index(None, "company_id", "partner_id", "id"),
    )


class DeliveryLine(Row, Base):
    """Goods of one lot from one location; `picked` counts what was scanned, amounts are posted when shipped."""

    __tablename__ = "delivery_line"
    delivery_id: Mapped[uuid.UUID]
    order_line_id: Mapped[uuid.UUID]
    product_id: Mapped[uuid.UUID]
    lot_id: Mapped[uuid.UUID]
    location_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    picked: Mapped[Quantity] = mapped_column(default=0, server_default="0")
    net: Mapped[Money] = mapped_column(default=0, server_default="0")
    vat: Mapped[Money] = mapped_column(default=0, server_default="0")
    gross: Mapped[Money] = mapped_column(default=0, server_default="0")
    cost: Mapped[Money] = mapped_column(default=0, server_default="0")
    __table_args__ = (
        CheckConstraint("quantity > 0 AND picked >= 0", "quantity"),
        belongs_to("delivery", "delivery_id"),
        belongs_to("sales_line", "order_line_id"),
        belongs_to("product", "product_id"),
        belongs_to("lot", "lot_id"),
        belongs_to("location", "location_id"),
        Index(None, "company_id", "delivery_id"),
        Index(None, "company_id", "order_line_id"),
    )


class Invoice(Document, Base):
    """A sales invoice over what was shipped. Revenue was posted with the delivery; this bills it."""

    __tablename__ = "invoice"
    order_id: Mapped[uuid.UUID]
    partner_id: Mapped[uuid.UUID]
    day: Mapped[date]
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    __table_args__ = (
        belongs_to("sales_order", "order_id"),
        belongs_to("partner", "partner_id"),
        Index("uq_invoice_number", "company_id", "number", unique=True),
        Index(None, "company_id", "order_id"),
    )


class InvoiceLine(Row, Base):
    """What is billed of a line."""

    __tablename__ = "invoice_line"
    invoice_id: Mapped[uuid.UUID]
    order_line_id: Mapped[uuid.UUID]
    quantity: Mapped[Quantity]
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    __table_args__ = (
        belongs_to("invoice", "invoice_id"),
        belongs_to("sales_line", "order_line_id"),
        Index(None, "company_id", "invoice_id"),
        Index(None, "company_id", "order_line_id"),
    )
