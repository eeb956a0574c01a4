"""Sales orders: most delivered and billed, the last ones confirmed with their goods reserved, some on a delivery."""

from __future__ import annotations

from .seeding import LINES, Seeding

ORDERS = """
SELECT o.n, pg_temp.key('order', o.n, o.at) AS id, o.at, o.day, c.id AS partner, c.rep, c.payment_days AS days,
  o.n <= %(orders)s AS shipped, o.n <= %(orders)s AND o.n %% 5 > 0 AS invoiced,
  o.n > %(orders)s AND o.n %% 3 = 0 AS picking,
  pg_temp.number('SO', o.day, row_number() OVER (PARTITION BY to_char(o.day, 'YYMM') ORDER BY o.n)) AS number,
  pg_temp.key('delivery', o.n, o.at + interval '1 day') AS delivery, o.at + interval '1 day' AS left_at,
  o.day + 1 AS left_on,
  CASE WHEN o.n <= %(orders)s OR o.n %% 3 = 0 THEN pg_temp.number('DN', o.day + 1, row_number() OVER (
    PARTITION BY to_char(o.day + 1, 'YYMM'), o.n <= %(orders)s OR o.n %% 3 = 0 ORDER BY o.n)) END AS delivery_number,
  CASE WHEN o.n <= %(orders)s AND o.n %% 5 > 0 THEN pg_temp.number('IN', o.day + 1, row_number() OVER (
    PARTITION BY to_char(o.day + 1, 'YYMM'), o.n <= %(orders)s AND o.n %% 5 > 0 ORDER BY o.n)) END AS invoice_number
FROM (SELECT n, at, (at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM (
  SELECT n, pg_temp.moment(n, %(orders)s + %(open)s) AS at
  FROM generate_series(1, %(orders)s + %(open)s) AS n) m) o
JOIN seed_customer c ON c.n = o.n * 7 %% (SELECT count(*) FROM seed_customer)"""
THE_LINES = f"""
SELECT m.*, round(m.gross / (1 + m.vat_rate), 2) AS net, m.gross - round(m.gross / (1 + m.vat_rate), 2) AS vat
FROM (
  SELECT o.n AS order_n, l AS line, pg_temp.key('line', o.n * {LINES} + l, o.at) AS id,
    pg_temp.key('demand', o.n * {LINES} + l, o.at) AS demand,
    pg_temp.key('delivery line', o.n * {LINES} + l, o.left_at) AS delivery_line,
    p.id AS product, p.lot, p.home, p.warehouse, p.price, p.vat_rate, q.quantity, q.quantity * p.cost AS cost,
    round(q.quantity * p.price, 2) AS gross
  FROM seed_order o CROSS JOIN generate_series(1, {LINES}) AS l
  JOIN seed_product p ON p.n = (o.n * 6151 + l * 15485863) %% (SELECT count(*) FROM seed_product)
  CROSS JOIN LATERAL (SELECT (1 + (o.n + l) %% 5)::numeric AS quantity) q) m"""
SUMS = (
    "SELECT order_n, sum(net) AS net, sum(vat) AS vat, sum(gross) AS gross, sum(cost) AS cost FROM seed_line GROUP BY 1"
)

