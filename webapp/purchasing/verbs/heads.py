"""What the verbs share about an order's head: its lines under lock, its state, and who is told."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from webapp.identity.models import Membership
from webapp.kernel import notifications
from webapp.kernel.money import ZERO
from webapp.kernel.wall import Actor
from webapp.purchasing.agreed import gross_of, splits_of
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder
from webapp.purchasing.states import order_state

TAKEN = "SELECT name FROM step WHERE company_id = %(company)s AND document_id = %(document)s"


def locked_lines(actor: Actor, order_id: uuid.UUID) -> list[PurchaseLine]:
    """The order's lines, held FOR UPDATE, in their order."""
    statement = select(PurchaseLine).where(PurchaseLine.order_id == order_id).order_by(PurchaseLine.line)
    return list(actor.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))


def answers_to(actor: Actor, line_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[LineAnswer]]:
    """The supplier's answers by line, oldest first, in one query."""
    statement = select(LineAnswer).where(LineAnswer.line_id.in_(list(line_ids)))
    found: dict[uuid.UUID, list[LineAnswer]] = defaultdict(list)
    for answer in actor.session.scalars(statement.order_by(LineAnswer.round, LineAnswer.split)):
        found[answer.line_id].append(answer)
    return found


def steps_taken(actor: Actor, document_id: uuid.UUID) -> set[str]:
    """The names of the steps someone brought a document to."""
    return {row.name for row in actor.db.ask(TAKEN, company=actor.company_id, document=document_id)}


def settle_head(actor: Actor, order: PurchaseOrder, lines: Sequence[PurchaseLine]) -> None:
    """Derive the order's state and total afresh, and raise its version: stale forms are told."""
    answers = answers_to(actor, [line.id for line in lines])
    order.state = order_state(steps_taken(actor, order.id), lines)
    order.total = sum(
        (
            gross_of(splits_of(line, answers[line.id]), line.vat_rate, with_tax=order.prices_with_tax)
            if answers[line.id]
            else line.gross
            for line in lines
        ),
        ZERO,
    )
    order.version += 1


def tell_supplier(
    actor: Actor, partner_id: uuid.UUID, code: str, kind: str, document_id: uuid.UUID, /, **params: object
) -> None:
    """Notify the supplier's own users."""
    statement = select(Membership.user_id).where(
        Membership.company_id == actor.company_id,
        Membership.partner_id == partner_id,
        Membership.role == "supplier",
        Membership.ended_at.is_(None),
    )
    notifications.tell(actor, list(actor.session.scalars(statement)), code, kind, document_id, **params)


def tell_buyer(
    actor: Actor, order: PurchaseOrder, code: str, kind: str, document_id: uuid.UUID, /, **params: object
) -> None:
    """Notify the buyer of an order (whoever wrote it, where it names none)."""
    buyer = order.buyer_id or order.created_by
    if buyer:
        notifications.tell(actor, [buyer], code, kind, document_id, **params)
