"""Vouchers: the list of a month, and one with its lines and where it came from."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from webapp.catalog.models import Product
from webapp.finance.models import Account, Voucher, VoucherLine
from webapp.identity.models import User
from webapp.kernel.money import ZERO
from webapp.kernel.paging import Page, page
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.partners.models import Partner

TOTALS = """
SELECT voucher_id, sum(debit) AS amount FROM voucher_line
WHERE company_id = %(company)s AND voucher_id = ANY(%(ids)s) GROUP BY voucher_id"""


@dataclass(slots=True, frozen=True)
class VoucherPage:
    """A voucher as it is shown: its head, its lines with account names, what reverses it."""

    head: Any
    lines: list[Any]
    reversed_by: Any | None
    reverses: Any | None

    @property
    def amount(self) -> Decimal:
        """The sum of its debits."""
        return sum((line.debit for line in self.lines), ZERO)


def vouchers_of_month(actor: Actor, month: date, mark: str | None, size: int = 50) -> Page:
    """The month's vouchers, the newest number first."""
    statement: Select[*tuple[Any, ...]] = select(
        Voucher.id,
        Voucher.number,
        Voucher.month,
        Voucher.day,
        Voucher.event,
        Voucher.kind,
        Voucher.document_id,
        Voucher.reverses_id,
        Voucher.at,
    ).where(Voucher.month == month)
    return page(actor.session, statement, (Voucher.number,), mark, size=size)


def totals(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """The sum of debits of each voucher."""
    rows = actor.db.ask(TOTALS, company=actor.company_id, ids=list(ids)) if ids else []
    return {row.voucher_id: row.amount for row in rows}


def voucher_of(actor: Actor, voucher_id: uuid.UUID) -> VoucherPage:
    """A voucher with its lines. Raises NotFound."""
    head = actor.session.execute(
        select(*Voucher.__table__.c, User.name.label("user_name"))
        .select_from(Voucher)
        .outerjoin(User, User.id == Voucher.user_id)
        .where(Voucher.id == voucher_id)
    ).one_or_none()
    if head is None:
        raise NotFound
    brief = select(Voucher.id, Voucher.month, Voucher.number)
    reversal = actor.session.execute(brief.where(Voucher.reverses_id == voucher_id)).one_or_none()
    reverses = actor.session.execute(brief.where(Voucher.id == head.reverses_id)).one() if head.reverses_id else None
    return VoucherPage(head, _lines(actor, voucher_id), reversal, reverses)


def _lines(actor: Actor, voucher_id: uuid.UUID) -> list[Any]:
    return list(
        actor.session.execute(
            select(
                *VoucherLine.__table__.c,
                Account.name,
                Account.name2,
                Partner.name.label("partner_name"),
                Partner.name2.label("partner_name2"),
                Product.name.label("product_name"),
                Product.name2.label("product_name2"),
            )
            .select_from(VoucherLine)
            .join(Account, (Account.company_id == VoucherLine.company_id) & (Account.code == VoucherLine.account))
            .outerjoin(Partner, (Partner.company_id == VoucherLine.company_id) & (Partner.id == VoucherLine.partner_id))
            .outerjoin(Product, (Product.company_id == VoucherLine.company_id) & (Product.id == VoucherLine.product_id))
            .where(VoucherLine.voucher_id == voucher_id)
            .order_by(VoucherLine.line)
        )
    )


def voucher_numbers(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Any]:
    """Id, month and number of each voucher."""
    return list(actor.session.execute(select(Voucher.id, Voucher.month, Voucher.number).where(Voucher.id.in_(ids))))
