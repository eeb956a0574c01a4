"""Purchase orders, answered and received; and the last ones, still before their suppliers."""

from __future__ import annotations

from .seeding import BUYS, Seeding

UNANSWERED = 24

ORDERS = f"""
SELECT o.n, pg_temp.key('purchase', o.n, o.at) AS id, o.at, (o.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
  pg_temp.number('PO', (o.at AT TIME ZONE 'Asia/Shanghai')::date, row_number() OVER (PARTITION BY
    to_char(o.at AT TIME ZONE 'Asia/Shanghai', 'YYMM') ORDER BY o.n)) AS number,
  s.id AS partner, o.n <= %(purchases)s AS received,
  pg_temp.key('receipt', o.n, o.at + interval '3 days') AS receipt, o.at + interval '3 days' AS came,
  pg_temp.number('GR', (o.at AT TIME ZONE 'Asia/Shanghai')::date + 3, row_number() OVER (PARTITION BY
    to_char(o.at AT TIME ZONE 'Asia/Shanghai' + interval '3 days', 'YYMM') ORDER BY o.n)) AS receipt_number
FROM (SELECT n, pg_temp.moment(n, %(purchases)s + {UNANSWERED}) AS at
      FROM generate_series(1, %(purchases)s + {UNANSWERED}) AS n) o
JOIN seed_supplier s ON s.n = o.n %% (SELECT count(*) FROM seed_supplier)"""
LINES = f"""
SELECT o.n AS order_n, l AS line, pg_temp.key('purchase line', o.n * {BUYS} + l, o.at) AS id,
  pg_temp.key('receipt line', o.n * {BUYS} + l, o.came) AS receipt_line, p.id AS product, p.lot, p.home, p.warehouse,
  p.cost, p.vat_rate, q.quantity, q.quantity * p.cost AS net, round(q.quantity * p.cost * p.vat_rate, 2) AS vat
FROM seed_purchase o CROSS JOIN generate_series(1, {BUYS}) AS l
JOIN seed_product p ON p.n = (o.n * 7919 + l * 104729) %% (SELECT count(*) FROM seed_product)
CROSS JOIN LATERAL (SELECT (10 + (o.n + l) %% 40)::numeric AS quantity) q"""
SUMS = "SELECT order_n, sum(net) AS net, sum(vat) AS vat FROM seed_purchase_line GROUP BY 1"

WRITE = (
    """
    INSERT INTO purchase_order (company_id, id, number, state, version, created_at, created_by, partner_id, buyer_id,
      warehouse_id, day, wanted_on, answer_by, prices_with_tax, total)
    SELECT %(company)s, o.id, o.number, CASE WHEN o.received THEN 'received' ELSE 'sent' END, 1, o.at, %(owner)s,
      o.partner, %(owner)s, %(main)s, o.day, o.day + 3, o.at + interval '1 day', false, s.net + s.vat
    FROM seed_purchase o JOIN seed_purchase_sum s ON s.order_n = o.n ORDER BY o.n""",
    """
    INSERT INTO purchase_line (company_id, id, order_id, line, product_id, quantity, price, vat_rate, net, vat, gross,
      wanted_on, accepted, shipped, received)
    SELECT %(company)s, l.id, o.id, l.line, l.product, l.quantity, l.cost, l.vat_rate, l.net, l.vat, l.net + l.vat,
      o.day + 3, CASE WHEN o.received THEN l.quantity ELSE 0 END, 0, CASE WHEN o.received THEN l.quantity ELSE 0 END
    FROM seed_purchase_line l JOIN seed_purchase o ON o.n = l.order_n ORDER BY l.order_n, l.line""",
    """
    INSERT INTO line_answer (company_id, id, line_id, round, split, verdict, quantity, day, price, at)
    SELECT %(company)s, pg_temp.key('answer', l.order_n * 5 + l.line, o.at), l.id, 1, 1, 'accepted', l.quantity,
      o.day + 3, l.cost, o.at FROM seed_purchase_line l JOIN seed_purchase o ON o.n = l.order_n WHERE o.received""",
    """
    INSERT INTO receipt (company_id, id, number, state, created_at, created_by, partner_id, order_id, location_id, day,
      value)
    SELECT %(company)s, o.receipt, o.receipt_number, 'posted', o.came, %(owner)s, o.partner, o.id,
      %(receiving)s, o.day + 3, s.net
    FROM seed_purchase o JOIN seed_purchase_sum s ON s.order_n = o.n WHERE o.received ORDER BY o.n""",
    """
    INSERT INTO receipt_line (company_id, id, receipt_id, order_line_id, product_id, lot_id, quantity, value,
      promised_on)
    SELECT %(company)s, l.receipt_line, o.receipt, l.id, l.product, l.lot, l.quantity, l.net, o.day + 3
    FROM seed_purchase_line l JOIN seed_purchase o ON o.n = l.order_n WHERE o.received ORDER BY l.order_n, l.line""",
    """
    INSERT INTO step (company_id, document_id, name, at, user_id)
    SELECT %(company)s, id, 'sent', at, %(owner)s FROM seed_purchase""",
    """
    INSERT INTO timeline (company_id, id, at, user_id, code, kind, document_id, partner_id, params)
    SELECT %(company)s, pg_temp.key('purchase sent', n, at), at, %(owner)s, 'purchasing.order.sent',
      'purchasing.order', id, partner, jsonb_build_object('number', number, 'because', '') FROM seed_purchase""",
    """
    INSERT INTO timeline (company_id, id, at, user_id, code, kind, document_id, partner_id, params)
    SELECT %(company)s, pg_temp.key('received', n, came), came, %(owner)s, 'purchasing.received',
      'purchasing.receipt', receipt, partner,
      jsonb_build_object('number', receipt_number, 'order', number, 'lines', 5, 'differences', 0)
    FROM seed_purchase WHERE received""",
    """
    INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, received_at,
      user_id, kind, document_id, line_id)
    SELECT %(company)s, pg_temp.key('receipt move', l.order_n * 5 + l.line, o.came), l.product, l.lot, %(supplier)s,
      %(receiving)s, l.quantity, l.net, o.day + 3, o.came, o.came, %(owner)s, 'purchasing.receipt', o.receipt,
      l.receipt_line
    FROM seed_purchase_line l JOIN seed_purchase o ON o.n = l.order_n WHERE o.received ORDER BY l.order_n, l.line""",
)


def buying(seeding: Seeding) -> None:
    """What came in by purchase."""
    seeding.temporary("seed_purchase", ORDERS)
    seeding.temporary("seed_purchase_line", LINES)
    seeding.temporary("seed_purchase_sum", SUMS)
    for statement in WRITE:
        seeding.run(statement)
        seeding.measured("purchase_order", "purchase_line", "receipt")
