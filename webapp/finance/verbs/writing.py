"""Writing the general ledger at a verb's end: all its vouchers together, in two statements.

Balances first, their rows locked in order, then the counter, the vouchers, their lines and what they open. So
numbers are gapless, nobody waits for them longer than a commit, and two verbs never wait for each other.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from webapp.kernel.money import ZERO
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

BALANCES = """
WITH moved AS MATERIALIZED (
  SELECT * FROM unnest(%(months)s::date[], %(accounts)s::text[], %(debits)s::numeric[], %(credits)s::numeric[])
    AS m(month, account, debit, credit)),
held AS MATERIALIZED (
  SELECT b.month, b.account, m.debit, m.credit FROM account_balance b JOIN moved m USING (month, account)
  WHERE b.company_id = %(company)s ORDER BY b.month, b.account FOR NO KEY UPDATE OF b)
UPDATE account_balance b SET debit = b.debit + held.debit, credit = b.credit + held.credit
FROM held WHERE b.company_id = %(company)s AND b.month = held.month AND b.account = held.account"""

VOUCHERS = """
WITH noted AS MATERIALIZED (
  SELECT n.*, row_number() OVER (PARTITION BY month ORDER BY ordinal) AS nth
  FROM unnest(%(ids)s::uuid[], %(months)s::date[], %(days)s::date[], %(events)s::text[], %(kinds)s::text[],
              %(documents)s::uuid[], %(reverses)s::uuid[], %(params)s::jsonb[], %(counts)s::smallint[])
    WITH ORDINALITY AS n(id, month, day, event, kind, document_id, reverses_id, params, lines, ordinal)),
numbered AS (
  INSERT INTO counter AS c (company_id, kind, period, last)
  SELECT %(company)s, 'voucher', to_char(month, 'YYYY-MM'), count(*) FROM noted GROUP BY month ORDER BY month
  ON CONFLICT (company_id, kind, period) DO UPDATE SET last = c.last + excluded.last
  RETURNING period, last),
written AS (
  INSERT INTO voucher (company_id, id, month, number, day, event, kind, document_id, reverses_id, params, lines,
                       user_id, op_id)
  SELECT %(company)s, n.id, n.month, c.last - count(*) OVER (PARTITION BY n.month) + n.nth, n.day, n.event, n.kind,
         n.document_id, n.reverses_id, n.params, n.lines, %(user)s, %(op)s
  FROM noted n JOIN numbered c ON c.period = to_char(n.month, 'YYYY-MM')
  RETURNING id, month, number, lines),
lined AS (
  INSERT INTO voucher_line (company_id, voucher_id, line, lines, month, number, account, debit, credit, partner_id,
                            product_id, warehouse_id, person_id, quantity)
  SELECT %(company)s, l.voucher_id, l.line, w.lines, w.month, w.number, l.account, l.debit, l.credit, l.partner_id,
         l.product_id, l.warehouse_id, l.person_id, l.quantity
  FROM unnest(%(line_vouchers)s::uuid[], %(line_numbers)s::smallint[], %(line_accounts)s::text[],
              %(line_debits)s::numeric[], %(line_credits)s::numeric[], %(line_partners)s::uuid[],
              %(line_products)s::uuid[], %(line_warehouses)s::uuid[], %(line_persons)s::uuid[],
              %(line_quantities)s::numeric[])
    AS l(voucher_id, line, account, debit, credit, partner_id, product_id, warehouse_id, person_id, quantity)
  JOIN written w ON w.id = l.voucher_id)
INSERT INTO open_item (company_id, id, side, partner_id, voucher_id, kind, document_id, day, due_on, amount)
SELECT %(company)s, i.id, i.side, i.partner_id, i.voucher_id, n.kind, n.document_id, n.day, i.due_on, i.amount
FROM unnest(%(item_ids)s::uuid[], %(item_sides)s::text[], %(item_partners)s::uuid[], %(item_vouchers)s::uuid[],
            %(item_dues)s::date[], %(item_amounts)s::numeric[])
  AS i(id, side, partner_id, voucher_id, due_on, amount)
