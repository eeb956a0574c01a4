"""Exact figures: no float comes near money or quantities."""

import ast
from pathlib import Path

import pytest

from .house import name, python_files, tree

# Where a float is right: seconds, millimetres and shares of a picture, never an amount.
FLOATS_ALLOWED: dict[str, str] = {
    "webapp/kernel/labels/papers.py": "millimetres of a paper",
    "webapp/kernel/perform.py": "seconds to wait before a retry",
    "webapp/kernel/scanning/decode.py": "shares of a picture",
    "webapp/kernel/scanning/pictures.py": "sizes of a picture",
    "webapp/kernel/postgres.py": "seconds to wait for the server",
    "webapp/notices/robots.py": "the seconds that a signature names",
}


def floats(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree(path)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        called = isinstance(node, ast.Name) and node.id in {"float", "Float", "Double", "REAL"}
        attribute = isinstance(node, ast.Attribute) and node.attr in {"Float", "Double", "REAL"}
        if literal or called or attribute:
            found.append(f"{name(path)}:{node.lineno}")
    return found


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_no_float(path: Path) -> None:
    assert name(path) in FLOATS_ALLOWED or not floats(path)


def test_exceptions_are_still_needed() -> None:
    needed = {name(path) for path in python_files() if floats(path)}
    assert set(FLOATS_ALLOWED) <= needed, "an exception is no longer needed: take it off the list"
