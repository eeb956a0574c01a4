"""Sealing vouchers into the hash chain: beside the posting, since commits arrive out of order."""

from webapp.finance.chain import FIRST, link, written
from webapp.kernel.wall import Actor

MOST = 500
"""Vouchers a link covers at most."""

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%(company)s::text, 5))"
UNSEALED = """
SELECT v.id FROM voucher v WHERE v.company_id = %(company)s
  AND NOT EXISTS (SELECT FROM seal_row s WHERE s.company_id = v.company_id AND s.voucher_id = v.id)
ORDER BY v.id LIMIT %(most)s"""
LAST = "SELECT n, hash FROM seal WHERE company_id = %(company)s ORDER BY n DESC LIMIT 1"
SEAL = "INSERT INTO seal (company_id, n, previous, hash) VALUES (%(company)s, %(n)s, %(previous)s, %(hash)s)"
SEAL_ROWS = """
INSERT INTO seal_row (company_id, voucher_id, n) SELECT %(company)s, v, %(n)s FROM unnest(%(ids)s::uuid[]) AS v"""


def seal_vouchers(actor: Actor) -> tuple[int, bytes] | None:
    """Seal what is not sealed yet, at most `MOST` vouchers, in one link. Returns its number and hash, or None."""
    actor.db.run(ONE_AT_A_TIME, company=actor.company_id)
    ids = [row.id for row in actor.db.ask(UNSEALED, company=actor.company_id, most=MOST)]
    if not ids:
        return None
    last = actor.db.one(LAST, company=actor.company_id)
    previous = bytes(last.hash) if last else FIRST
    n = last.n + 1 if last else 1
    made = link(previous, written(actor, ids))
    actor.db.run(SEAL, company=actor.company_id, n=n, previous=previous, hash=made)
    actor.db.run(SEAL_ROWS, company=actor.company_id, n=n, ids=ids)
    return n, made
