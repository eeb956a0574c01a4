"""Templates hold no script, no style, and no word that a reader of the other language could not read."""

import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from .house import FILLED, markup, name, template_files

TEMPLATES = template_files()
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name)

# Names that are the same in every language.
SAME_EVERYWHERE = {
    "Throughline",
    "Throughline 贯通",
    "贯通",
    "中文",
    "English",
    "CSV",
    "SKU",
    "GTIN",
    "PIN",
    "QR",
    "kg",
}
WORDS = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
SPOKEN = {"title", "placeholder", "aria-label", "alt", "aria-description", "label", "data-confirm", "hx-confirm"}
SPOKEN_ARGUMENTS = {
    *("title", "label", "placeholder", "hint", "text", "message", "heading", "caption", "description", "aria_label"),
    *("empty", "confirm", "subtitle", "summary", "alt", "action_label", "body"),
}
environment = jinja2.Environment(
    extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True
)


def speaks(text: str) -> bool:
    """Whether there are words in it; what is glued to something filled in (`□-error`) is an id, not a word."""
    return bool(WORDS.search(re.sub(rf"[\w-]*{FILLED}[\w-]*", "", text)))


@every_template
def test_no_script_or_style_inside(path: Path) -> None:
    for tag, attributes in markup(path).tags:
        assert tag != "style"
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json"
        for key, value in attributes.items():
            assert key != "style", f"style={value!r}: use a class"
            assert not re.match(r"on[a-z]+$|hx-on", key), f"{key}: use a script that attaches by a data attribute"
            assert not re.search(r"\bjs:|javascript:", value), f"{key}={value!r} evaluates code"
            assert not (key.startswith("hx-trigger") and "[" in value), f"{key}={value!r} evaluates code"


@every_template
def test_no_other_host(path: Path) -> None:
    for tag, attributes in markup(path).tags:
        for key in ("src", "href", "action", "srcset"):
            foreign = re.match(r"(https?:)?//", attributes.get(key, ""))
            assert not (foreign and tag != "a"), f"<{tag} {key}> loads from another host"


@every_template
def test_text_is_translated(path: Path) -> None:
    bare = [
        text
        for tag, text in markup(path).texts
        if speaks(text) and tag not in {"script", "code"} and text not in SAME_EVERYWHERE
    ]
    assert not bare, "wrap it in _()"


@every_template
def test_attributes_are_translated(path: Path) -> None:
    bare = [
        f"{key}={value!r}"
        for _tag, attributes in markup(path).tags
        for key, value in attributes.items()
        if key in SPOKEN and speaks(value) and value not in SAME_EVERYWHERE
    ]
    assert not bare, "wrap it in _()"


@every_template
def test_what_macros_are_told_is_translated(path: Path) -> None:
    bare = [
        f"{argument.key}={argument.value.value!r} (line {argument.lineno})"
        for call in environment.parse(path.read_text()).find_all(nodes.Call)
        for argument in call.kwargs
        if argument.key in SPOKEN_ARGUMENTS
        and isinstance(argument.value, nodes.Const)
        and isinstance(argument.value.value, str)
        and WORDS.search(argument.value.value)
        and argument.value.value not in SAME_EVERYWHERE
    ]
    assert not bare, "wrap it in _()"
