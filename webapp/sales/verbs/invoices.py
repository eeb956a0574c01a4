"""Billing what was shipped. Revenue was posted with each delivery; an invoice asks for the money."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from webapp.kernel import calendar, numbering, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share
from webapp.sales.queries.orders import Order
from webapp.sales.queries.unbilled import overbilled, unbilled_later
from webapp.sales.states import ORDER, state_of

WRITE_HEAD = """
INSERT INTO invoice (company_id, id, number, state, created_by, order_id, partner_id, day, net, vat, gross)
VALUES (%(company)s, %(id)s, %(number)s, %(state)s, %(user)s, %(order)s, %(partner)s, %(day)s,
        %(net)s, %(vat)s, %(gross)s)"""
WRITE_LINES = """
INSERT INTO invoice_line (company_id, id, invoice_id, order_line_id, quantity, net, vat, gross)
SELECT %(company)s, l.id, %(invoice)s, l.line, l.quantity, l.net, l.vat, l.gross
FROM unnest(%(ids)s::uuid[], %(lines)s::uuid[], %(quantities)s::numeric[], %(nets)s::numeric[],
            %(vats)s::numeric[], %(grosses)s::numeric[]) AS l(id, line, quantity, net, vat, gross)"""
COUNT = """
UPDATE sales_line l SET invoiced = l.invoiced + b.quantity
FROM unnest(%(lines)s::uuid[], %(quantities)s::numeric[]) AS b(line, quantity)
WHERE l.company_id = %(company)s AND l.id = b.line"""
BRING = "UPDATE sales_order SET state = %(state)s WHERE company_id = %(company)s AND id = %(id)s"


def invoice_order(actor: Actor, order: Order, *, on: date | None = None) -> uuid.UUID:
    """Bill what was shipped of a locked order and not billed yet. Returns the invoice's id.

    Its amounts are those of the deliveries, so that deliveries and invoices agree to the cent. `on` is its day
    (today). Nothing is posted: the receivable stands since the goods left. Refused where nothing waits to be billed.
    """
    rows = unbilled_later(actor, order.id)() if order.unbilled is None else order.unbilled
    if not rows:
        raise Refused("invoice.nothing", N_("Nothing waits to be billed: what has shipped is on an invoice already."))
    ORDER.check("invoice", order.state)
    state = _state_after(order, {row.id: row.quantity for row in rows})
    if state != order.state:
        actor.db.run(BRING, company=actor.company_id, id=order.id, state=state)
    lines, quantities = [row.id for row in rows], [row.quantity for row in rows]
    actor.db.run(COUNT, company=actor.company_id, lines=lines, quantities=quantities)
    return _write(actor, order, rows, on or calendar.today(actor), "IN", "issued")


def credit_order(actor: Actor, order: Order, on: date) -> uuid.UUID | None:
    """Credit what is billed of a locked order and has come back: a red invoice, whose id is returned; None for nothing.

    The lines count what is billed already (`invoiced` no more than `shipped`); deliveries and invoices agree again.
    """
    rows = overbilled(actor, order.id)
    return _write(actor, order, rows, on, "CN", "credited") if rows else None


def _write(actor: Actor, order: Order, rows: Sequence[Any], day: date, kind: str, state: str) -> uuid.UUID:
    invoice_id = new_id()
    total = sum((Share(row.net, row.vat, row.gross) for row in rows), Share())
    number = numbering.take(actor, kind, day)
    actor.db.run(
        WRITE_HEAD,
        company=actor.company_id,
        id=invoice_id,
        number=number,
        state=state,
        user=actor.user.id,
        order=order.id,
        partner=order.partner_id,
        day=day,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
    )
    actor.db.run(
        WRITE_LINES,
        company=actor.company_id,
        invoice=invoice_id,
        ids=[new_id() for _ in rows],
        lines=[row.id for row in rows],
        quantities=[row.quantity for row in rows],
        nets=[row.net for row in rows],
        vats=[row.vat for row in rows],
        grosses=[row.gross for row in rows],
    )
    timeline.record(
        actor,
        "sales.order.invoiced" if state == "issued" else "sales.order.credited",
        "sales.order",
        order.id,
        partner_id=order.partner_id,
        facts={"invoice_id": invoice_id},
        number=number,
        gross=f"{abs(total.gross):,.2f}",
    )
    return invoice_id


def _state_after(order: Order, billed: dict[uuid.UUID, Decimal]) -> str:
    for line in order.lines:
        line.invoiced += billed.get(line.id, Decimal(0))
    return state_of(order.lines, being_picked=False)
