"""Reversing: a voucher is never changed, a red one takes it back."""

import uuid
from datetime import date
from typing import Any

from webapp.finance.states import BY_HAND
from webapp.kernel import constraints, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .writing import Entry, Item, Line, writing

HEADS = """
SELECT v.id, v.event, v.kind, v.document_id, v.reverses_id, v.params FROM voucher v
WHERE v.company_id = %(company)s AND v.id = ANY(%(ids)s) ORDER BY v.id"""
LINES = """
SELECT voucher_id, account, debit, credit, partner_id, person_id, product_id, warehouse_id, quantity
FROM voucher_line WHERE company_id = %(company)s AND voucher_id = ANY(%(ids)s) ORDER BY voucher_id, line"""
ITEMS = """
SELECT voucher_id, side, partner_id, amount FROM open_item
WHERE company_id = %(company)s AND voucher_id = ANY(%(ids)s) ORDER BY voucher_id, id"""
STANDING = """
SELECT v.id FROM voucher v WHERE v.company_id = %(company)s AND v.document_id = %(document)s AND v.reverses_id IS NULL
  AND NOT EXISTS (SELECT FROM voucher r WHERE r.company_id = v.company_id AND r.reverses_id = v.id)
ORDER BY v.id"""

constraints.say(
    "uq_voucher_reverses",
    "voucher.reversed",
    N_("This voucher has been reversed already. Open it again to see by which."),
)


def reverse(
    actor: Actor, voucher_id: uuid.UUID, on: date, *, kind: str | None = None, document_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Note the red voucher that takes `voucher_id` back: same accounts, same sides, negative; open items too.

    `on` is a day that `posting_day` gave; `kind` and `document_id` name the document that reverses, where it is
    another one. Refused for a voucher reversed already (there is one reversal at most), and for a reversal itself.
    Raises NotFound.
    """
    made = _reverse(actor, [voucher_id], on, kind, document_id)
    if not made:
        raise NotFound
    return made[0]


def reverse_document(
    actor: Actor, document: uuid.UUID, on: date, *, kind: str | None = None, document_id: uuid.UUID | None = None
) -> list[uuid.UUID]:
    """Note red vouchers for all that still stand of `document`; none where nothing does."""
    rows = actor.db.ask(STANDING, company=actor.company_id, document=document)
    return _reverse(actor, [row.id for row in rows], on, kind, document_id) if rows else []


def reverse_by_hand(actor: Actor, voucher_id: uuid.UUID, on: date) -> uuid.UUID:
    """Reverse a voucher that no document stands behind. Refused for the others: their document is taken back."""
    heads = actor.db.ask(HEADS, company=actor.company_id, ids=[voucher_id])
    if not heads:
        raise NotFound
    if heads[0].event not in BY_HAND:
        raise Refused(
            "voucher.of_document", N_("This voucher belongs to its document. Take that back, and the voucher follows.")
        )
    red = reverse(actor, voucher_id, on)
    timeline.record(actor, "finance.voucher.reversed", "voucher", voucher_id)
    return red


def _reverse(
    actor: Actor, ids: list[uuid.UUID], on: date, kind: str | None, document_id: uuid.UUID | None
) -> list[uuid.UUID]:
    heads = actor.db.ask(HEADS, company=actor.company_id, ids=ids)
    lines = actor.db.ask(LINES, company=actor.company_id, ids=ids)
    items = actor.db.ask(ITEMS, company=actor.company_id, ids=ids)
    made = []
    for head in heads:
        if head.reverses_id is not None:
            raise Refused("voucher.is_reversal", N_("This voucher reverses another; it cannot be reversed itself."))
        entry = _red(head, on, kind, document_id)
        entry.lines = [_red_line(line) for line in lines if line.voucher_id == head.id]
        entry.items = [Item(row.side, row.partner_id, -row.amount) for row in items if row.voucher_id == head.id]
        writing(actor).entries.append(entry)
        made.append(entry.id)
    return made


def _red(head: Any, on: date, kind: str | None, document_id: uuid.UUID | None) -> Entry:
    return Entry(
        id=new_id(),
        month=on.replace(day=1),
        day=on,
        event=head.event,
        kind=kind or head.kind,
        document_id=document_id or head.document_id,
        params=head.params,
        due_on=on,
        lines=[],
        items=[],
        reverses_id=head.id,
    )


def _red_line(line: Any) -> Line:
    return Line(
        account=line.account,
        debit=-line.debit,
        credit=-line.credit,
        partner_id=line.partner_id,
        person_id=line.person_id,
        product_id=line.product_id,
        warehouse_id=line.warehouse_id,
        quantity=-line.quantity if line.quantity is not None else None,
    )
