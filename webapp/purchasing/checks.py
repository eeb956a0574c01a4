"""What must be true of purchasing, for `verify`."""

from collections.abc import Sequence

from sqlalchemy import select

from webapp.finance.queries import control_balance
from webapp.kernel.register import Check
from webapp.kernel.wall import Actor

from .models import PurchaseLine, PurchaseOrder, Shipment, ShipmentLine
from .states import order_state, shipment_state

RECEIVED = """
SELECT o.number, l.line, l.received, l.rejected, coalesce(r.good, 0) AS good, coalesce(r.bad, 0) AS bad
FROM purchase_line l JOIN purchase_order o ON o.company_id = l.company_id AND o.id = l.order_id
LEFT JOIN (
  SELECT rl.order_line_id, sum(rl.quantity * sign) AS good, sum((rl.damaged + rl.wrong) * sign) AS bad
  FROM receipt_line rl JOIN receipt h ON h.company_id = rl.company_id AND h.id = rl.receipt_id
  CROSS JOIN LATERAL (SELECT CASE WHEN h.reverses_id IS NULL THEN 1 ELSE -1 END AS sign) s
  WHERE rl.company_id = %(company)s GROUP BY rl.order_line_id) r ON r.order_line_id = l.id
WHERE l.company_id = %(company)s AND (l.received <> coalesce(r.good, 0) OR l.rejected <> coalesce(r.bad, 0))
ORDER BY o.number, l.line"""
ANSWERED = """
SELECT o.number, l.line, l.accepted, l.waiting, l.refused, coalesce(a.yes, 0) AS yes, coalesce(a.asked, 0) AS asked,
  coalesce(a.no, 0) AS no
FROM purchase_line l JOIN purchase_order o ON o.company_id = l.company_id AND o.id = l.order_id
LEFT JOIN (
  SELECT line_id, sum(quantity) FILTER (WHERE verdict = 'accepted' OR settled = 'agreed') AS yes,
    sum(quantity) FILTER (WHERE verdict = 'countered' AND settled IS NULL) AS asked,
    sum(quantity) FILTER (WHERE verdict = 'refused' OR settled = 'withdrawn') AS no
  FROM line_answer WHERE company_id = %(company)s GROUP BY line_id) a ON a.line_id = l.id
WHERE l.company_id = %(company)s AND (l.accepted, l.waiting, l.refused)
  IS DISTINCT FROM (coalesce(a.yes, 0), coalesce(a.asked, 0), coalesce(a.no, 0)) ORDER BY o.number, l.line"""
SHIPPED = """
SELECT o.number, l.line, l.shipped, coalesce(s.there, 0) AS there
FROM purchase_line l JOIN purchase_order o ON o.company_id = l.company_id AND o.id = l.order_id
LEFT JOIN (
  SELECT sl.order_line_id, sum(sl.quantity - sl.damaged - sl.missing) AS there
  FROM shipment_line sl JOIN shipment h ON h.company_id = sl.company_id AND h.id = sl.shipment_id
  WHERE sl.company_id = %(company)s AND h.state <> 'withdrawn' GROUP BY sl.order_line_id) s ON s.order_line_id = l.id
WHERE l.company_id = %(company)s AND l.shipped <> coalesce(s.there, 0) ORDER BY o.number, l.line"""
VALUES = """
SELECT r.number, r.value, coalesce(sum(l.value), 0) * CASE WHEN r.reverses_id IS NULL THEN 1 ELSE -1 END AS lines
FROM receipt r LEFT JOIN receipt_line l ON l.company_id = r.company_id AND l.receipt_id = r.id
WHERE r.company_id = %(company)s GROUP BY r.id, r.number, r.value, r.reverses_id
HAVING r.value <> coalesce(sum(l.value), 0) * CASE WHEN r.reverses_id IS NULL THEN 1 ELSE -1 END ORDER BY r.number"""
NOT_INVOICED = "SELECT coalesce(sum(value), 0) AS value FROM receipt WHERE company_id = %(company)s"
STEPS = """
SELECT document_id, name FROM step WHERE company_id = %(company)s
  AND name IN ('sent', 'closed', 'cancelled', 'arrived', 'withdrawn')"""


def received_is_its_receipts(actor: Actor) -> list[str]:
    """What a line says was received and rejected is the sum of its receipts, and so is a receipt's value."""
    lines = [
        f"{row.number} line {row.line}: {row.received} and {row.rejected} rejected, receipts say {row.good}, {row.bad}"
        for row in actor.db.ask(RECEIVED, company=actor.company_id)
    ]
    values = actor.db.ask(VALUES, company=actor.company_id)
    return lines + [f"{row.number} is worth {row.value}, its lines {row.lines}" for row in values]


def lines_are_their_answers(actor: Actor) -> list[str]:
    """What a line says was accepted, waits or will not come is the sum of its answers; shipped that of its notices."""
    answers = [
        f"{row.number} line {row.line}: {row.accepted}, {row.waiting}, {row.refused}, not "
        f"{row.yes}, {row.asked}, {row.no} as answered"
        for row in actor.db.ask(ANSWERED, company=actor.company_id)
    ]
    notices = actor.db.ask(SHIPPED, company=actor.company_id)
    return answers + [
        f"{row.number} line {row.line}: {row.shipped} shipped, notices say {row.there}" for row in notices
    ]


def received_not_invoiced(actor: Actor) -> list[str]:
    """2202.02 is what was received and not invoiced yet."""
    row = actor.db.one(NOT_INVOICED, company=actor.company_id)
    received = row.value if row else 0
    booked = -control_balance(actor, ("2202.02",))
    return [] if received == booked else [f"received and not invoiced are {received}, account 2202.02 says {booked}"]


def heads_are_derived(actor: Actor) -> list[str]:
    """The state kept on each order and shipment is the one its steps and lines lead to."""
    taken: dict[object, set[str]] = {}
    for row in actor.db.ask(STEPS, company=actor.company_id):
        taken.setdefault(row.document_id, set()).add(row.name)
    return [*_orders(actor, taken), *_shipments(actor, taken)]


def _orders(actor: Actor, taken: dict[object, set[str]]) -> Sequence[str]:
    lines: dict[object, list[PurchaseLine]] = {}
    for line in actor.session.scalars(select(PurchaseLine)):
        lines.setdefault(line.order_id, []).append(line)
    heads = actor.session.execute(select(PurchaseOrder.id, PurchaseOrder.number, PurchaseOrder.state))
    states = [(head, order_state(taken.get(head.id, ()), lines.get(head.id, []))) for head in heads]
    return [f"{head.number} is kept as {head.state}, it is {state}" for head, state in states if head.state != state]


def _shipments(actor: Actor, taken: dict[object, set[str]]) -> Sequence[str]:
    lines: dict[object, list[ShipmentLine]] = {}
    for line in actor.session.scalars(select(ShipmentLine)):
        lines.setdefault(line.shipment_id, []).append(line)
    heads = actor.session.execute(select(Shipment.id, Shipment.number, Shipment.state))
    states = [(head, shipment_state(taken.get(head.id, ()), lines.get(head.id, []))) for head in heads]
    return [f"{head.number} is kept as {head.state}, it is {state}" for head, state in states if head.state != state]


CHECKS = (
    Check("purchasing: received is the sum of receipts", received_is_its_receipts),
    Check("purchasing: lines are the sum of their answers and notices", lines_are_their_answers),
    Check("purchasing: states follow from lines and steps", heads_are_derived),
    Check("purchasing: received, not invoiced is 2202.02", received_not_invoiced),
)
