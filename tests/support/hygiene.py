"""Page hygiene: what must be so on every page, checked on every answer that a test's client gets.

A browser mends and hides such faults; a person with a screen reader, a slow phone or the other language meets them.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

PAGE_BUDGET, FRAGMENT_BUDGET = 30_000, 10_000  # bytes, gzip
ACCIDENTS = re.compile(r"\{\{|\}\}|\{%|<Undefined|&lt;function|&lt;bound method|\bNone\b(?! of)|lazy_gettext|%\(\w+\)s")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "for", "form", "list")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.text = ""
        self.all: list[Element] = []

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def within(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.within(tag))


class Document(HTMLParser):
    """A page as a flat list of its elements, each with its whole text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1] if self.open else None)
        self.elements.append(element)
        for above in self.open:
            above.all.append(element)
            above.text += " "
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in {element.tag for element in self.open}:
            if self.open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def faults(app: Flask, path: str, source: str) -> list[str]:
    """What is wrong with the page, in words; nothing if it is clean."""
    document = Document(source)
    whole = source.lstrip().lower().startswith("<!doctype")
    found = [*of_references(document), *of_forms(document, path), *of_words(document), *of_links(app, document)]
    if whole:
        found += of_the_whole(document)
    size = len(gzip.compress(source.encode(), 6))
    if size > (PAGE_BUDGET if whole else FRAGMENT_BUDGET):
        found.append(f"{size} bytes, gzip, is over budget")
    return found


def of_the_whole(document: Document) -> Iterator[str]:
    if not document.find("html") or not document.find("html")[0].get("lang"):
        yield "the page does not say its language"
    if not any(title.text.strip(" ·\n") for title in document.find("title")):
        yield "the page has no title"
    for tag in ("h1", "main"):
        if len(document.find(tag)) != 1:
            yield f"the page has {len(document.find(tag))} <{tag}>, not one"


def of_references(document: Document) -> Iterator[str]:
    ids = Counter(element.get("id") for element in document.elements if "id" in element.attributes)
    yield from (f"id {key!r} stands {count} times" for key, count in ids.items() if count > 1 or not key)
    for element in document.elements:
        for name in REFERENCES:
            for key in element.get(name).split():
                if key not in ids:
                    yield f"<{element.tag} {name}={key!r}> points at nothing"


def of_forms(document: Document, path: str) -> Iterator[str]:
    for form in document.find("form"):
        if form.get("method", "get").lower() != "post":
            continue
        fields = {element.get("name") for element in form.all if element.tag == "input"}
        action = form.get("action", path)
        wanted = {"csrf_token", "op_id", "as"} if action.startswith("/c/") else {"csrf_token"}
        if wanted - fields:
            yield f"the form to {action} lacks {sorted(wanted - fields)}"
    labelled = {label.get("for") for label in document.find("label")}
    for field in document.find("input", "select", "textarea"):
        if field.get("type") in NEEDS_NO_LABEL or field.within("label") or field.get("id") in labelled:
            continue
        if not (field.get("aria-label") or field.get("aria-labelledby")):
            yield f"the field {field.get('name')!r} has no label"


def of_words(document: Document) -> Iterator[str]:
    for element in document.find("button", "a"):
        inside = element.text.strip() or any(each.get("alt") or each.get("aria-label") for each in element.all)
        if not (inside or element.get("aria-label") or element.get("aria-labelledby") or element.get("title")):
            yield f"a <{element.tag}> to {element.get('href') or element.get('name')!r} says nothing"
    for image in document.find("img"):
        if "alt" not in image.attributes:
            yield f"the image {image.get('src')} has no alt"
    for element in document.elements:
        spoken = [element.get(name) for name in ("title", "placeholder", "aria-label", "alt")]
        texts = [element.text] if element.tag in {"body", "title"} or not element.parent else []
        for text in [*spoken, *texts]:
            accident = ACCIDENTS.search(text)
            if accident:
                yield f"<{element.tag}> shows {text[max(0, accident.start() - 30) : accident.end() + 30].strip()!r}"


def of_links(app: Flask, document: Document) -> Iterator[str]:
    """Every link of ours leads to a route that exists."""
    routes = app.url_map.bind("localhost")
    for element in document.find("a", "form"):
        target = element.get("href") or element.get("action")
        if not target.startswith("/") or target.startswith("//"):
            continue
        try:
            routes.match(re.split(r"[?#]", target)[0], method=element.get("method", "get").upper())
        except RequestRedirect:
            pass
        except HTTPException as error:
            yield f"<{element.tag}> leads to {target}: {error.code}"
