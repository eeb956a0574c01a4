"""What must be true of stock, for `verify`: each returns what differs, in words with figures."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from webapp.finance import control_balance
from webapp.kernel.register import Check, registers
from webapp.kernel.wall import Actor

BATCH = 1000

BALANCES = """
WITH own AS (SELECT id FROM location WHERE company_id = %(company)s AND warehouse_id IS NOT NULL),
moved AS (
  SELECT location_id, product_id, lot_id, sum(quantity) AS quantity FROM (
    SELECT to_id AS location_id, product_id, lot_id, quantity FROM move WHERE company_id = %(company)s
    UNION ALL
    SELECT from_id, product_id, lot_id, -quantity FROM move WHERE company_id = %(company)s) m
  WHERE location_id IN (SELECT id FROM own) GROUP BY 1, 2, 3)
SELECT p.sku, l.code AS place, lot.code AS lot, coalesce(b.quantity, 0) AS kept, coalesce(m.quantity, 0) AS moved
FROM (SELECT * FROM balance WHERE company_id = %(company)s) b
FULL JOIN moved m ON m.location_id = b.location_id AND m.product_id = b.product_id AND m.lot_id = b.lot_id
JOIN product p ON p.company_id = %(company)s AND p.id = coalesce(b.product_id, m.product_id)
JOIN location l ON l.company_id = %(company)s AND l.id = coalesce(b.location_id, m.location_id)
JOIN lot ON lot.company_id = %(company)s AND lot.id = coalesce(b.lot_id, m.lot_id)
WHERE coalesce(b.quantity, 0) <> coalesce(m.quantity, 0) ORDER BY 1, 2, 3"""
VALUATIONS = """
WITH own AS (SELECT id FROM location WHERE company_id = %(company)s AND warehouse_id IS NOT NULL),
moved AS (
  SELECT product_id, sum(sign * quantity) AS quantity, sum(sign * value) AS value FROM (
    SELECT product_id, quantity, value,
      (to_id IN (SELECT id FROM own))::integer - (from_id IN (SELECT id FROM own))::integer AS sign
    FROM move WHERE company_id = %(company)s) m GROUP BY 1)
SELECT p.sku, coalesce(v.quantity, 0) AS kept_quantity, coalesce(v.value, 0) AS kept_value,
  coalesce(m.quantity, 0) AS quantity, coalesce(m.value, 0) AS value
FROM (SELECT * FROM valuation WHERE company_id = %(company)s) v FULL JOIN moved m ON m.product_id = v.product_id
JOIN product p ON p.company_id = %(company)s AND p.id = coalesce(v.product_id, m.product_id)
WHERE coalesce(v.quantity, 0) <> coalesce(m.quantity, 0) OR coalesce(v.value, 0) <> coalesce(m.value, 0) ORDER BY 1"""
LEFT_BEHIND = """
SELECT p.sku, v.value FROM valuation v JOIN product p ON p.company_id = v.company_id AND p.id = v.product_id
WHERE v.company_id = %(company)s AND v.quantity = 0 AND v.value <> 0 ORDER BY 1"""
RESERVED = """
SELECT p.sku, l.code AS place, coalesce(b.reserved, 0) AS kept, coalesce(r.quantity, 0) AS reserved,
  coalesce(b.quantity, 0) AS there
FROM (SELECT * FROM balance WHERE company_id = %(company)s) b
FULL JOIN (SELECT location_id, product_id, lot_id, sum(quantity) AS quantity FROM reservation
    WHERE company_id = %(company)s GROUP BY 1, 2, 3) r
  ON r.location_id = b.location_id AND r.product_id = b.product_id AND r.lot_id = b.lot_id
JOIN product p ON p.company_id = %(company)s AND p.id = coalesce(b.product_id, r.product_id)
JOIN location l ON l.company_id = %(company)s AND l.id = coalesce(b.location_id, r.location_id)
WHERE coalesce(b.reserved, 0) <> coalesce(r.quantity, 0)
  OR coalesce(r.quantity, 0) > greatest(coalesce(b.quantity, 0), 0)
