"""What the documents come to: opening stock, transfers, balances, valuations; vouchers by the company's own rules."""

from __future__ import annotations

from webapp.finance.rules import Rule, rules_of

from .seeding import Seeding

OPENING = "(CASE WHEN p.n = 0 THEN 1000000 ELSE 500 END)"
"""Of each product, as the company begins; the first is the one that everybody wants."""
PER_OPENING = 500
"""Products an opening document."""

STOCK = (
    f"""
    INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, received_at,
      user_id, kind, document_id)
    SELECT %(company)s, pg_temp.key('opening move', p.n, d.at), p.id, p.lot, %(opening)s, p.home, {OPENING},
      {OPENING} * p.cost, d.begin, d.at, d.at, %(owner)s, 'inventory.opening',
      pg_temp.key('opening', p.n / {PER_OPENING}, d.at)
    FROM seed_product p, (SELECT begin, begin::timestamptz AS at FROM seed_days) d ORDER BY p.n""",
    """
    INSERT INTO move (company_id, id, product_id, lot_id, from_id, to_id, quantity, value, day, done_at, received_at,
      user_id, kind, document_id)
    SELECT %(company)s, t.id, p.id, p.lot, p.home, p.away, 1, p.cost, (t.at AT TIME ZONE 'Asia/Shanghai')::date, t.at,
      t.at, %(owner)s, 'inventory.transfer', t.id
    FROM (SELECT n, at, pg_temp.key('transfer', n, at) AS id FROM (
      SELECT n, pg_temp.moment(n, %(transfers)s) AS at FROM generate_series(1, %(transfers)s) AS n) m) t
    JOIN seed_product p ON p.n = t.n * 7 %% (SELECT count(*) FROM seed_product) ORDER BY t.n""",
    """
    INSERT INTO timeline (company_id, id, at, user_id, code, kind, document_id, params)
    SELECT %(company)s, pg_temp.key('transferred', row_number() OVER (ORDER BY id), done_at), done_at, user_id,
      'inventory.transferred', kind, document_id, '{"quantity": "1"}' FROM move
    WHERE company_id = %(company)s AND kind = 'inventory.transfer'""",
    """
    INSERT INTO balance (company_id, location_id, product_id, lot_id, quantity, reserved)
    SELECT %(company)s, m.place, m.product_id, m.lot_id, sum(m.quantity), coalesce(max(r.quantity), 0) FROM (
      SELECT to_id AS place, product_id, lot_id, quantity FROM move WHERE company_id = %(company)s
      UNION ALL SELECT from_id, product_id, lot_id, -quantity FROM move WHERE company_id = %(company)s) m
    JOIN location l ON l.company_id = %(company)s AND l.id = m.place AND l.warehouse_id IS NOT NULL
    LEFT JOIN (SELECT location_id, lot_id, product_id, sum(quantity) AS quantity FROM reservation
      WHERE company_id = %(company)s GROUP BY 1, 2, 3) r
      ON r.location_id = m.place AND r.lot_id = m.lot_id AND r.product_id = m.product_id
    GROUP BY m.place, m.product_id, m.lot_id""",
    """
    INSERT INTO valuation (company_id, product_id, quantity, value)
    SELECT %(company)s, b.product_id, sum(b.quantity), sum(b.quantity) * p.cost
    FROM balance b JOIN seed_product p ON p.id = b.product_id WHERE b.company_id = %(company)s
    GROUP BY b.product_id, p.cost""",
)

VOUCHERS = f"""
SELECT v.*, date_trunc('month', v.day)::date AS month, row_number() OVER (
  PARTITION BY date_trunc('month', v.day) ORDER BY v.at, v.id) AS number
FROM (
  SELECT pg_temp.key('opening voucher', n, d.begin::timestamptz) AS id, d.begin::timestamptz AS at, d.begin AS day,
    'inventory.opening' AS event, 'inventory.opening' AS kind,
    pg_temp.key('opening', n, d.begin::timestamptz) AS document, NULL::uuid AS partner, NULL::uuid AS person,
    d.begin AS due, '{{}}'::jsonb AS params
  FROM seed_days d, generate_series(0, (SELECT (count(*) - 1) / {PER_OPENING} FROM seed_product)) AS n
  UNION ALL SELECT pg_temp.key('receipt voucher', n, came), came, day + 3, 'purchasing.received', 'purchasing.receipt',
    receipt, partner, NULL, day + 3, jsonb_build_object('order', number) FROM seed_purchase WHERE received
  UNION ALL SELECT pg_temp.key('delivery voucher', n, left_at), left_at, left_on, 'sales.delivered', 'sales.delivery',
    delivery, partner, rep, left_on + days, jsonb_build_object('number', delivery_number)
  FROM seed_order WHERE shipped) v"""
