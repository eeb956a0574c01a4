"""The supplier's answer, line by line, and what the buyer makes of it. What was ordered is never overwritten."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from webapp.kernel import calendar, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.show import quantity as shown
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder
from webapp.purchasing.states import ORDER, unanswered

from .heads import answers_to, locked_lines, settle_head, tell_buyer, tell_supplier
from .orders import KIND

DECISIONS = ("agreed", "declined", "withdrawn")
MOST_SPLITS = 12


@dataclass(slots=True, frozen=True)
class Part:
    """So many on that day at that price; as ordered where None (today, where the day ordered for is past)."""

    quantity: Decimal
    day: date | None = None
    price: Decimal | None = None


@dataclass(slots=True, frozen=True)
class Reply:
    """The answer to one line: its parts. What they leave of the line is refused, for `reason`."""

    line_id: uuid.UUID
    parts: Sequence[Part] = ()
    reason: str | None = None


def answer_order(
    order: PurchaseOrder, replies: Sequence[Reply], *, actor: Actor, base_version: int | None = None
) -> PurchaseOrder:
    """Write the supplier's answer to lines that wait for one; a later round answers what the buyer declined.

    A part as ordered (its price, its day or earlier) is accepted at once; another price or a later day is countered
    and waits for the buyer; the rest of the line is refused. Refused where the parts are more than what waits, for a
    day that is past, and where nothing waits. Stale where the order was changed since `base_version`. Raises NotFound
    for a line of another order.
    """
    if base_version is not None and order.version != base_version:
        raise Stale(
            "answer.stale", N_("This order was changed since you opened it. Look at it as it stands now, then answer.")
        )
    ORDER.check("answer_order", order.state)
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    if not replies:
        raise Refused("answer.empty", N_("Answer at least one line."))
    if any(reply.line_id not in lines for reply in replies):
        raise NotFound
    before = answers_to(actor, lines)
    for reply in replies:
        line = lines[reply.line_id]
        number = max((answer.round for answer in before[line.id]), default=0) + 1
        actor.session.add_all(_answers(actor, line, reply, number))
    settle_head(actor, order, list(lines.values()))
    _say_answered(actor, order, [lines[reply.line_id] for reply in replies])
    return order


def _say_answered(actor: Actor, order: PurchaseOrder, lines: Sequence[PurchaseLine]) -> None:
    asks = sum(1 for line in lines if line.waiting)
    code = "purchasing.order.countered" if asks else "purchasing.order.answered"
    yes = sum(1 for line in lines if line.accepted)
    params: dict[str, Any] = {"number": order.number, "lines": len(lines), "accepted": yes, "asks": asks}
    timeline.record(actor, code, KIND, order.id, partner_id=order.partner_id, **params)
    tell_buyer(actor, order, code, KIND, order.id, **params)


def _answers(actor: Actor, line: PurchaseLine, reply: Reply, number: int) -> list[LineAnswer]:
    open_now = unanswered(line)
    if open_now <= 0:
        raise Refused("answer.done", N_("Someone has answered this line already. Open the order again."))
    parts = [part for part in reply.parts if part.quantity]
    _check_parts(actor, line, parts, open_now)
    rows = [_answer(actor, line, part, reply.reason) for part in parts]
    rest = open_now - sum((part.quantity for part in parts), Decimal(0))
    if rest:
        rows.append(_row(actor, line, "refused", Part(rest), reply.reason))
    for split, row in enumerate(rows, 1):
        row.round, row.split = number, split
        _count(line, row.verdict, row.quantity)
    return rows


def _check_parts(actor: Actor, line: PurchaseLine, parts: Sequence[Part], open_now: Decimal) -> None:
    if any(part.quantity < 0 or (part.price is not None and part.price < 0) for part in parts):
        raise Refused("answer.figures", N_("Quantities and prices cannot be less than 0."), field=str(line.id))
    total = sum((part.quantity for part in parts), Decimal(0))
    if total > open_now:
        raise Refused(
            "answer.too_many",
            N_("That makes %(total)s, but only %(open)s are wanted. Take off %(over)s."),
            field=str(line.id),
            total=shown(total),
            open=shown(open_now),
            over=shown(total - open_now),
        )
    if len(parts) > MOST_SPLITS:
        raise Refused("answer.splits", N_("At most %(most)s deliveries a line."), field=str(line.id), most=MOST_SPLITS)
    if any(part.day is not None and part.day < calendar.today(actor) for part in parts):
        raise Refused("answer.past", N_("That day is past. Choose today or later."), field=str(line.id))


def _answer(actor: Actor, line: PurchaseLine, part: Part, reason: str | None) -> LineAnswer:
    as_ordered = (part.price is None or part.price == line.price) and (part.day is None or part.day <= line.wanted_on)
    return _row(actor, line, "accepted" if as_ordered else "countered", part, reason)


def _row(actor: Actor, line: PurchaseLine, verdict: str, part: Part, reason: str | None) -> LineAnswer:
    return LineAnswer(
        id=new_id(),
        company_id=actor.company_id,
        line_id=line.id,
        verdict=verdict,
        quantity=part.quantity,
        day=part.day or max(line.wanted_on, calendar.today(actor)),
        price=line.price if part.price is None else part.price,
        reason=reason or None,
        user_id=actor.user.id,
        op_id=actor.op_id,
    )


def _count(line: PurchaseLine, verdict: str, quantity: Decimal) -> None:
    column = {"accepted": "accepted", "countered": "waiting", "refused": "refused"}[verdict]
    setattr(line, column, getattr(line, column) + quantity)


def settle(order: PurchaseOrder, decisions: Mapping[uuid.UUID, str], *, actor: Actor) -> PurchaseOrder:
    """Decide on what the supplier asked, by the answer's id.

    `agreed`: its quantity, day and price take effect; `declined`: the order stands as it was and the supplier is asked
    again; `withdrawn`: this quantity is no longer wanted. Each makes a new version of the order, and both sides keep
    the history. Refused where another buyer decided first. Raises NotFound for an answer to another order.
    """
    ORDER.check("settle", order.state)
    lines = {line.id: line for line in locked_lines(actor, order.id)}
    statement = select(LineAnswer).where(LineAnswer.id.in_(list(decisions)), LineAnswer.line_id.in_(list(lines)))
    found = list(actor.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))
    if not decisions or len(found) != len(decisions):
        raise NotFound
    if any(answer.verdict != "countered" or answer.settled for answer in found):
        raise Refused("settle.done", N_("Someone has decided this already. Open the order again to see how."))
    for answer in found:
        _decide(actor, lines[answer.line_id], answer, decisions[answer.id])
    settle_head(actor, order, list(lines.values()))
    _say_settled(actor, order, set(decisions.values()), len(found))
    return order


def _decide(actor: Actor, line: PurchaseLine, answer: LineAnswer, decision: str) -> None:
    if decision not in DECISIONS:
        raise Refused("settle.decision", N_("Choose one of these."), field="decision")
    answer.settled, answer.settled_by, answer.settled_at = decision, actor.user.id, calendar.now()
    line.waiting -= answer.quantity
    if decision == "agreed":
        line.accepted += answer.quantity
    elif decision == "withdrawn":
        line.refused += answer.quantity


def _say_settled(actor: Actor, order: PurchaseOrder, decisions: set[str], count: int) -> None:
    decision = decisions.pop() if len(decisions) == 1 else "settled"
    code = f"purchasing.order.{decision}"
    params: dict[str, Any] = {"number": order.number, "count": count, "version": order.version}
    timeline.record(actor, code, KIND, order.id, partner_id=order.partner_id, **params)
    tell_supplier(actor, order.partner_id, code, KIND, order.id, **params)
