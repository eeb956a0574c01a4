"""Lists are paged by key, never by offset: the last row's key is where the next page begins."""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.sql.elements import SQLCoreOperations

from .refusals import NotFound

PAGE = 50


@dataclass(slots=True)
class Page:
    """Rows of one page, and the mark of the next (None on the last)."""

    rows: list[Any]
    next: str | None


def every(ask: Callable[[str | None], Page]) -> Iterator[Page]:
    """All pages of a list: `ask` is given the mark of each, when it is come to."""
    mark = None
    while True:
        found = ask(mark)
        yield found
        if not (mark := found.next):
            return


def page(
    session: Any,
    statement: Select[*tuple[Any, ...]],
    keys: Sequence[SQLCoreOperations[Any]],
    mark: str | None,
    *,
    descending: bool = True,
    size: int = PAGE,
) -> Page:
    """The page of `statement` that begins after `mark`, ordered by `keys` (which it must select, last one unique).

    Keys are read off each row by their names. Raises NotFound for a mark nobody gave out.
    """
    if mark:
        bound, values = tuple_(*keys), tuple_(*_read(mark, keys))
        statement = statement.where(bound < values if descending else bound > values)
    ordered = statement.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(size + 1)
    rows = list(session.execute(ordered))
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]._mapping
    return Page(rows[:size], _write([last[key.name] if key.name in last else last[key] for key in keys]))  # type: ignore[attr-defined]


def _write(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(value) for value in values]).encode()).decode().rstrip("=")


def _read(mark: str, keys: Sequence[Any]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise NotFound
        return [literal(_typed(value, key), key.type) for value, key in zip(values, keys, strict=True)]
    except (ValueError, ArithmeticError):
        raise NotFound from None


def _typed(value: str, key: Any) -> Any:
    """A key's value as it was before it was written into the mark. Raises ValueError or ArithmeticError."""
    if "\x00" in value:
        raise ValueError("no key holds NUL")
    kind: Any = key.type.python_type
    return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)