FACTS = f"""
SELECT pg_temp.key('opening', p.n / {PER_OPENING}, d.begin::timestamptz) AS document, p.n, p.id AS product, p.warehouse,
  {OPENING}::numeric AS quantity, {OPENING} * p.cost AS cost, 0::numeric AS net, 0::numeric AS vat, 0::numeric AS gross
FROM seed_product p, seed_days d
UNION ALL SELECT o.receipt, l.line, l.product, %(main)s, l.quantity, l.net, 0, 0, 0
  FROM seed_purchase_line l JOIN seed_purchase o ON o.n = l.order_n WHERE o.received
UNION ALL SELECT o.delivery, l.line, l.product, l.warehouse, l.quantity, l.cost, l.net, l.vat, l.gross
  FROM seed_line l JOIN seed_order o ON o.n = l.order_n WHERE o.shipped"""
EVENTS = ("inventory.opening", "purchasing.received", "sales.delivered")

LEDGER = (
    """
    INSERT INTO period (company_id, month, state) SELECT DISTINCT %(company)s::uuid, month, 'open' FROM seed_voucher
    ON CONFLICT DO NOTHING""",
    """
    INSERT INTO account_balance AS b (company_id, month, account, debit, credit)
    SELECT %(company)s, m.month, a.code, coalesce(l.debit, 0), coalesce(l.credit, 0)
    FROM (SELECT month FROM period WHERE company_id = %(company)s) m
    CROSS JOIN (SELECT code FROM account WHERE company_id = %(company)s) a
    LEFT JOIN (SELECT month, account, sum(debit) AS debit, sum(credit) AS credit FROM seed_voucher_line
      JOIN seed_voucher v ON v.id = voucher GROUP BY 1, 2) l ON l.month = m.month AND l.account = a.code
    ON CONFLICT (company_id, month, account)
    DO UPDATE SET debit = b.debit + excluded.debit, credit = b.credit + excluded.credit""",
    """
    INSERT INTO voucher (company_id, id, month, number, day, event, kind, document_id, lines, params, user_id, at)
    SELECT %(company)s, v.id, v.month, v.number, v.day, v.event, v.kind, v.document, l.lines, v.params, %(owner)s, v.at
    FROM seed_voucher v JOIN seed_voucher_line l ON l.voucher = v.id AND l.line = 1 ORDER BY v.at, v.id""",
    """
    INSERT INTO voucher_line (company_id, voucher_id, line, lines, month, number, account, debit, credit, partner_id,
      product_id, warehouse_id, person_id, quantity)
    SELECT %(company)s, l.voucher, l.line, l.lines, v.month, v.number, l.account, l.debit, l.credit, l.partner,
      l.product, l.warehouse, l.person, l.quantity
    FROM seed_voucher_line l JOIN seed_voucher v ON v.id = l.voucher ORDER BY v.at, v.id, l.line""",
    """
    INSERT INTO open_item (company_id, id, side, partner_id, voucher_id, kind, document_id, day, due_on, amount)
    SELECT %(company)s, pg_temp.key('item', v.number * 10 + min(l.line), v.at), l.opens, v.partner, v.id, v.kind,
      v.document, v.day, v.due, sum(CASE l.opens WHEN 'customer' THEN l.debit - l.credit ELSE l.credit - l.debit END)
    FROM seed_voucher_line l JOIN seed_voucher v ON v.id = l.voucher WHERE l.opens IS NOT NULL
    GROUP BY l.opens, v.number, v.at, v.partner, v.id, v.kind, v.document, v.day, v.due""",
    """
    INSERT INTO counter (company_id, kind, period, last)
    SELECT %(company)s::uuid, 'voucher', to_char(month, 'YYYY-MM'), max(number) FROM seed_voucher GROUP BY month
    UNION ALL SELECT %(company)s, left(number, 2), substr(number, 4, 4), count(*) FROM (
      SELECT number FROM seed_purchase UNION ALL SELECT receipt_number FROM seed_purchase WHERE received
      UNION ALL SELECT number FROM seed_order UNION ALL SELECT delivery_number FROM seed_order
      UNION ALL SELECT invoice_number FROM seed_order) x WHERE number IS NOT NULL GROUP BY 2, 3""",
    """
    INSERT INTO search_term (company_id, term, kind, id)
    SELECT DISTINCT %(company)s::uuid, substr(d.term, s, 24), d.kind, d.id FROM (
      SELECT lower(replace(number, '-', '')) AS term, kind, id FROM (
        SELECT number, 'sales.order' AS kind, id FROM seed_order
        UNION ALL SELECT delivery_number, 'sales.delivery', delivery FROM seed_order
        UNION ALL SELECT number, 'purchasing.order', id FROM seed_purchase
        UNION ALL SELECT receipt_number, 'purchasing.receipt', receipt FROM seed_purchase WHERE received) n
      WHERE number IS NOT NULL) d CROSS JOIN LATERAL generate_series(1, length(d.term)) AS s""",
)


