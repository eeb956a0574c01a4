"""What must be true of the books, for `verify`: each returns what differs, in words with figures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from webapp.config import var_dir
from webapp.kernel.register import Check, registers
from webapp.kernel.wall import Actor

from .chain import FIRST, head_file, heads_written, link, written
from .queries import control_balance, open_items_total

UNBALANCED = """
SELECT v.month, v.number, v.lines, coalesce(l.found, 0) AS found, coalesce(l.difference, 0) AS difference
FROM voucher v
LEFT JOIN (SELECT voucher_id, count(*) AS found, sum(debit - credit) AS difference FROM voucher_line
           WHERE company_id = %(company)s GROUP BY voucher_id) l ON l.voucher_id = v.id
WHERE v.company_id = %(company)s AND (l.found IS DISTINCT FROM v.lines OR l.difference <> 0)
ORDER BY v.month, v.number"""
BALANCES = """
SELECT coalesce(b.month, l.month) AS month, coalesce(b.account, l.account) AS account,
       coalesce(b.debit, 0) AS kept_debit, coalesce(b.credit, 0) AS kept_credit,
       coalesce(l.debit, 0) AS debit, coalesce(l.credit, 0) AS credit
FROM (SELECT * FROM account_balance WHERE company_id = %(company)s) b
FULL JOIN (SELECT month, account, sum(debit) AS debit, sum(credit) AS credit FROM voucher_line
           WHERE company_id = %(company)s GROUP BY month, account) l
  ON l.month = b.month AND l.account = b.account
WHERE coalesce(b.debit, 0) <> coalesce(l.debit, 0) OR coalesce(b.credit, 0) <> coalesce(l.credit, 0)
ORDER BY 1, 2"""
GAPS = """
SELECT to_char(v.month, 'YYYY-MM') AS period, count(*) AS vouchers, min(v.number) AS first, max(v.number) AS last,
       max(c.last) AS given
FROM voucher v LEFT JOIN counter c ON c.company_id = v.company_id AND c.kind = 'voucher'
  AND c.period = to_char(v.month, 'YYYY-MM')
WHERE v.company_id = %(company)s GROUP BY v.month
HAVING min(v.number) <> 1 OR max(v.number) <> count(*) OR max(c.last) IS DISTINCT FROM max(v.number)
ORDER BY v.month"""
DOCUMENTS = """
SELECT kind, document_id, min(month) AS month, min(number) AS number FROM voucher
WHERE company_id = %(company)s GROUP BY kind, document_id ORDER BY kind, document_id"""
LINKS = """
SELECT s.n, s.previous, s.hash, array_agg(r.voucher_id ORDER BY r.voucher_id) AS vouchers
FROM seal s JOIN seal_row r ON r.company_id = s.company_id AND r.n = s.n
WHERE s.company_id = %(company)s GROUP BY s.n, s.previous, s.hash ORDER BY s.n"""
TAIL = """
SELECT count(*) AS vouchers, coalesce(extract(epoch FROM now() - min(v.at))::integer, 0) AS age FROM voucher v
WHERE v.company_id = %(company)s
  AND NOT EXISTS (SELECT FROM seal_row s WHERE s.company_id = v.company_id AND s.voucher_id = v.id)"""
BATCH = 1000


def shown(month: date, number: int) -> str:
    """A voucher as these lines name it."""
    return f"{month:%Y-%m} 记-{number:04d}"


def every_voucher_balances(actor: Actor) -> list[str]:
    """Debits equal credits over as many lines as the voucher says it has."""
    rows = actor.db.ask(UNBALANCED, company=actor.company_id)
    return [
        f"{shown(row.month, row.number)} differs by {row.difference} over {row.found} of {row.lines} lines"
        for row in rows
    ]


def balances_are_their_lines(actor: Actor) -> list[str]:
    """The kept balances are the sums of the ledger."""
    rows = actor.db.ask(BALANCES, company=actor.company_id)
    return [
        f"{row.month:%Y-%m} {row.account}: kept {row.kept_debit} / {row.kept_credit}, lines {row.debit} / {row.credit}"
        for row in rows
    ]


def numbers_have_no_gap(actor: Actor) -> list[str]:
    """Each month counts from 1 to its last voucher, and the counter stands there."""
    rows = actor.db.ask(GAPS, company=actor.company_id)
    return [
        f"{row.period}: {row.vouchers} vouchers numbered {row.first} to {row.last}, counter at {row.given}"
        for row in rows
    ]


def every_voucher_has_its_document(actor: Actor) -> list[str]:
    """What each voucher names as its source is a document that someone can open."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for row in actor.db.ask(DOCUMENTS, company=actor.company_id):
        kinds[row.kind].append(row)
    return [words for kind, rows in kinds.items() for words in _missing(actor, kind, rows)]


