"""The vouchers and moves that a receipt made, as its page links them."""

import uuid
from typing import Any

from sqlalchemy import select

from webapp.finance.models import Voucher
from webapp.kernel.wall import Actor


def vouchers_of(actor: Actor, document_id: uuid.UUID) -> list[Any]:
    """Id, number, month and day of the vouchers a document posted, oldest first."""
    statement = select(Voucher.id, Voucher.number, Voucher.month, Voucher.day)
    return list(actor.session.execute(statement.where(Voucher.document_id == document_id).order_by(Voucher.id)))
