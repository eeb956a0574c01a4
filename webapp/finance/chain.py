"""The hash chain over vouchers: what a link covers, written so that anyone can compute it again.

A link's hash is SHA-256 of the previous one and of its vouchers in the order of their ids, each as one line of
JSON: keys sorted, no spaces, days as YYYY-MM-DD, amounts with two places, quantities with four, nothing where
there is nothing.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from webapp.kernel.wall import Actor

FIRST = b"\x00" * 32
"""What the first link follows."""

CONTENT = """
SELECT v.id, v.month, v.number, v.day, v.event, v.kind, v.document_id, v.reverses_id, v.user_id, v.op_id,
       l.line, l.account, l.debit, l.credit, l.partner_id, l.product_id, l.warehouse_id, l.person_id, l.quantity
FROM voucher v JOIN voucher_line l ON l.company_id = v.company_id AND l.voucher_id = v.id
WHERE v.company_id = %(company)s AND v.id = ANY(%(ids)s) ORDER BY v.id, l.line"""
HEAD = ("month", "number", "day", "event", "kind", "document_id", "reverses_id", "user_id", "op_id")
LINE = ("line", "account", "debit", "credit", "partner_id", "product_id", "warehouse_id", "person_id", "quantity")


def link(previous: bytes, vouchers: Iterable[str]) -> bytes:
    """The hash of a link that follows `previous` and covers `vouchers`, given as lines."""
    digest = hashlib.sha256(previous)
    for voucher in vouchers:
        digest.update(voucher.encode())
        digest.update(b"\n")
    return digest.digest()


def written(actor: Actor, ids: Sequence[uuid.UUID]) -> list[str]:
    """The vouchers as the lines that are hashed, in the order of their ids."""
    rows = actor.db.ask(CONTENT, company=actor.company_id, ids=list(ids))
    return [json.dumps(voucher, sort_keys=True, separators=(",", ":")) for voucher in _vouchers(rows)]


def _vouchers(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    voucher: dict[str, Any] | None = None
    for row in rows:
        if voucher is None or voucher["id"] != str(row.id):
            if voucher is not None:
                yield voucher
            voucher = {"id": str(row.id), "lines": [], **{name: _text(getattr(row, name)) for name in HEAD}}
        voucher["lines"].append([_text(getattr(row, name)) for name in LINE])
    if voucher is not None:
        yield voucher


def _text(value: Any) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def head_file(folder: Path, actor: Actor) -> Path:
    """Where a company's heads are written outside the database, one line a link: when, which, its hash."""
    return folder / "seals" / f"{actor.company_id}.txt"


def heads_written(path: Path) -> dict[int, str]:
    """The hash of each link as the file outside the database has it."""
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {int(n): made for _when, n, made in lines}