ORDER BY 1, 2"""
DEMANDS = """
SELECT d.kind, d.document_id, d.reserved AS kept, coalesce(r.quantity, 0) AS reserved
FROM demand d LEFT JOIN (SELECT demand_id, sum(quantity) AS quantity FROM reservation
    WHERE company_id = %(company)s GROUP BY 1) r ON r.demand_id = d.id
WHERE d.company_id = %(company)s AND (d.reserved <> coalesce(r.quantity, 0)
  OR (d.cancelled_at IS NOT NULL AND r.quantity > 0)) ORDER BY d.id"""
VALUE = "SELECT coalesce(sum(value), 0) AS value FROM valuation WHERE company_id = %(company)s"
STOCK_ACCOUNTS = "SELECT code FROM account WHERE company_id = %(company)s AND control = 'stock' ORDER BY code"
DOCUMENTS = """
SELECT DISTINCT kind, document_id FROM move WHERE company_id = %(company)s ORDER BY kind, document_id"""


def balances_are_their_moves(actor: Actor) -> list[str]:
    """What lies at each place, by product and lot, is the sum of what was moved there."""
    rows = actor.db.ask(BALANCES, company=actor.company_id)
    return [f"{row.sku} at {row.place} lot “{row.lot}”: kept {row.kept}, moves say {row.moved}" for row in rows]


def valuations_are_their_moves(actor: Actor) -> list[str]:
    """Each product's quantity and value are the sums of what came into the house less what left it."""
    rows = actor.db.ask(VALUATIONS, company=actor.company_id)
    return [
        f"{row.sku}: kept {row.kept_quantity} worth {row.kept_value}, moves say {row.quantity} worth {row.value}"
        for row in rows
    ]


def no_cent_stays_behind(actor: Actor) -> list[str]:
    """Nothing is worth something where there is none of it."""
    rows = actor.db.ask(LEFT_BEHIND, company=actor.company_id)
    return [f"{row.sku}: none there, worth {row.value}" for row in rows]


def reserved_is_its_reservations(actor: Actor) -> list[str]:
    """What is promised at each place is the sum of its reservations, and not more than lies there."""
    rows = actor.db.ask(RESERVED, company=actor.company_id)
    return [
        f"{row.sku} at {row.place}: kept {row.kept}, reservations {row.reserved}, there {row.there}" for row in rows
    ]


def demands_are_their_reservations(actor: Actor) -> list[str]:
    """What a demand has is the sum of its reservations; a cancelled one has none."""
    rows = actor.db.ask(DEMANDS, company=actor.company_id)
    return [f"{row.kind} {row.document_id}: kept {row.kept}, reservations {row.reserved}" for row in rows]


def stock_value_is_in_the_books(actor: Actor) -> list[str]:
    """The value of all stock is what the stock accounts stand at."""
    stock = actor.db.ask(VALUE, company=actor.company_id)[0].value
    accounts = [row.code for row in actor.db.ask(STOCK_ACCOUNTS, company=actor.company_id)]
    booked = control_balance(actor, accounts)
    return [] if stock == booked else [f"stock is worth {stock}, the stock accounts say {booked}"]


def every_move_has_its_document(actor: Actor) -> list[str]:
    """What each move names as its source is a document that someone can open."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for row in actor.db.ask(DOCUMENTS, company=actor.company_id):
        kinds[row.kind].append(row.document_id)
    return [words for kind, ids in kinds.items() for words in _missing(actor, kind, ids)]


def _missing(actor: Actor, kind: str, ids: Sequence[Any]) -> list[str]:
    document = registers.documents.get(kind)
    if document is None or document.identify is None:
        return [f"{len(ids)} documents of the kind “{kind}”, which nobody can open"]
    wrong = []
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        known = document.identify(actor, batch)
        wrong += [f"a move comes from a {kind} that is not there: {key}" for key in batch if key not in known]
    return wrong


CHECKS = (
    Check("stock is the sum of its moves", balances_are_their_moves),
    Check("stock value is the sum of its moves", valuations_are_their_moves),
    Check("no cent stays behind where stock is gone", no_cent_stays_behind),
    Check("what is promised of stock is its reservations, and there", reserved_is_its_reservations),
    Check("what a demand has is its reservations", demands_are_their_reservations),
    Check("stock value is what the stock accounts say", stock_value_is_in_the_books),
    Check("every move has its document", every_move_has_its_document),
)
