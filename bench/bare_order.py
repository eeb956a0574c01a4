"""A five-line order by bare SQL: the rows that confirming, shipping and billing write, in three transactions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from webapp.kernel.types import new_id

from .bare import Work
from .drafts import LINES, Draft, columns
from .firm import Firm

CLAIM = """
INSERT INTO operation (company_id, op_id, user_id, membership_id, verb, fingerprint, done_at, status, outcome)
VALUES (%(company)s, %(op)s, %(user)s, %(user)s, 'bare', '', now(), 'running', NULL)"""
FINISH = """
UPDATE operation SET status = 'applied', outcome = %(params)s WHERE company_id = %(company)s AND op_id = %(op)s"""
LOCK = "SELECT 1 FROM sales_order WHERE company_id = %(company)s AND id = %(order)s FOR UPDATE"
LINE = """unnest(%(lines)s::uuid[], %(demands)s::uuid[], %(products)s::uuid[], %(lots)s::uuid[], %(homes)s::uuid[],
  %(warehouses)s::uuid[], %(costs)s::numeric[], %(nets)s::numeric[], %(vats)s::numeric[], %(grosses)s::numeric[],
  %(leaving)s::uuid[], %(moves)s::uuid[], %(billed)s::uuid[]) WITH ORDINALITY
  AS l(id, demand, product, lot, home, warehouse, cost, net, vat, gross, leaving, move, billed, n)"""
HELD = f"""
WITH k AS (SELECT home, product, lot, count(*) AS q FROM {LINE} GROUP BY 1, 2, 3),
held AS MATERIALIZED (
  SELECT b.location_id, b.product_id, b.lot_id, k.q FROM k JOIN balance b ON b.company_id = %(company)s
    AND b.location_id = k.home AND b.product_id = k.product AND b.lot_id = k.lot
  ORDER BY 1, 2, 3 FOR UPDATE OF b)"""
MINE = """
  b.company_id = %(company)s AND b.location_id = held.location_id AND b.product_id = held.product_id
  AND b.lot_id = held.lot_id"""
STEP = """
INSERT INTO step (company_id, document_id, name, user_id, op_id)
VALUES (%(company)s, %(about)s, %(step)s, %(user)s, %(op)s)"""
TELL = """
INSERT INTO timeline (company_id, id, user_id, op_id, code, kind, document_id, partner_id, params)
VALUES (%(company)s, %(event)s, %(user)s, %(op)s, %(code)s, %(kind)s, %(about)s, %(partner)s, %(params)s)"""
STATE = "UPDATE sales_order SET state = %(state)s WHERE company_id = %(company)s AND id = %(order)s"
NUMBER = """
WITH c AS (
  INSERT INTO counter AS c (company_id, kind, period, last) VALUES (%(company)s, '{0}', to_char(now(), 'YYMM'), 1)
  ON CONFLICT (company_id, kind, period) DO UPDATE SET last = c.last + 1 RETURNING period, last)"""

CONFIRM = (
    LOCK,
    STATE,
    STEP,
    f"""
    INSERT INTO demand (company_id, id, kind, document_id, line_id, product_id, partner_id, wanted_on, quantity,
      reserved)
    SELECT %(company)s, l.demand, 'sales.order', %(order)s, l.id, l.product, %(partner)s, current_date, 1, 1
    FROM {LINE}""",
    f"{HELD} UPDATE balance b SET reserved = b.reserved + held.q FROM held WHERE {MINE}",
    f"""
    INSERT INTO reservation (company_id, demand_id, location_id, lot_id, product_id, quantity)
    SELECT %(company)s, l.demand, l.home, l.lot, l.product, 1 FROM {LINE}""",
)
SHIP = (
    LOCK,
    STATE,
    f"""
    {NUMBER.format("DN")}
    INSERT INTO delivery (company_id, id, number, state, order_id, partner_id, day, net, vat, gross, cost)
    SELECT %(company)s, %(delivery)s, 'DN-' || period || '-' || last, 'shipped', %(order)s, %(partner)s, current_date,
      %(net)s, %(vat)s, %(gross)s, %(cost)s FROM c""",
    f"""
    INSERT INTO delivery_line (company_id, id, delivery_id, order_line_id, product_id, lot_id, location_id, quantity,
      picked, net, vat, gross, cost)
    SELECT %(company)s, l.leaving, %(delivery)s, l.id, l.product, l.lot, l.home, 1, 1, l.net, l.vat, l.gross, l.cost
    FROM {LINE}""",
    "DELETE FROM reservation WHERE company_id = %(company)s AND demand_id = ANY(%(demands)s)",
    "UPDATE demand SET reserved = 0, filled = 1 WHERE company_id = %(company)s AND id = ANY(%(demands)s)",
    "UPDATE sales_line SET shipped = 1 WHERE company_id = %(company)s AND id = ANY(%(lines)s)",
    f"""
    INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, user_id, op_id,
      kind, document_id, line_id)
    SELECT %(company)s, l.move, l.product, l.lot, l.home, %(customer)s, 1, l.cost, current_date, now(), %(user)s,
      %(op)s, 'sales.delivery', %(delivery)s, l.leaving FROM {LINE}""",
    STEP,
    f"""{HELD} UPDATE balance b SET reserved = b.reserved - held.q, quantity = b.quantity - held.q FROM held
    WHERE {MINE}""",
    f"""
    WITH k AS (SELECT product, count(*) AS q, sum(cost) AS cost FROM {LINE} GROUP BY 1),
    held AS MATERIALIZED (SELECT v.product_id, k.q, k.cost FROM k JOIN valuation v ON v.company_id = %(company)s
      AND v.product_id = k.product ORDER BY 1 FOR UPDATE OF v)
    UPDATE valuation v SET quantity = v.quantity - held.q, value = v.value - held.cost FROM held
    WHERE v.company_id = %(company)s AND v.product_id = held.product_id""",
    """
    WITH k AS (SELECT * FROM unnest(ARRAY['1122', '1405', '2221.01.01', '5001', '5401'],
      ARRAY[%(gross)s, 0, 0, 0, %(cost)s]::numeric[], ARRAY[0, %(cost)s, %(vat)s, %(net)s, 0]::numeric[])
      AS k(account, debit, credit)),
    held AS MATERIALIZED (SELECT b.month, b.account, k.debit, k.credit FROM account_balance b JOIN k USING (account)
      WHERE b.company_id = %(company)s AND b.month = date_trunc('month', now())::date ORDER BY 2 FOR NO KEY UPDATE OF b)
    UPDATE account_balance b SET debit = b.debit + held.debit, credit = b.credit + held.credit FROM held
    WHERE b.company_id = %(company)s AND b.month = held.month AND b.account = held.account""",
    f"""
    WITH c AS (
      UPDATE counter SET last = last + 1 WHERE company_id = %(company)s AND kind = 'voucher'
        AND period = to_char(now(), 'YYYY-MM') RETURNING last),
    v AS (
      INSERT INTO voucher (company_id, id, month, number, day, event, kind, document_id, lines, params, user_id, op_id)
      SELECT %(company)s, %(voucher)s, date_trunc('month', now())::date, last, current_date, 'sales.delivered',
        'sales.delivery', %(delivery)s, {LINES * 2 + 3}, %(params)s, %(user)s, %(op)s FROM c
      RETURNING month, number, lines),
    w AS (
      INSERT INTO voucher_line (company_id, voucher_id, line, lines, month, number, account, debit, credit, partner_id,
        product_id, warehouse_id, quantity)
      SELECT %(company)s, %(voucher)s, row_number() OVER (), v.lines, v.month, v.number, x.*
      FROM v CROSS JOIN (
        SELECT '1122', %(gross)s::numeric, 0, %(partner)s::uuid, NULL::uuid, NULL::uuid, NULL::numeric
        UNION ALL SELECT '5001', 0, l.net, %(partner)s, l.product, NULL, 1 FROM {LINE}
        UNION ALL SELECT '2221.01.01', 0, %(vat)s, %(partner)s, NULL, NULL, NULL
        UNION ALL SELECT '5401', %(cost)s, 0, %(partner)s, NULL, NULL, NULL
        UNION ALL SELECT '1405', 0, l.cost, NULL, l.product, l.warehouse, 1 FROM {LINE}) x)
    INSERT INTO open_item (company_id, id, side, partner_id, voucher_id, kind, document_id, day, due_on, amount)
    VALUES (%(company)s, %(item)s, 'customer', %(partner)s, %(voucher)s, 'sales.delivery', %(delivery)s, current_date,
      current_date + 30, %(gross)s)""",
)
INVOICE = (
    LOCK,
    STATE,
    STEP,
    f"""
    {NUMBER.format("IN")}
    INSERT INTO invoice (company_id, id, number, state, order_id, partner_id, day, net, vat, gross)
    SELECT %(company)s, %(invoice)s, 'IN-' || period || '-' || last, 'issued', %(order)s, %(partner)s, current_date,
      %(net)s, %(vat)s, %(gross)s FROM c""",
    f"""
    INSERT INTO invoice_line (company_id, id, invoice_id, order_line_id, quantity, net, vat, gross)
    SELECT %(company)s, l.billed, %(invoice)s, l.id, 1, l.net, l.vat, l.gross FROM {LINE}""",
    "UPDATE sales_line SET invoiced = 1 WHERE company_id = %(company)s AND id = ANY(%(lines)s)",
)
POSTS = (
    ("confirmed", "sales.order.confirmed", "sales.order", "order", CONFIRM),
    ("shipped", "sales.delivery.shipped", "sales.delivery", "delivery", SHIP),
    ("invoiced", "sales.order.invoiced", "sales.order", "order", INVOICE),
)


def bare_orders(house: Firm, customer: uuid.UUID, drafts: Iterator[Draft]) -> Work:
    """Each time one draft is confirmed, shipped and billed; two commits here, the last is the caller's."""

    def work(connection: psycopg.Connection[Any]) -> None:
        params = of(house, customer, next(drafts))
        for state, code, kind, about, statements in POSTS:
            mine = params | {"op": new_id(), "event": new_id(), "code": code, "kind": kind, "about": params[about]}
            mine |= {"state": state, "step": state}
            for statement in (CLAIM, *statements, TELL, FINISH):
                connection.execute(statement.encode(), mine)
            if state != "invoiced":
                connection.commit()

    return work


def of(house: Firm, customer: uuid.UUID, draft: Draft) -> dict[str, Any]:
    """What the statements say of a draft."""
    rows = [(shelf.product, shelf.lot, shelf.home, shelf.warehouse, shelf.cost) for shelf in draft.shelves]
    net, vat, gross = (sum(part) for part in zip(*draft.amounts(), strict=True))
    return {
        "company": house.id,
        "user": house.reps[0],
        "customer": customer,
        "order": draft.id,
        "partner": draft.partner,
        **columns("products lots homes warehouses costs", rows),
        **columns("nets vats grosses", draft.amounts()),
        "lines": list(draft.lines),
        "net": net,
        "vat": vat,
        "gross": gross,
        "cost": sum(row[-1] for row in rows),
        **{name: [new_id() for _ in draft.lines] for name in ("demands", "leaving", "moves", "billed")},
        **{name: new_id() for name in ("delivery", "voucher", "item", "invoice")},
        "params": Jsonb({"number": "bare"}),
    }
