"""The stock ledger as people read it: moves with their places, lot, person and document."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from webapp.catalog.models import Product, Unit
from webapp.finance.models import Voucher
from webapp.identity.models import User
from webapp.inventory.models import VIRTUAL, Location, Lot, Move
from webapp.kernel import calendar, paging, show
from webapp.kernel.i18n import N_, _, _n
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import Found
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .stock import may_see_cost

SOURCE, TARGET = aliased(Location), aliased(Location)

VIRTUAL_WORDS = {
    "supplier": N_("Supplier"),
    "customer": N_("Customer"),
    "production": N_("Production"),
    "loss": N_("Counting"),
    "unexplained": N_("Unexplained"),
    "opening": N_("Opening stock"),
}
KIND_WORDS = {"stock": N_("Shelf"), "receiving": N_("Receiving"), "blocked": N_("Blocked")}


LATELY = timedelta(hours=12)


def place_words(kind: str, code: str) -> str:
    """What a place is called: its code, or the words of a virtual one."""
    return _(VIRTUAL_WORDS[kind]) if kind in VIRTUAL_WORDS else code


def moved() -> Any:
    """Moves with their places, lot, product, unit and person."""
    return (
        select(
            *(Move.id, Move.product_id, Move.lot_id, Move.from_id, Move.to_id, Move.quantity, Move.value, Move.day),
            *(Move.done_at, Move.received_at, Move.op_id, Move.kind, Move.document_id, Move.reverses_id),
            *(SOURCE.code.label("source"), SOURCE.kind.label("source_kind")),
            *(TARGET.code.label("target"), TARGET.kind.label("target_kind")),
            *(Lot.code.label("lot"), Lot.expires_on, Product.sku, Product.name, Product.name2),
            *(Unit.name.label("unit_name"), Unit.name2.label("unit_name2"), User.name.label("by")),
        )
        .join(SOURCE, and_(SOURCE.company_id == Move.company_id, SOURCE.id == Move.from_id))
        .join(TARGET, and_(TARGET.company_id == Move.company_id, TARGET.id == Move.to_id))
        .join(Lot, and_(Lot.company_id == Move.company_id, Lot.id == Move.lot_id))
        .join(Product, and_(Product.company_id == Move.company_id, Product.id == Move.product_id))
        .join(Unit, and_(Unit.company_id == Product.company_id, Unit.id == Product.unit_id))
        .outerjoin(User, User.id == Move.user_id)
    )


def moves_of_product(
    actor: Actor,
    product_id: uuid.UUID,
    mark: str | None = None,
    lot_id: uuid.UUID | None = None,
    size: int = paging.PAGE,
) -> paging.Page:
    """A page of a product's ledger (or of one lot of it), newest first."""
    statement = moved().where(Move.product_id == product_id)
    if lot_id:
        statement = statement.where(Move.lot_id == lot_id)
    return paging.page(actor.session, statement, [Move.id], mark, size=size)


def moves_of_document(actor: Actor, document_id: uuid.UUID, mark: str | None = None) -> paging.Page:
    """A page of a document's moves, newest first. Raises NotFound where it moved nothing."""
    page = paging.page(actor.session, moved().where(Move.document_id == document_id), [Move.id], mark)
    if not page.rows:
        raise NotFound
    return page


def all_moves(actor: Actor, mark: str | None = None, size: int = paging.PAGE) -> paging.Page:
    """A page of the whole ledger, as it arrived, newest first."""
    return paging.page(actor.session, moved(), [Move.received_at, Move.id], mark, size=size)


def my_latest_transfers(actor: Actor, limit: int = 3) -> Sequence[Any]:
    """What the actor has moved lately, newest first, without what was taken back."""
    undone = aliased(Move)
    return actor.session.execute(
        moved()
        .outerjoin(undone, and_(undone.company_id == Move.company_id, undone.reverses_id == Move.id))
        .where(
            Move.kind == "inventory.transfer",
            Move.user_id == actor.user.id,
            Move.received_at > calendar.now() - LATELY,
            Move.reverses_id.is_(None),
            undone.id.is_(None),
            SOURCE.kind.notin_(VIRTUAL),
        )
        .order_by(Move.received_at.desc(), Move.id.desc())
        .limit(limit)
    ).all()


def get_move(actor: Actor, move_id: uuid.UUID) -> Any:
    """One move, as `moved`; its value is None for who may not see cost. Raises NotFound."""
    row = actor.session.execute(moved().where(Move.id == move_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def reversal_of(actor: Actor, move_id: uuid.UUID) -> uuid.UUID | None:
    """The move that took this one back."""
    return actor.session.scalar(select(Move.id).where(Move.reverses_id == move_id))


def the_move(actor: Actor, move_id: uuid.UUID) -> Move:
    """The row of a move, for the verb that takes it back. Raises NotFound."""
    row = actor.session.scalars(select(Move).where(Move.id == move_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def value_shown(actor: Actor, value: Decimal) -> Decimal | None:
    """A move's value, or None for who may not see cost."""
    return value if may_see_cost(actor) else None


SCANS = """
SELECT count(*) AS n, min(done_at) AS first, max(done_at) AS last,
  (SELECT string_agg(u.name, ', ' ORDER BY u.name) FROM app_user u WHERE u.id IN (
    SELECT user_id FROM move WHERE company_id = %(company)s AND document_id = %(document)s)) AS by
FROM move WHERE company_id = %(company)s AND document_id = %(document)s"""


def scans_of(actor: Actor, document_id: uuid.UUID) -> list[Found]:
    """What a document moved, in one line: how many scans, by whom, from when to when."""
    row = actor.db.one(SCANS, company=actor.company_id, document=document_id)
    if row is None or not row.n:
        return []
    span = f"{row.first.astimezone(calendar.zone(actor)):%H:%M}"
    if row.last > row.first + timedelta(minutes=1):
        span = _("%(first)s to %(last)s", first=span, last=f"{row.last.astimezone(calendar.zone(actor)):%H:%M}")
    return [
        Found(
            "inventory.move",
            document_id,
            _n("%(num)s scan", "%(num)s scans", row.n),
            " · ".join(
                filter(
                    None,
                    [row.by, show.day(row.last.astimezone(calendar.zone(actor)).date(), calendar.today(actor)), span],
                )
            ),
            url_for("inventory.moved", document=document_id),
            "scan-barcode",
        )
    ]


def vouchers_of(actor: Actor, document_id: uuid.UUID) -> list[uuid.UUID]:
    """The vouchers of a document, oldest first."""
    return list(
        actor.session.scalars(select(Voucher.id).where(Voucher.document_id == document_id).order_by(Voucher.id))
    )
