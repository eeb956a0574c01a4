"""Products, their categories, units and barcodes."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from webapp.kernel.types import Base, Price, Quantity, Rate, Row, belongs_to


class Unit(Row, Base):
    """A unit of measure, such as 箱 / carton."""

    __tablename__ = "unit"
    name: Mapped[str]
    name2: Mapped[str | None]
    __table_args__ = (Index("uq_unit_name", "company_id", "name", unique=True),)


class Category(Row, Base):
    """A group of products."""

    __tablename__ = "category"
    name: Mapped[str]
    name2: Mapped[str | None]
    __table_args__ = (Index("uq_category_name", "company_id", "name", unique=True),)


class Product(Row, Base):
    """Something bought, kept and sold, counted in its stock unit.

    `price` is the list price for one unit, with tax where the company enters prices so. `vat_rate` is a share of one.
    A product that `keeps_lots` is received with lot and expiry; `least_days` is the shelf life a customer gets
    before a warning asks.
    """

    __tablename__ = "product"
    sku: Mapped[str]
    name: Mapped[str]
    name2: Mapped[str | None]
    sort_key: Mapped[str]
    category_id: Mapped[uuid.UUID | None]
    unit_id: Mapped[uuid.UUID]
    price: Mapped[Price]
    vat_rate: Mapped[Rate]
    keeps_lots: Mapped[bool] = mapped_column(default=False)
    least_days: Mapped[int] = mapped_column(default=0)
    reorder_point: Mapped[Quantity] = mapped_column(default=0)
    safety_stock: Mapped[Quantity] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("price >= 0", "price"),
        CheckConstraint("vat_rate >= 0 AND vat_rate < 1", "vat_rate"),
        belongs_to("unit", "unit_id"),
        belongs_to("category", "category_id"),
        Index("uq_product_sku", "company_id", "sku", unique=True),
        Index("ix_product_sorted", "company_id", "sort_key", "id"),
    )


class Barcode(Row, Base):
    """A code printed on a product or its carton; `factor` stock units go on one such package."""

    __tablename__ = "barcode"
    product_id: Mapped[uuid.UUID]
    code: Mapped[str]
    factor: Mapped[Quantity] = mapped_column(default=1)
    __table_args__ = (
        CheckConstraint("factor > 0", "factor"),
        belongs_to("product", "product_id"),
        Index("uq_barcode_code", "company_id", "code", unique=True),
        Index(None, "company_id", "product_id"),
    )
