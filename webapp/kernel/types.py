"""Column types and the base of every table: exact figures, time-ordered keys, one company a row."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Numeric,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from uuid_utils.compat import uuid7 as _uuid7

Money = Annotated[Decimal, mapped_column(Numeric(18, 2))]
"""An amount in the company's currency, two places."""
Price = Annotated[Decimal, mapped_column(Numeric(18, 6))]
"""Money for one unit; six places, since a carton's price divides into pieces."""
Quantity = Annotated[Decimal, mapped_column(Numeric(18, 4))]
"""An amount of goods in the product's stock unit, four places."""
Rate = Annotated[Decimal, mapped_column(Numeric(7, 4))]
"""A share of one: 0.13 is 13 %."""
Params = Annotated[dict[str, Any], mapped_column(JSONB)]
"""Parameters of a code; the words are made when shown."""


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: sorts by the time it was made (RFC 9562)."""
    return _uuid7()


class Base(DeclarativeBase):
    """Every table. Constraint names are fixed, because the kernel turns them into words."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        type_annotation_map={
            uuid.UUID: Uuid(),
            datetime: DateTime(timezone=True),
            date: Date(),
            str: Text(),
            int: Integer(),
        }
    )


class OfCompany:
    """A row that belongs to one company. The company leads the key, and row-level security holds the wall."""

    company_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-10)


class Row(OfCompany):
    """A company's row with a key of its own."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-9)


class Document(Row):
    """A numbered document: what was agreed. `version` rises with every edit, for stale forms to be told."""

    number: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_by: Mapped[uuid.UUID | None]


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key inside the company: `(company_id, column)` to `(company_id, id)` of `table`."""
    return ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"])
