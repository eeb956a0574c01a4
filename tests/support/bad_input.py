"""Every form of every page, as a browser would send it, and what nobody should be able to break it with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from . import matrix
from .hygiene import Document, Element

OURS = {"csrf_token", "op_id", "op_names", "as", "_method"}
"""Fields that every form carries; they have tests of their own."""
FRESH = {"op_id", "id"}
"""Ids that the script renews whenever a form is shown."""
WORDS = {
    "empty": "",
    "spaces": "   ",
    "overlong": "长long " * 1000,
    "negative": "-1",
    "zero": "0",
    "absurd": "9" * 30,
    "too fine": "0.00000001",
    "not a number": "NaN",
    "wrong type": "abc",
    "not a day": "2026-02-30",
    "far day": "9999-12-31",
    "emoji": "🍜 𠮷野家 Ünïcode \u200fעברית",
    "control": "a\x00b\x07\u202ec",
    "half a character": "\ud83c",
    "markup": "<script>alert(1)</script>'\"%(x)s{{ 7*7 }}",
}


@dataclass(frozen=True)
class Sheet:
    """A form of a page: where it goes, what it would send as it stands, and which of that a person types."""

    page: str
    action: str
    endpoint: str
    fields: tuple[tuple[str, str], ...]
    typed: frozenset[str]

    def sent(self, **changed: str | None) -> list[tuple[str, str]]:
        """As sent with fresh ids of the operation and of a new row, with `changed` fields (None: left out)."""
        kept = [(name, changed.get(name, value)) for name, value in self.fields]
        return [
            (name, str(new_id()) if name in FRESH - set(changed) else value)
            for name, value in kept
            if value is not None
        ]


def sheets_of(app: Flask, client: FlaskClient, paths: Sequence[str]) -> Iterator[Sheet]:
    """The forms that post, of the pages that open."""
    routes = app.url_map.bind("localhost")
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        document = Document(answer.text)
        for form in document.find("form"):
            if form.get("method", "get").lower() == "post":
                fields, typed = fields_of(document, form)
                for action in actions_of(document, form, path):
                    endpoint, _values = routes.match(action.split("?")[0], method="POST")
                    yield Sheet(path, action, endpoint, tuple(fields), frozenset(typed))


def actions_of(document: Document, form: Element, path: str) -> Iterator[str]:
    """Where a form may go: its own action, those of its buttons, and what a script asks as one types."""
    yield form.get("action") or path
    yield from (part for part in [form.get("data-fragment")] if part)
    yield from (button.get("formaction") for button in belonging(document, form, "button") if button.get("formaction"))


def belonging(document: Document, form: Element, *tags: str) -> list[Element]:
    """The form's elements of these kinds, wherever on the page they stand; a template's are nobody's yet."""
    inside = {id(element) for element in form.all}
    named = form.get("id")
    return [
        element
        for element in document.find(*tags)
        if not element.within("template") and (id(element) in inside or (named and element.get("form") == named))
    ]


def fields_of(document: Document, form: Element) -> tuple[list[tuple[str, str]], set[str]]:
    """What a browser would send of a form, and the names a person types into."""
    mine = [element for element in belonging(document, form, "input", "select", "textarea") if element.get("name")]
    fields = [(element.get("name"), value) for element in mine if (value := value_of(element)) is not None]
    return fields, {element.get("name") for element in mine if is_typed(element) and not is_key(element.get("value"))}


def is_typed(element: Element) -> bool:
    """Whether a person types into it, so that it must be shown again as it was typed."""
    kinds = {"", "text", "search", "tel", "email", "number"}
    return element.tag == "textarea" or (element.tag == "input" and element.get("type") in kinds)


def value_of(element: Element) -> str | None:
    if element.tag == "textarea":
        return element.text
    if element.tag == "select":
        options = [option for option in element.all if option.tag == "option"]
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return chosen[0].get("value") if chosen else ""
    if element.get("type") in {"checkbox", "radio"}:
        return element.get("value", "on") if "checked" in element.attributes else None
    if element.get("type") in {"submit", "button", "file"}:
        return None
    return element.get("value")


def pages_of(app: Flask, look: psycopg.Connection, actor: Actor, last: int = 4) -> list[str]:
    """Every page the actor may open, with each of the last few documents."""
    paths: dict[str, None] = {}
    each = [matrix.own(app, look, actor, nth) for nth in range(last)]
    for rule in matrix.member_rules(app):
        if "GET" in matrix.methods(rule) and actor.role in matrix.access(app, rule).roles:
            query = matrix.asking(look, actor, rule.endpoint)
            paths |= dict.fromkeys(matrix.path(app, rule, actor.company.slug, ids) + query for ids in each)
    return list(paths)


def one_of_each_kind(sheets: Iterator[Sheet]) -> list[Sheet]:
    """The fullest form to each endpoint."""
    best: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet.endpoint not in best or len(sheet.fields) > len(best[sheet.endpoint].fields):
            best[sheet.endpoint] = sheet
    return [best[endpoint] for endpoint in sorted(best)]


def breakings(sheet: Sheet, foreign: Sequence[object]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is wrong, and the form so sent: everything at once, then each field by itself."""
    names = [name for name, _value in sheet.fields if name not in OURS]
    for name in sorted(sheet.typed & set(names)):  # first, while the document is as the form was made for
        yield f"{name} wrong type", sheet.sent(**{name: WORDS["wrong type"]})
    for what, word in WORDS.items():
        yield f"all {what}", sheet.sent(**dict.fromkeys(names, word))
    yield "all missing", sheet.sent(**dict.fromkeys(names))
    yield "no operation", sheet.sent(op_id=None)
    yield "operation that is none", [(n, "abc" if n == "op_id" else v) for n, v in sheet.sent()]
    for name in dict.fromkeys(names):
        yield from each(sheet, name, dict(sheet.fields)[name], foreign)
    yield "twice as many", sheet.sent() + [(name, value) for name, value in sheet.fields if name not in OURS]
    yield "what nobody asked for", [*sheet.sent(), ("is_admin", "1"), ("company_id", str(uuid4()))]


def each(sheet: Sheet, name: str, value: str, foreign: Sequence[object]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """One field by itself: what to try on it, from what stands in it."""
    yield f"{name} missing", sheet.sent(**{name: None})
    for what in suspects(value, typed=name in sheet.typed):
        yield f"{name} {what}", sheet.sent(**{name: WORDS[what]})
    if is_key(value):
        for key in (*foreign, uuid4()):
            yield f"{name} of another", sheet.sent(**{name: str(key)})


def suspects(value: str, *, typed: bool) -> Sequence[str]:
    if is_key(value):
        return ("wrong type",)
    if value.replace(".", "", 1).lstrip("-").isdigit():
        return ("negative", "zero", "absurd", "too fine")
    return ("overlong", "control", "half a character", "emoji") if typed else ("overlong", "control")


def is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