WRITE = (
    """
    INSERT INTO sales_order (company_id, id, number, state, created_at, created_by, partner_id, rep_id, day, wanted_on,
      prices_with_tax, split, net, vat, gross)
    SELECT %(company)s, o.id, o.number,
      CASE WHEN o.invoiced THEN 'invoiced' WHEN o.shipped THEN 'shipped' WHEN o.picking THEN 'picking'
           ELSE 'confirmed' END,
      o.at, o.rep, o.partner, o.rep, o.day, o.day + 1, true, true, s.net, s.vat, s.gross
    FROM seed_order o JOIN seed_order_sum s ON s.order_n = o.n ORDER BY o.n""",
    """
    INSERT INTO sales_line (company_id, id, order_id, line, product_id, quantity, price, vat_rate, net, vat, gross,
      shipped, invoiced)
    SELECT %(company)s, l.id, o.id, l.line, l.product, l.quantity, l.price, l.vat_rate, l.net, l.vat, l.gross,
      CASE WHEN o.shipped THEN l.quantity ELSE 0 END, CASE WHEN o.invoiced THEN l.quantity ELSE 0 END
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n ORDER BY l.order_n, l.line""",
    """
    INSERT INTO demand (company_id, id, kind, document_id, line_id, product_id, partner_id, wanted_on, quantity,
      reserved, filled, created_at)
    SELECT %(company)s, l.demand, 'sales.order', o.id, l.id, l.product, o.partner, o.day + 1, l.quantity,
      CASE WHEN o.shipped THEN 0 ELSE l.quantity END, CASE WHEN o.shipped THEN l.quantity ELSE 0 END, o.at
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n ORDER BY l.order_n, l.line""",
    """
    INSERT INTO reservation (company_id, demand_id, location_id, lot_id, product_id, quantity, at)
    SELECT %(company)s, l.demand, l.home, l.lot, l.product, l.quantity, o.at
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n WHERE NOT o.shipped""",
    """
    INSERT INTO delivery (company_id, id, number, state, created_at, created_by, order_id, partner_id, day, net, vat,
      gross, cost)
    SELECT %(company)s, o.delivery, o.delivery_number, CASE WHEN o.shipped THEN 'shipped' ELSE 'planned' END, o.left_at,
      o.rep, o.id, o.partner, o.left_on, s.net, s.vat, s.gross, CASE WHEN o.shipped THEN s.cost ELSE 0 END
    FROM seed_order o JOIN seed_order_sum s ON s.order_n = o.n WHERE o.shipped OR o.picking ORDER BY o.n""",
    """
    INSERT INTO delivery_line (company_id, id, delivery_id, order_line_id, product_id, lot_id, location_id, quantity,
      picked, net, vat, gross, cost)
    SELECT %(company)s, l.delivery_line, o.delivery, l.id, l.product, l.lot, l.home, l.quantity,
      CASE WHEN o.shipped THEN l.quantity ELSE 0 END, l.net, l.vat, l.gross, CASE WHEN o.shipped THEN l.cost ELSE 0 END
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n WHERE o.shipped OR o.picking ORDER BY l.order_n, l.line""",
    """
    INSERT INTO invoice (company_id, id, number, state, created_at, created_by, order_id, partner_id, day, net, vat,
      gross)
    SELECT %(company)s, pg_temp.key('invoice', o.n, o.left_at), o.invoice_number, 'issued', o.left_at, o.rep, o.id,
      o.partner, o.left_on, s.net, s.vat, s.gross
    FROM seed_order o JOIN seed_order_sum s ON s.order_n = o.n WHERE o.invoiced ORDER BY o.n""",
    """
    INSERT INTO invoice_line (company_id, id, invoice_id, order_line_id, quantity, net, vat, gross)
    SELECT %(company)s, pg_temp.key('invoice line', l.order_n * 3 + l.line, o.left_at),
      pg_temp.key('invoice', o.n, o.left_at), l.id, l.quantity, l.net, l.vat, l.gross
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n WHERE o.invoiced ORDER BY l.order_n, l.line""",
    """
    INSERT INTO step (company_id, document_id, name, at, user_id)
    SELECT %(company)s, id, 'confirmed', at, rep FROM seed_order
    UNION ALL SELECT %(company)s, delivery, 'shipped', left_at, rep FROM seed_order WHERE shipped
    UNION ALL SELECT %(company)s, id, 'invoiced', left_at, rep FROM seed_order WHERE invoiced""",
    """
    INSERT INTO timeline (company_id, id, at, user_id, code, kind, document_id, partner_id, params)
    SELECT %(company)s, pg_temp.key('confirmed', n, at), at, rep, 'sales.order.confirmed', 'sales.order', id, partner,
      jsonb_build_object('number', number, 'lines', 3, 'short', 0) FROM seed_order""",
    """
    INSERT INTO timeline (company_id, id, at, user_id, code, kind, document_id, partner_id, params)
    SELECT %(company)s, pg_temp.key('shipped', n, left_at), left_at, rep, 'sales.delivery.shipped', 'sales.delivery',
      delivery, partner, jsonb_build_object('number', delivery_number, 'order', number)
    FROM seed_order WHERE shipped""",
    """
    INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, received_at,
      user_id, kind, document_id, line_id)
    SELECT %(company)s, pg_temp.key('delivery move', l.order_n * 3 + l.line, o.left_at), l.product, l.lot, l.home,
      %(customer)s, l.quantity, l.cost, o.left_on, o.left_at, o.left_at, o.rep, 'sales.delivery', o.delivery,
      l.delivery_line
    FROM seed_line l JOIN seed_order o ON o.n = l.order_n WHERE o.shipped ORDER BY l.order_n, l.line""",
    """
    INSERT INTO follow_up (company_id, id, partner_id, rep_id, due_on, code, params, kind, document_id, version)
    SELECT %(company)s, pg_temp.key('follow-up', n, left_at), partner, rep, left_on + 7, 'sales.delivery.shipped',
      jsonb_build_object('day', left_on), 'sales.delivery', delivery, 1
    FROM seed_order WHERE shipped AND left_on > %(today)s - 12 ORDER BY n DESC LIMIT 200""",
)


def selling(seeding: Seeding) -> None:
    """What was sold."""
    seeding.temporary("seed_order", ORDERS)
    seeding.temporary("seed_line", THE_LINES)
    seeding.temporary("seed_order_sum", SUMS)
    for statement in WRITE:
        seeding.run(statement, today=seeding.today)
        seeding.measured("sales_order", "sales_line", "demand", "delivery", "invoice")