JOIN noted n ON n.id = i.voucher_id"""


@dataclass(slots=True)
class Line:
    """A debit or a credit not yet written. A red one is negative on its own side."""

    account: str
    debit: Decimal
    credit: Decimal
    partner_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    product_id: uuid.UUID | None = None
    warehouse_id: uuid.UUID | None = None
    quantity: Decimal | None = None


@dataclass(slots=True)
class Item:
    """Something that will be owed: positive is what a customer owes us or we owe a supplier."""

    side: str
    partner_id: uuid.UUID
    amount: Decimal


@dataclass(slots=True)
class Entry:
    """A voucher not yet numbered."""

    id: uuid.UUID
    month: date
    day: date
    event: str
    kind: str
    document_id: uuid.UUID
    params: dict[str, Any]
    due_on: date
    lines: list[Line]
    items: list[Item]
    reverses_id: uuid.UUID | None = None


@dataclass(slots=True)
class Writing:
    """What a verb has posted so far; called at its end, it is written."""

    actor: Actor
    entries: list[Entry] = field(default_factory=list)

    def __call__(self) -> None:
        if not self.entries:
            return
        company = self.actor.company_id
        self.actor.db.run(BALANCES, company=company, **_moved(self.entries))
        self.actor.db.run(
            VOUCHERS,
            company=company,
            user=self.actor.user.id,
            op=self.actor.op_id,
            **_heads(self.entries),
            **_lines([(entry.id, n, line) for entry in self.entries for n, line in enumerate(entry.lines, 1)]),
            **_items([(entry, item) for entry in self.entries for item in entry.items]),
        )
        self.entries.clear()


def writing(actor: Actor) -> Writing:
    """The verb's one writing, noted the first time it is asked for."""
    for noted in actor.noted:
        if isinstance(noted, Writing):
            return noted
    made = Writing(actor)
    actor.noted.append(made)
    return made


def _moved(entries: Iterable[Entry]) -> dict[str, list[Any]]:
    sums: dict[tuple[date, str], list[Decimal]] = {}
    for entry in entries:
        for line in entry.lines:
            held = sums.setdefault((entry.month, line.account), [ZERO, ZERO])
            held[0] += line.debit
            held[1] += line.credit
    return {
        "months": [month for month, _ in sums],
        "accounts": [account for _, account in sums],
        "debits": [debit for debit, _ in sums.values()],
        "credits": [credit for _, credit in sums.values()],
    }


def _heads(entries: list[Entry]) -> dict[str, list[Any]]:
    return {
        "ids": [entry.id for entry in entries],
        "months": [entry.month for entry in entries],
        "days": [entry.day for entry in entries],
        "events": [entry.event for entry in entries],
        "kinds": [entry.kind for entry in entries],
        "documents": [entry.document_id for entry in entries],
        "reverses": [entry.reverses_id for entry in entries],
        "params": [Jsonb(entry.params) for entry in entries],
        "counts": [len(entry.lines) for entry in entries],
    }


def _lines(numbered: list[tuple[uuid.UUID, int, Line]]) -> dict[str, list[Any]]:
    return {
        "line_vouchers": [voucher for voucher, _, _ in numbered],
        "line_numbers": [n for _, n, _ in numbered],
        "line_accounts": [line.account for _, _, line in numbered],
        "line_debits": [line.debit for _, _, line in numbered],
        "line_credits": [line.credit for _, _, line in numbered],
        "line_partners": [line.partner_id for _, _, line in numbered],
        "line_products": [line.product_id for _, _, line in numbered],
        "line_warehouses": [line.warehouse_id for _, _, line in numbered],
        "line_persons": [line.person_id for _, _, line in numbered],
        "line_quantities": [line.quantity for _, _, line in numbered],
    }


def _items(pairs: list[tuple[Entry, Item]]) -> dict[str, list[Any]]:
    return {
        "item_ids": [new_id() for _ in pairs],
        "item_sides": [item.side for _, item in pairs],
        "item_partners": [item.partner_id for _, item in pairs],
        "item_vouchers": [entry.id for entry, _ in pairs],
        "item_dues": [entry.due_on for entry, _ in pairs],
        "item_amounts": [item.amount for _, item in pairs],
    }