def stock(seeding: Seeding) -> None:
    """Opening stock and transfers; then what lies where and what it is worth."""
    for statement in STOCK:
        seeding.run(statement)
        seeding.measured("move")


def books(seeding: Seeding) -> None:
    """A voucher for every event, by the posting rules as they stand; what is owed; numbers; what finds a document."""
    seeding.temporary("seed_voucher", VOUCHERS)
    seeding.temporary("seed_fact", FACTS)
    seeding.temporary("seed_voucher_line", lines())
    for statement in LEDGER:
        seeding.run(statement)
        seeding.measured("account_balance", "voucher", "voucher_line")


def lines() -> str:
    """The statement that turns facts into lines, a part for every rule."""
    rules = rules_of("cn_small", "general")
    parts = [part(event, order, rule) for event in EVENTS for order, rule in enumerate(rules[event])]
    return f"""
        SELECT voucher, row_number() OVER w AS line, count(*) OVER (PARTITION BY voucher) AS lines, account, debit,
          credit, partner, person, product, warehouse, quantity, opens
        FROM ({" UNION ALL ".join(parts)}) l WHERE debit <> 0 OR credit <> 0
        WINDOW w AS (PARTITION BY voucher ORDER BY rule, nth)"""


def part(event: str, order: int, rule: Rule) -> str:
    """What one rule posts for an event: a line for every fact, or one for their sum."""
    amount = f"{'-' if rule.red else ''}{f'f.{rule.amount}' if rule.per_fact else f'sum(f.{rule.amount})'}"
    debit, credit = (amount, "0") if rule.debit else ("0", amount)
    dims = {
        "partner": "v.partner",
        "person": "v.person",
        "product": "f.product" if rule.per_fact else "",
        "warehouse": "f.warehouse" if rule.per_fact else "",
    }
    kept = {name: source if source and name in rule.dims else "NULL::uuid" for name, source in dims.items()}
    quantity = "f.quantity" if kept["product"] != "NULL::uuid" else "NULL::numeric"
    opens = f"'{rule.opens}'" if rule.opens else "NULL"
    return f"""
        SELECT v.id AS voucher, {order} AS rule, {"f.n" if rule.per_fact else "0"} AS nth, '{rule.account}' AS account,
          {debit} AS debit, {credit} AS credit, {", ".join(f"{source} AS {name}" for name, source in kept.items())},
          {quantity} AS quantity, {opens} AS opens
        FROM seed_voucher v JOIN seed_fact f ON f.document = v.document WHERE v.event = '{event}'
        {"" if rule.per_fact else "GROUP BY v.id, v.partner, v.person"}"""
