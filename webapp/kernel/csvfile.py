"""CSV that a spreadsheet can open without running anything (OWASP, CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> str:
    """A cell's text. What a spreadsheet would take for a formula is quoted with an apostrophe; figures are not."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date | datetime):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def write(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV text with a byte-order mark, so that Excel reads Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([safe(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()