def _missing(actor: Actor, kind: str, rows: Sequence[Any]) -> Iterator[str]:
    document = registers.documents.get(kind)
    if document is None or document.identify is None:
        yield f"{len(rows)} documents of the kind “{kind}”, which nobody can open"
        return
    for batch in batched_by(rows, BATCH):
        known = document.identify(actor, [row.document_id for row in batch])
        for row in batch:
            if row.document_id not in known:
                yield f"{shown(row.month, row.number)} comes from a {kind} that is not there: {row.document_id}"


def batched_by(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The rows in slices of `size`."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def customers_owe(actor: Actor) -> list[str]:
    """Open customer items = 1122 − 2203."""
    return _equal("open customer items", open_items_total(actor, "customer"), actor, ("1122", "2203"), 1)


def we_owe_suppliers(actor: Actor) -> list[str]:
    """Open supplier items = 2202.01 − 1123."""
    return _equal("open supplier items", open_items_total(actor, "supplier"), actor, ("2202.01", "1123"), -1)


def _equal(name: str, items: Any, actor: Actor, accounts: tuple[str, ...], sign: int) -> list[str]:
    booked = sign * control_balance(actor, accounts)
    return [] if items == booked else [f"{name} are {items}, the accounts {' and '.join(accounts)} say {booked}"]


def chain_is_whole(actor: Actor) -> list[str]:
    """Each link follows the one before and is the hash of its vouchers, and outside the database it reads the same."""
    rows = actor.db.ask(LINKS, company=actor.company_id)
    outside = heads_written(head_file(var_dir(), actor))
    wrong, previous = [], FIRST
    for expected, row in enumerate(rows, 1):
        if row.n != expected or bytes(row.previous) != previous:
            wrong.append(f"link {row.n} does not follow the one before it")
        previous = bytes(row.hash)
        if link(bytes(row.previous), written(actor, row.vouchers)) != previous:
            wrong.append(f"link {row.n} is not the hash of its {len(row.vouchers)} vouchers")
        if outside.get(row.n, previous.hex()) != previous.hex():
            wrong.append(f"link {row.n} reads otherwise in the file of heads")
    if outside and max(outside) > len(rows):
        wrong.append(f"the file of heads knows {max(outside)} links, the database {len(rows)}")
    return wrong


def unsealed_tail(actor: Actor) -> str:
    """How many vouchers are not sealed yet, and since when."""
    row = actor.db.one(TAIL, company=actor.company_id)
    assert row is not None
    return f"{row.vouchers} not sealed, the oldest for {row.age} s" if row.vouchers else "all sealed"


CHECKS = (
    Check("every voucher balances", every_voucher_balances),
    Check("account balances are the sum of their lines", balances_are_their_lines),
    Check("voucher numbers have no gap", numbers_have_no_gap),
    Check("every voucher has its document", every_voucher_has_its_document),
    Check("open customer items are 1122 less 2203", customers_owe),
    Check("open supplier items are 2202.01 less 1123", we_owe_suppliers),
    Check("the hash chain is whole", chain_is_whole, unsealed_tail),
)
