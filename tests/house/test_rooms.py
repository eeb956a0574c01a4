"""What is done in which room: verbs write and never commit, queries never search by LIKE, views only render."""

import re
from pathlib import Path

import pytest

from .house import name, python_files

LIKE = re.compile(r"\.(i?like|not_i?like|icontains|contains|startswith|endswith|regexp_match)\(|\bI?LIKE\b|~\*")


def room(path: Path) -> str:
    """views, verbs, queries …: the file's name, or that of the folder it became."""
    rooms = {"views", "verbs", "queries", "forms", "models", "jobs", "cli", "register"}
    return next((part for part in [path.stem, *(parent.name for parent in path.parents)] if part in rooms), "")


def lines(pattern: str, *rooms: str, outside: str = "") -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in python_files()
        if (not rooms or room(path) in rooms) and not (outside and name(path).startswith(outside))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_only_the_kernel_commits() -> None:
    assert not lines(r"\.(commit|begin|begin_nested)\(", outside="webapp/kernel/")


def test_a_flush_says_why() -> None:
    assert not [line for line in lines(r"\.flush\(") if "#" not in line]


def test_queries_do_not_search_by_like() -> None:
    """Behind row-level security LIKE cannot use an index; `search_term` is made for it."""
    assert not [line for line in lines(LIKE.pattern, "queries") if "# not SQL" not in line]


def test_views_do_not_write() -> None:
    assert not lines(r"session\.(add|delete|execute|merge)|\b(insert|update|delete)\(", "views")


def test_queries_do_not_write() -> None:
    assert not lines(r"\b(INSERT INTO|DELETE FROM)\b|\bUPDATE \w+ SET\b|session\.(add|delete)", "queries")


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later_in_the_code(word: str) -> None:
    assert not lines(rf"#.*\b{word}\b")


def test_lists_are_paged_by_key() -> None:
    assert not lines(r"\.offset\(|\bOFFSET \d|\bOFFSET %", "queries")
