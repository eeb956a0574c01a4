"""What the house tests look at: our own files, found once."""

import ast
import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(pattern: str, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob(pattern) if path.is_file())


def python_files() -> list[Path]:
    return files("*.py", "webapp")


def template_files() -> list[Path]:
    return files("*.html", "templates")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


FILLED = "\N{WHITE SQUARE}"  # stands where the template fills something in


def without_jinja(source: str) -> str:
    """The HTML of a template: what it fills in is a square, what it translates and decides is gone."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", FILLED, source, flags=re.DOTALL)
    source = re.sub(r"\{%-?\s*set\s+\w+\s*-?%\}.*?endset\s*-?%\}", "", source, flags=re.DOTALL)
    source = re.sub(r"(</?)\{\{.*?\}\}", r"\1x-filled", source, flags=re.DOTALL)
    source = re.sub(r"\{\{.*?\}\}", FILLED, source, flags=re.DOTALL)
    return re.sub(r"\{%.*?%\}", " ", source, flags=re.DOTALL)


class Markup(HTMLParser):
    """The tags with their attributes, and the words between them, of a template."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.inside: list[str] = []
        self.feed(without_jinja(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self.inside[-1] if self.inside else "", data.strip()))


@functools.cache
def markup(path: Path) -> Markup:
    return Markup(path.read_text())
